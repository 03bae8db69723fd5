import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { drizzle } from "drizzle-orm/d1";
import { expect, it } from "vitest";
import { newId } from "../../shared/ids";
import { teams } from "../teams/tables";
import { entry } from "../testing/ledger-entry";
import { queryPlans } from "../testing/query-plans";
import { TeamLedger } from "./ledger.object";
import { upkeepKind } from "./upkeep";

const dayMs = 86_400_000;
const large = /SCAN (executions|events|rollups|archives|jobs|job_attempts)\b/;
/** Whether there is anything at all: one row. */
const bounded = "SELECT 1 FROM executions LIMIT 1";

/** Everything a ledger is asked, once: each statement with the plan SQLite makes of it. */
async function plans(): Promise<{ query: string; plan: string }[]> {
  const id = newId("team");
  const now = Date.now();
  await drizzle(env.DB).insert(teams).values({ id, name: id, createdAt: now, plan: "small" });
  const ledger = env.TEAM_LEDGER.getByName(id);
  const entries = Array.from({ length: 40 }, (_, n) => entry({ at: now - (60 - n) * dayMs }));
  return runInDurableObject(ledger, async (_, state) => {
    const { sql } = state.storage;
    const small = new TeamLedger(state, { ...env, PLUGBOARD_LEDGER_ROWS: "20" });
    const tables = ["executions", "events", "rollups", "archives"];
    return queryPlans({ sql, tables }, async () => {
      await small.record(id, entries);
      await small.record(id, [entry({ outcome: null })]);
      const one = entries[0]?.executionId ?? "";
      for (const filter of [
        {},
        { statuses: ["failed"] as const },
        { statuses: ["failed", "running"] as const, toolId: "tool_1" },
        { statuses: ["succeeded"] as const, connectionId: "con_1" },
        { toolId: "tool_1" },
        { connectionId: "con_1" },
        { surface: "mcp" as const },
        { actorId: "per_1" },
        { actorId: "key_1", query: "echo" },
        { jobId: "job_1" },
        { query: "no" },
        { from: one, before: newId("exe"), cursor: newId("exe") },
      ])
        await small.list({ limit: 5, ...filter });
      await small.get(one);
      await small.events(one, { limit: 5, cursor: 0 });
      await small.events(one, { limit: 5, cursor: 0, type: "log" });
      small.lastCalls(["con_1"]);
      small.summarize(now - dayMs, ["con_2"]);
      const span = { since: now - 90 * dayMs, until: now, now, hidden: ["con_2"] };
      small.series({ unit: "day", ...span });
      small.series({ unit: "day", ...span, toolId: "tool_1" });
      small.series({ unit: "hour", ...span, actorId: "key_1" });
      small.top({ by: "tool", limit: 5, ...span });
      small.listArchives({ limit: 5, hidden: [] });
      await small.jobEvents("job_1", { limit: 5, cursor: 0 });
      for (let step = 0; step < 12; step++) {
        sql.exec("INSERT OR REPLACE INTO due VALUES (?, '', 0)", upkeepKind);
        await small.alarm();
      }
      small.known([one]);
      small.remove(id, [one]);
    });
  });
}

it("reads and changes what grows by an index, whatever is asked", async () => {
  const all = await plans();
  // Lists, details, charts, moves, archives and deletions.
  expect(all.length).toBeGreaterThan(60);
  for (const table of ["executions", "events", "rollups", "archives"])
    expect(all.some(({ plan }) => plan.includes(`SEARCH ${table}`))).toBe(true);
  const scans = all.filter(({ query, plan }) => large.test(plan) && query !== bounded);
  expect(scans).toEqual([]);
});
