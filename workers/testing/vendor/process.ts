// Serves vendors on loopback until SIGTERM or SIGINT.
import process from "node:process";
import { parseArgs } from "node:util";
import { startVendor } from "./server.ts";

const { values } = parseArgs({ options: { port: { type: "string", default: "0" } } });
const vendor = await startVendor(Number(values.port));
console.log(`Vendor ready: ${vendor.url}`);
for (const signal of ["SIGTERM", "SIGINT"] as const) {
  process.once(signal, () => void vendor.close());
}
