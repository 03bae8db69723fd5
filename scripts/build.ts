// The dashboard and the Worker as they are deployed, each built once and kept until a source of it changes.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const folder = ".build";
export const webFolder = join(folder, "web");

export type Built = {
  script: string;
  compatibilityDate: string;
  compatibilityFlags: string[];
  vars: Record<string, string>;
  crons: string[];
  /** By queue: how its messages reach the Worker. */
  queues: Record<string, Consumer>;
};
/** As wrangler.toml has it. */
type QueueConsumer = {
  queue: string;
  max_batch_size?: number | undefined;
  max_batch_timeout?: number | undefined;
  max_retries?: number | undefined;
  retry_delay?: number | undefined;
  dead_letter_queue?: string | undefined;
};
type Consumer = {
  maxBatchSize: number;
  maxBatchTimeout: number;
  maxRetries: number;
  retryDelay: number;
  deadLetterQueue?: string;
};

const built = (): Built => ({
  ...(JSON.parse(readFileSync(join(folder, "worker.json"), "utf8")) as Omit<Built, "script">),
  script: join(folder, "worker", "index.js"),
});

/** Builds what is out of date. Throws with the tools' own words when the sources do not build. */
export async function build(): Promise<Built> {
  mkdirSync(folder, { recursive: true });
  await buildWeb();
  await whenChanged("worker", workerSources(), buildWorker);
  return built();
}

/** The dashboard's files, in `webFolder`. */
export async function buildWeb(): Promise<void> {
  mkdirSync(folder, { recursive: true });
  await whenChanged("web", webSources(), async () =>
    runBuild("dashboard", "vite/bin/vite.js", "build -c web/vite.config.ts --logLevel error"),
  );
}

async function buildWorker(): Promise<void> {
  runBuild(
    "Worker",
    "wrangler/bin/wrangler.js",
    `deploy --dry-run --minify --outdir ${folder}/worker`,
  );
  const { unstable_readConfig: readConfig } = await import("wrangler");
  const config = readConfig({ config: "wrangler.toml" });
  const settings: Omit<Built, "script"> = {
    compatibilityDate: config.compatibility_date ?? "",
    compatibilityFlags: config.compatibility_flags,
    vars: config.vars as Record<string, string>,
    crons: config.triggers.crons ?? [],
    queues: Object.fromEntries(
      (config.queues.consumers ?? []).map((consumer: QueueConsumer): [string, Consumer] => [
        consumer.queue,
        {
          maxBatchSize: consumer.max_batch_size ?? 10,
          maxBatchTimeout: consumer.max_batch_timeout ?? 1,
          maxRetries: consumer.max_retries ?? 3,
          retryDelay: consumer.retry_delay ?? 0,
          ...(consumer.dead_letter_queue === undefined
            ? {}
            : { deadLetterQueue: consumer.dead_letter_queue }),
        },
      ]),
    ),
  };
  writeFileSync(join(folder, "worker.json"), JSON.stringify(settings));
}

/** In a process of its own: what a build takes of memory is not the hub's to keep. */
function runBuild(what: string, tool: string, args: string): void {
  const command = [join("node_modules", tool), ...args.split(" ")];
  const result = spawnSync(process.execPath, command, {
    encoding: "utf8",
    env: { ...quietEnvironment(), NODE_ENV: "production" },
  });
  if (result.status !== 0)
    throw new Error(`The ${what} does not build:\n${result.stderr || result.stdout}`);
}

/** Runs `make` unless it ran for just these sources already. */
async function whenChanged(
  name: string,
  sources: string[],
  make: () => Promise<void>,
): Promise<void> {
  const stamp = join(folder, `${name}-built-from`);
  const wanted = hashOf(sources);
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  await make();
  writeFileSync(stamp, wanted);
}

const workerSources = () => [
  "wrangler.toml",
  "package-lock.json",
  ...globSync("{workers,shared}/**/*.ts", { exclude: ["**/*.test.ts", "workers/testing/**"] }),
];

const webSources = () => [
  "package-lock.json",
  ...globSync("{web,shared}/**/*.{ts,tsx,css,html,js,svg,png,json,txt,webmanifest}", {
    exclude: ["**/*.test.*", "web/functions/**"],
  }),
];

function hashOf(files: string[]): string {
  const hash = createHash("sha256");
  for (const file of files.toSorted())
    hash.update(file).update("\0").update(readFileSync(file)).update("\0");
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
