// The hub on this machine: the built Worker in workerd, its storage in a data folder, nothing outside.
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { convertV4MiniflareOptions, HttpOptions_Style, Miniflare } from "miniflare";
import { headerRules } from "../web/headers.ts";
import { webFolder, type Built } from "./build.ts";
import { startClock } from "./clock.ts";

export type HubOptions = {
  built: Built;
  port: number;
  /** The folder all state lives in. */
  data: string;
  /** Settings that differ from wrangler.toml. */
  vars: Record<string, string>;
  /** Host and port of an HTTP proxy that all requests go to in place of the network: for a suite that plays the world. */
  proxy?: string;
};

export type Hub = {
  url: string;
  setupToken: string;
  /** No team yet: this is an empty data folder. */
  empty: boolean;
  /** Does what a cron does, as if it were this time (in milliseconds). */
  fire: (cron: string, at: number) => Promise<unknown>;
  stop: () => Promise<void>;
};

/** Starts the hub and applies what migrations are missing. Throws when the port is taken. */
export async function startHub(options: HubOptions): Promise<Hub> {
  const { built, port, data } = options;
  mkdirSync(data, { recursive: true });
  const setupToken = randomBytes(24).toString("base64url");
  const miniflare = new Miniflare({
    ...convertV4MiniflareOptions({
      workers: [hubWorker({ ...options, setupToken }), dashboardWorker],
      resourcePersistencePath: resolve(data, "state"),
      cf: false,
      logRequests: false,
      host: "127.0.0.1",
      port: 0,
    }),
    telemetry: { enabled: false },
  });
  await miniflare.ready;
  const database = await miniflare.getD1Database("DB");
  await migrate(database);
  const worker = await miniflare.getWorker("plugboard");
  const stopClock = startClock({
    crons: built.crons,
    data,
    fire: (cron) => worker.scheduled({ cron }),
  });
  const team = await database.prepare("SELECT id FROM teams LIMIT 1").first();
  return {
    url: `http://localhost:${port}`,
    setupToken,
    empty: team === null,
    fire: (cron, at) => worker.scheduled({ cron, scheduledTime: new Date(at) }),
    stop: () => {
      stopClock();
      return miniflare.dispose();
    },
  };
}

function hubWorker(options: HubOptions & { setupToken: string }) {
  const { built, port, vars, data, setupToken, proxy } = options;
  return {
    name: "plugboard",
    modules: true,
    scriptPath: built.script,
    modulesRoot: resolve(built.script, ".."),
    compatibilityDate: built.compatibilityDate,
    compatibilityFlags: built.compatibilityFlags,
    bindings: {
      ...built.vars,
      ...vars,
      PLUGBOARD_MASTER_KEYS: masterKeys(data),
      PLUGBOARD_AUTH_SECRET: authSecret(data),
      PLUGBOARD_SETUP_TOKEN: setupToken,
      ...secretsGiven(),
    },
    d1Databases: { DB: "plugboard" },
    kvNamespaces: { TOKENS: "tokens", OAUTH_KV: "oauth" },
    durableObjects: {
      ATTEMPTS: { className: "Attempts", useSQLite: true },
      JOB_RUNNER: { className: "JobRunner", useSQLite: true },
      CONNECTION_SESSION: { className: "ConnectionSession", useSQLite: true },
      TEAM_GATE: { className: "TeamGate", useSQLite: true },
      TEAM_LEDGER: { className: "TeamLedger", useSQLite: true },
    },
    queueProducers: { JOBS: { queueName: "jobs" }, CALLBACKS: { queueName: "job-callbacks" } },
    queueConsumers: built.queues,
    r2Buckets: { ARCHIVE: "archive" },
    serviceBindings: {
      ASSETS: dashboardWorker.name,
      // Straight to the network: Miniflare's own way out runs a second Worker for every request. It reaches the world
      // and this machine, and no private network behind whatever name.
      NET:
        proxy === undefined
          ? {
              network: {
                allow: ["public", "127.0.0.0/8", "::1/128"],
                tlsOptions: { trustBrowserCas: true, trustedCertificates: extraCertificates() },
              },
            }
          : { external: { address: proxy, http: { style: HttpOptions_Style.PROXY } } },
    },
    // The Worker's own socket: Miniflare's entry Worker would cost more than the hub itself.
    unsafeDirectSockets: [{ host: "127.0.0.1", port }],
  };
}

/** The dashboard's files. A Worker of its own: were they the hub's, every call would pass the asset layer first. */
const dashboardWorker = {
  name: "dashboard",
  modules: true,
  script: "export default {}",
  assets: {
    directory: resolve(webFolder),
    assetConfig: {
      not_found_handling: "none" as const,
      headers: {
        version: 2 as const,
        rules: Object.fromEntries(
          Object.entries(headerRules).map(([path, set]) => [path, { set }]),
        ),
      },
    },
  },
};

type Database = Awaited<ReturnType<Miniflare["getD1Database"]>>;

/** Applies the migrations in order, each once, in the table wrangler keeps of them too. */
async function migrate(database: Database): Promise<void> {
  await database.exec(
    "CREATE TABLE IF NOT EXISTS d1_migrations (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE, applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL)",
  );
  const { results } = await database
    .prepare("SELECT name FROM d1_migrations")
    .all<{ name: string }>();
  const applied = new Set(results.map(({ name }) => name));
  const files = readdirSync("migrations")
    .filter((file) => file.endsWith(".sql") && !applied.has(file))
    .sort();
  for (const file of files) {
    const statements = readFileSync(join("migrations", file), "utf8")
      .split("--> statement-breakpoint")
      .map((statement) => statement.trim())
      .filter((statement) => statement !== "");
    await database.batch([
      ...statements.map((statement) => database.prepare(statement)),
      database.prepare("INSERT INTO d1_migrations (name) VALUES (?)").bind(file),
    ]);
  }
}

/** Certificate authorities of the owner's own, as Node takes them: a PEM file in NODE_EXTRA_CA_CERTS. */
function extraCertificates(): string[] {
  const file = process.env["NODE_EXTRA_CA_CERTS"];
  if (file === undefined || file === "" || !existsSync(file)) return [];
  return (
    readFileSync(file, "utf8").match(
      /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g,
    ) ?? []
  );
}

/** The secret of this data folder that sessions are signed with; PLUGBOARD_AUTH_SECRET in the environment wins. */
function authSecret(data: string): string {
  const given = process.env["PLUGBOARD_AUTH_SECRET"];
  if (given !== undefined && given !== "") return given;
  const file = join(data, "auth-secret");
  if (!existsSync(file))
    writeFileSync(file, randomBytes(32).toString("base64url"), { mode: 0o600 });
  return readFileSync(file, "utf8");
}

const secrets = [
  "PLUGBOARD_RESEND_KEY",
  "PLUGBOARD_GITHUB_ID",
  "PLUGBOARD_GITHUB_SECRET",
  "PLUGBOARD_GOOGLE_ID",
  "PLUGBOARD_GOOGLE_SECRET",
  "PLUGBOARD_OIDC",
  "PLUGBOARD_OAUTH_APPS",
  "PLUGBOARD_OTLP_HEADERS",
];

/** What of the deployment's secrets the environment holds. */
const secretsGiven = (): Record<string, string> =>
  Object.fromEntries(
    secrets.flatMap((name) => {
      const value = process.env[name];
      return value === undefined || value === "" ? [] : [[name, value]];
    }),
  );

/** The master key of this data folder, readable by its owner only; PLUGBOARD_MASTER_KEYS in the environment wins. */
function masterKeys(data: string): string {
  const given = process.env["PLUGBOARD_MASTER_KEYS"];
  if (given !== undefined && given !== "") return given;
  const file = join(data, "master-keys.json");
  if (!existsSync(file)) {
    const keys = JSON.stringify({ local: randomBytes(32).toString("base64") });
    writeFileSync(file, keys, { mode: 0o600 });
  }
  return readFileSync(file, "utf8");
}
