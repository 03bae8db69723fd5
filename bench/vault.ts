// What it costs to open a sealed token whose data key the isolate holds.
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import { build } from "vite";

export type Vault = { openMs: number };

const folder = join(".build", "bench-vault");
const count = 2000;
const rounds = 5;

export async function timeVault(): Promise<Vault> {
  await build({
    configFile: false,
    logLevel: "error",
    build: {
      ssr: "workers/testing/open-sealed.worker.ts",
      outDir: folder,
      target: "esnext",
      rolldownOptions: {
        output: { entryFileNames: "worker.js" },
        external: [/^(cloudflare|node):/],
      },
    },
    ssr: { noExternal: true, target: "webworker" },
  });
  const miniflare = new Miniflare({
    ...convertV4MiniflareOptions({
      modules: true,
      scriptPath: join(folder, "worker.js"),
      compatibilityDate: "2026-10-01",
      compatibilityFlags: ["nodejs_compat"],
      kvNamespaces: { TOKENS: "tokens" },
      bindings: {
        PLUGBOARD_MASTER_KEYS: JSON.stringify({ k: randomBytes(32).toString("base64") }),
      },
      cf: false,
    }),
    telemetry: { enabled: false },
  });
  try {
    const ask = async (path: string): Promise<number> => {
      const began = performance.now();
      const response = await miniflare.dispatchFetch(`http://bench${path}`);
      if ((await response.text()) !== "opened") throw new Error("The token was not opened.");
      return performance.now() - began;
    };
    await ask("/prepare?count=200");
    const times: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const one = await ask("/open?count=1");
      times.push((await ask(`/open?count=${count + 1}`)) - one);
    }
    return { openMs: Math.min(...times) / count };
  } finally {
    await miniflare.dispose();
  }
}
