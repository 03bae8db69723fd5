// The floor: the same runtime with the same way in and out as scripts/hub.ts, and a Worker that passes every body
// through and does nothing else.
//   node bench/forwarder.ts --port 9000 --upstream http://127.0.0.1:9001 --data <folder> [--fetch net|plain]
import { parseArgs } from "node:util";
import { build } from "../scripts/build.ts";
import { runtimeEnvironment, takeDataFolder } from "../scripts/data-folder.ts";

const { values } = parseArgs({
  options: {
    port: { type: "string", default: "" },
    upstream: { type: "string", default: "" },
    data: { type: "string", default: "" },
    fetch: { type: "string", default: "net" },
  },
});

takeDataFolder(values.data);
Object.assign(process.env, runtimeEnvironment(values.data));
const { compatibilityDate, compatibilityFlags } = await build();
const { convertV4MiniflareOptions, Miniflare } = await import("miniflare");

const way = values.fetch === "net" ? "env.NET.fetch" : "fetch";
const miniflare = new Miniflare({
  ...convertV4MiniflareOptions({
    name: "forwarder",
    modules: true,
    script: `export default {
      fetch: (request, env) => ${way}(${JSON.stringify(values.upstream)} + new URL(request.url).pathname, {
        method: request.method, headers: request.headers, body: request.body, redirect: "manual",
      }),
    };`,
    compatibilityDate,
    compatibilityFlags,
    serviceBindings: { NET: { network: { allow: ["public", "127.0.0.0/8", "::1/128"] } } },
    cf: false,
    logRequests: false,
    host: "127.0.0.1",
    port: 0,
    unsafeDirectSockets: [{ host: "127.0.0.1", port: Number(values.port) }],
  }),
  telemetry: { enabled: false },
});
await miniflare.ready;
console.log("Forwarder ready");

const stop = async () => {
  await miniflare.dispose();
  process.exit(0);
};
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void stop());
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) void stop();
}, 500).unref();
