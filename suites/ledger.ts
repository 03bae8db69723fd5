// A ledger of a million executions: what a dashboard asks of it, asked again and again over REST.
import { globSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { newId } from "../shared/ids.ts";
import { ask, startHubProcess, waitUntil, type Figure, type HubProcess } from "./hub-process.ts";

export type LedgerSize = {
  executions: number;
  rounds: number;
  /** Whether it is said how fast it has to be. On a machine that does other work besides it is not. */
  judgesTimes: boolean;
};

export const ledgerSize = {
  full: { executions: 1_000_000, rounds: 40, judgesTimes: true },
  tenth: { executions: 30_000, rounds: 8, judgesTimes: false },
} satisfies Record<string, LedgerSize>;

const promisedMs = 300;
const dayMs = 86_400_000;
const spanMs = 30 * dayMs;
const [tools, connections, people] = [60, 12, 25];

export async function runLedger({ executions, rounds, judgesTimes }: LedgerSize): Promise<Figure> {
  let hub = await startHubProcess();
  try {
    // The team's ledger comes to be when it is first asked.
    await ask(hub, "/api/v1/executions");
    await hub.stop();
    const seeding = performance.now();
    const seeded = seed(hub.data, executions);
    const seedMs = Math.round(performance.now() - seeding);
    hub = await hub.restart();
    const counting = performance.now();
    const counted = await waitUntil(() => hasCounted(hub, executions), 600_000);
    const countMs = Math.round(performance.now() - counting);
    if (!counted) return { line: "ledger: it never counted what it holds", broken: ["no counts"] };
    const figures = await measure(hub, { seeded, rounds });
    const lines = figures.map(({ what, p50, p95 }) => `  ${what}: ${p50} / ${p95} ms`);
    const worst = figures.toSorted((a, b) => b.p95 - a.p95)[0];
    return {
      line: [
        `ledger: ${executions} executions (seeded in ${seedMs} ms, counted by the hub in ${countMs} ms), slowest: ${worst?.what} with p95 ${worst?.p95} ms of ${promisedMs}`,
        ...lines,
      ].join("\n"),
      broken: figures.flatMap(({ what, p95, wrong }) => [
        ...(judgesTimes && p95 > promisedMs ? [`${what}: p95 ${p95} ms`] : []),
        ...(wrong === undefined ? [] : [`${what}: ${wrong}`]),
      ]),
    };
  } finally {
    await hub.stop();
    hub.clear();
  }
}

/** Some of what was written, evenly over the time. */
type Seeded = { ids: string[]; from: number; to: number };

/** Writes executions and their events as the ledger would have, and makes it forget that it has counted. */
function seed(data: string, executions: number): Seeded {
  const database = ledgerIn(data);
  try {
    database.exec("PRAGMA synchronous = OFF; BEGIN");
    const execution = database.prepare("INSERT INTO executions VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
    const event = database.prepare("INSERT INTO events VALUES (?, ?, ?, ?, ?)");
    const to = Date.now() - 60_000;
    const from = to - spanMs;
    const ids: string[] = [];
    for (let n = 0; n < executions; n++) {
      const at = Math.floor(from + (n / executions) * spanMs);
      const id = newId("exe", at);
      if (n % Math.ceil(executions / 500) === 0) ids.push(id);
      const made = executionAt(n, at);
      execution.run(id, made.status, made.toolId, made.connectionId, ...made.texts);
      event.run(2 * n + 1, id, at, "started", "{}");
      const ended = { status: made.status, durationMs: made.durationMs };
      event.run(2 * n + 2, id, at + made.durationMs, "finished", JSON.stringify(ended));
    }
    database.exec("DELETE FROM rollups; DELETE FROM _cf_KV WHERE key = 'counted_up_to'; COMMIT");
    return { ids, from, to };
  } finally {
    database.close();
  }
}

function executionAt(n: number, at: number) {
  // Some tools are used far more than others.
  const tool = Math.floor(tools * ((n * 7919) % 1000) ** 2 * 1e-6);
  const connection = tool % connections;
  const person = (n * 31) % people;
  const status =
    n % 12 === 0
      ? "failed"
      : n % 211 === 0
        ? "timed_out"
        : n % 499 === 0
          ? "cancelled"
          : "succeeded";
  const durationMs = 5 + ((n * 104_729) % 997) * (n % 17 === 0 ? 8 : 1);
  const intent = {
    method: "tools/call",
    surface: n % 40 === 0 ? "job" : n % 3 === 0 ? "mcp" : "rest",
    toolId: `tool_${tool}`,
    name: `act_${tool}`,
    connectionId: `con_${connection}`,
    connectionSlug: `server-${connection}`,
    actor: { kind: "apiKey", id: `key_${person}_${n % 2}`, personId: `per_${person}` },
    requestId: `req_${n}`,
    context: n % 40 === 0 ? { jobId: `job_${n}`, attempt: 1 } : {},
    startedAt: at,
  };
  const failed = { code: `upstream_${n % 5}`, message: "The server answered with an error." };
  const outcome = {
    status,
    finishedAt: at + durationMs,
    durationMs,
    admittedMs: 2,
    upstreamMs: durationMs - 3,
    error: status === "succeeded" ? null : failed,
  };
  const body = (text: string) =>
    JSON.stringify({ characters: text.length, truncated: false, json: { text } });
  return {
    status,
    durationMs,
    toolId: intent.toolId,
    connectionId: intent.connectionId,
    texts: [
      JSON.stringify(intent),
      JSON.stringify(outcome),
      body(`What was asked the ${n}th time`),
      body(`What came of it: ${"so and so, ".repeat(n % 30)}`),
    ] as const,
  };
}

/** The file of the one team's ledger. */
function ledgerIn(data: string): DatabaseSync {
  for (const file of globSync(join(data, "state/**/*.sqlite"))) {
    const database = new DatabaseSync(file);
    const known = database
      .prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'rollups'")
      .get();
    if (known) return database;
    database.close();
  }
  throw new Error("No database of the hub is a ledger.");
}

const daysAgo = (days: number): string => String(Date.now() - days * dayMs);

async function hasCounted(hub: HubProcess, executions: number): Promise<boolean> {
  const path = `/api/v1/executions/series?unit=day&since=${daysAgo(40)}`;
  const { status, body } = await ask(hub, path);
  if (status !== 200) throw new Error(`The series answers with ${status}: ${hub.output()}`);
  const points: { total: number }[] = body.points;
  return points.reduce((sum, { total }) => sum + total, 0) === executions;
}

type Asked = {
  what: string;
  path: (round: number) => string;
  /** What is wrong with an answer, if anything. */
  check?: (body: any, round: number) => string | undefined;
};
type Measured = { what: string; p50: number; p95: number; wrong: string | undefined };

async function measure(
  hub: HubProcess,
  { seeded, rounds }: { seeded: Seeded; rounds: number },
): Promise<Measured[]> {
  const measured: Measured[] = [];
  for (const { what, path, check } of questions(seeded)) {
    const took: number[] = [];
    let wrong: string | undefined;
    for (let round = 0; round < rounds; round++) {
      const began = performance.now();
      const { status, body } = await ask(hub, `/api/v1/executions${path(round)}`);
      took.push(performance.now() - began);
      wrong ??= status === 200 ? check?.(body, round) : `answered with ${status}`;
    }
    took.sort((a, b) => a - b);
    const within = (share: number) => Math.round(took[Math.ceil(took.length * share) - 1] ?? 0);
    measured.push({ what, p50: within(0.5), p95: within(0.95), wrong });
  }
  return measured;
}

function questions({ ids, from, to }: Seeded): Asked[] {
  const one = (round: number): string => ids[(round * 37) % ids.length] ?? "";
  const deep = (round: number): string => one(round + 5);
  const all = (keep: (item: any) => boolean) => (body: any) =>
    body.items.length > 0 && body.items.every(keep)
      ? undefined
      : "does not list what was asked for";
  const full = (body: any) => (body.items.length === 50 ? undefined : "is no full page");
  const window = (round: number) => from + ((round * 7) % 28) * dayMs;
  const months = `?since=${from}&until=${to}`;
  return [
    { what: "list newest", path: () => "?limit=50", check: full },
    {
      what: "list, a page deep in it",
      path: (round) => `?limit=50&cursor=${ids[100 + ((round * 37) % (ids.length - 100))]}`,
      check: full,
    },
    {
      what: "list by status",
      path: (round) => `?limit=50&status=${round % 2 === 0 ? "failed" : "timed_out,cancelled"}`,
      check: all(({ status }) => status !== "succeeded"),
    },
    {
      what: "list by tool",
      path: (round) => `?limit=50&tool=tool_${(round * 13) % tools}`,
      check: all(({ toolId }) => toolId.startsWith("tool_")),
    },
    {
      what: "list by tool and status",
      path: (round) => `?limit=50&status=failed&tool=tool_${(round * 13) % tools}`,
    },
    {
      what: "list by connection",
      path: (round) => `?limit=50&connection=con_${round % connections}`,
      check: full,
    },
    {
      what: "list by surface",
      path: (round) => `?limit=50&surface=${round % 2 === 0 ? "job" : "mcp"}`,
      check: full,
    },
    {
      what: "list by person",
      path: (round) => `?limit=50&actor=per_${round % people}`,
      check: full,
    },
    {
      what: "list by key",
      path: (round) => `?limit=50&actor=key_${round % people}_${round % 2}`,
      check: (body) => (Array.isArray(body.items) ? undefined : "is no page"),
    },
    { what: "list by somebody unknown", path: (round) => `?limit=50&actor=per_none${round}` },
    {
      what: "list by job",
      path: (round) => `?limit=50&job=job_${round * 40}`,
      check: all(() => true),
    },
    { what: "list by text", path: (round) => `?limit=50&query=ACT_${round % tools}` },
    { what: "list by a text of none", path: () => "?limit=50&query=nowhere" },
    {
      what: "list within a day",
      path: (round) => `?limit=50&since=${window(round)}&until=${window(round) + dayMs}`,
      check: full,
    },
    {
      what: "list by all of them",
      path: (round) =>
        `?limit=50&status=failed&connection=con_${round % connections}&actor=per_${round % people}&query=act&since=${window(round)}`,
    },
    {
      what: "get",
      path: (round) => `/${one(round)}`,
      check: (body, round) => (body.id === one(round) ? undefined : "is another one"),
    },
    {
      what: "events",
      path: (round) => `/${deep(round)}/events`,
      check: (body) => (body.items.length === 2 ? undefined : "are not two"),
    },
    { what: "series of an hour", path: () => `/series?since=${Date.now() - 3_600_000}` },
    { what: "series of a day", path: () => `/series?since=${daysAgo(1)}` },
    { what: "series of a week", path: () => `/series?since=${daysAgo(7)}` },
    { what: "series of a month", path: () => `/series?since=${daysAgo(30)}` },
    {
      what: "series of a tool, by the hour",
      path: (round) => `/series?since=${daysAgo(14)}&unit=hour&tool=tool_${round % tools}`,
    },
    {
      what: "series of a person",
      path: (round) => `/series?since=${daysAgo(30)}&actor=per_${round % people}`,
    },
    { what: "top tools of a month", path: () => `/top${months}&by=tool&limit=20` },
    { what: "top connections of a month", path: () => `/top${months}&by=connection` },
    { what: "top callers of a month", path: () => `/top${months}&by=actor` },
    { what: "top errors of a month", path: () => `/top${months}&by=error` },
    { what: "summary of a day", path: () => "/summary" },
    {
      what: "summary of a month",
      path: () => "/summary?hours=720",
      check: (body) => (body.total > 0 && body.p95Ms > 0 ? undefined : "counts nothing"),
    },
  ];
}
