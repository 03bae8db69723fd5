// The Worker as it is deployed, built once and kept until a source changes.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const folder = ".build";
const stamp = join(folder, "built-from");

export type Built = {
  script: string;
  compatibilityDate: string;
  compatibilityFlags: string[];
  vars: Record<string, string>;
};

const built = (): Built => ({
  ...(JSON.parse(readFileSync(join(folder, "worker.json"), "utf8")) as Omit<Built, "script">),
  script: join(folder, "worker", "index.js"),
});

/** Builds what is out of date. Throws with wrangler's own words when the sources do not build. */
export async function build(): Promise<Built> {
  const wanted = sourcesHash();
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return built();
  mkdirSync(folder, { recursive: true });
  const result = spawnSync(
    process.execPath,
    [
      join("node_modules", "wrangler", "bin", "wrangler.js"),
      "deploy",
      "--dry-run",
      "--minify",
      "--outdir",
      join(folder, "worker"),
    ],
    { encoding: "utf8", env: quietEnvironment() },
  );
  if (result.status !== 0)
    throw new Error(`The Worker does not build:\n${result.stderr || result.stdout}`);
  const { unstable_readConfig: readConfig } = await import("wrangler");
  const config = readConfig({ config: "wrangler.toml" });
  const settings: Omit<Built, "script"> = {
    compatibilityDate: config.compatibility_date ?? "",
    compatibilityFlags: config.compatibility_flags,
    vars: config.vars as Record<string, string>,
  };
  writeFileSync(join(folder, "worker.json"), JSON.stringify(settings));
  writeFileSync(stamp, wanted);
  return built();
}

function sourcesHash(): string {
  const hash = createHash("sha256");
  const files = [
    "wrangler.toml",
    "package-lock.json",
    ...globSync("{workers,shared}/**/*.ts", { exclude: ["**/*.test.ts", "workers/testing/**"] }),
  ].sort();
  for (const file of files) hash.update(file).update("\0").update(readFileSync(file)).update("\0");
  return hash.digest("hex");
}

/** wrangler asks nobody, tells nobody, and writes only into the project. */
export function quietEnvironment(): NodeJS.ProcessEnv {
  return {
    ...process.env,
    CI: "1",
    WRANGLER_SEND_METRICS: "false",
    WRANGLER_HIDE_BANNER: "true",
    CLOUDFLARE_CF_FETCH_ENABLED: "false",
    DO_NOT_TRACK: "1",
    XDG_CONFIG_HOME: join(process.cwd(), folder, "config"),
  };
}
