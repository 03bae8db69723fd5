import { env } from "cloudflare:workers";
import { drizzle } from "drizzle-orm/d1";
import { eq } from "drizzle-orm";
import { beforeAll, expect, it } from "vitest";
import { auditEntries } from "../audit/tables";
import { faults, isFaultName, type FaultName } from "../testing/faults/faults";
import { connectServer, createTeam, toolNamed } from "../testing/team";
import { connections } from "./tables";

const names = Object.keys(faults).filter(isFaultName);
const own = names.filter((name) => faults[name].side !== "call");
// What only a call can show.
const onlyInCalls =
  /^(healthy|connect_refused_on_call|result_|tool_error|html_echo|error_echo|echo)/;
const others = names.filter((name) => faults[name].side === "call" && !onlyInCalls.test(name));
const patienceMs = 50_000;

let urls: Record<string, { url: string }>;
beforeAll(async () => {
  urls = await (await fetch(`${env.FAULTS_URL}/faults`)).json();
});

/** What a person sees who connects the server, and whether anything was half-written. */
async function connect(name: FaultName, query: string): Promise<string> {
  const team = await createTeam();
  const started = Date.now();
  const headers = { authorization: "Bearer sesame-4f9a81" };
  const { body, text } = await connectServer(team, { url: `${urls[name]?.url}?${query}`, headers });
  const spent = Date.now() - started;
  if (spent > patienceMs) return `took ${spent} ms`;
  if (text.includes("sesame")) return "told the secret";
  const db = drizzle(env.DB);
  const rows = await db.select().from(connections).where(eq(connections.teamId, team.id));
  const audit = await db.select().from(auditEntries).where(eq(auditEntries.teamId, team.id));
  const secrets = await env.TOKENS.list({ prefix: `t/${team.id}/c/` });
  const left = rows.length + audit.length + secrets.keys.length;
  if (left !== (body.error ? 0 : 3)) return `left ${left} records behind`;
  if (body.error) return body.error.code;
  // The healthy tool beside a flawed one stays callable.
  const probe = await toolNamed(team, "probe");
  const called = await team.ask(`/api/v1/tools/${probe.id}/call`, {
    body: { arguments: { text: "hi" } },
  });
  return called.body.execution.status;
}

/** A dozen at a time: some of them wait for a time limit. */
async function outcomes(
  asked: { name: FaultName; query: string }[],
): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  const waiting = [...asked];
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift())
      found[`${next.name} ${next.query}`] = await connect(next.name, next.query);
  };
  await Promise.all(Array.from({ length: 12 }, work));
  return found;
}

const wanted = (asked: { name: FaultName; query: string }[]) =>
  Object.fromEntries(asked.map(({ name, query }) => [`${name} ${query}`, faults[name].expect]));
const each = (of: readonly FaultName[], queries: string[]) =>
  of.flatMap((name) => queries.map((query) => ({ name, query })));

it(
  "meets every fault in connecting and listing with its code, in bounded time, with nothing half-written",
  { timeout: 180_000 },
  async () => {
    const asked = each(own, ["era=2026", "era=2025"]);
    expect(asked.length).toBeGreaterThan(30);
    expect(await outcomes(asked)).toEqual(wanted(asked));
  },
);

it(
  "meets the faults of calls alike when they come up in connecting and listing",
  { timeout: 300_000 },
  async () => {
    const asked = each(others, ["side=connect&era=2026&every=500", "side=list&era=2025&every=500"]);
    expect(asked.length).toBeGreaterThan(90);
    expect(await outcomes(asked)).toEqual(wanted(asked));
  },
);

it("warns of each tool it leaves out, and offers the rest", async () => {
  const warnings: Record<string, string[]> = {};
  for (const name of [
    "list_null_entry",
    "list_no_name",
    "list_long_name",
    "list_same_name",
    "list_schema_missing",
    "list_schema_not_object",
    "list_prototype_names",
    "list_schema_wide",
    "list_schema_remote",
  ] as const) {
    const { body } = await connectServer(await createTeam(), {
      url: `${env.FAULTS_URL}/f/${name}/mcp`,
    });
    warnings[name] = body.warnings;
  }
  const without = "A tool without a name was left out.";
  expect(warnings).toEqual({
    list_null_entry: [without, without, without, without],
    list_no_name: [without, without, without],
    list_long_name: [`The tool "${"n".repeat(60)}…" was left out: its name is too long.`],
    list_same_name: ['The tool "twin" is listed twice; the first was kept.'],
    list_schema_missing: ['The tool "flawed" was left out: it has no input schema.'],
    list_schema_not_object: [
      ...["text", "null", "array"].map(
        (kind) => `The tool "flawed_${kind}" was left out: it has no input schema.`,
      ),
      'The tool "flawed_type" was left out: it takes no object as its arguments.',
    ],
    list_prototype_names: [],
    list_schema_wide: [],
    list_schema_remote: [],
  });
});

it("never fetches what a schema refers to", async () => {
  const team = await createTeam();
  const base = `${env.FAULTS_URL}/f/list_schema_remote`;
  await fetch(`${base}/reset`, { method: "POST" });
  await connectServer(team, { url: `${base}/mcp` });
  const tool = await toolNamed(team, "flawed");
  const called = await team.ask(`/api/v1/tools/${tool.id}/call`, {
    body: { arguments: { near: 7, file: "x" } },
  });
  expect(called.body.execution.status).toBe("succeeded");
  expect(await (await fetch(`${base}/seen`)).json()).toMatchObject({ fetched: 0, calls: 1 });
});
