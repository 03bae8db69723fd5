import process from "node:process";
import { parseArgs } from "node:util";
import { startFaults } from "./server.ts";

const { values } = parseArgs({ options: { port: { type: "string", default: "0" } } });
const faults = await startFaults(Number(values.port));
console.log(`Faults ready: http://127.0.0.1:${faults.port}`);
for (const signal of ["SIGTERM", "SIGINT"] as const) {
  process.once(signal, () => void faults.close());
}
