import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { newId } from "../../../shared/ids";
import {
  countingTool,
  deafQueue,
  eventTypes,
  ledgerOf,
  nextNumber,
  sleepingJob,
} from "../../testing/jobs";
import { createTeam, type TestTeam } from "../../testing/team";
import { queryPlans } from "../../testing/query-plans";
import { TeamLedger } from "../ledger.object";

let team: TestTeam;
let member: TestTeam;
let other: TestTeam;
let tool: { id: string; connectionId: string };
let jobs: string[];
beforeAll(async () => {
  team = await createTeam();
  member = await team.join("member");
  other = await createTeam();
  tool = await countingTool(team, "healthy");
  jobs = [];
  for (const who of [team, member, team, team, member])
    jobs.push(await sleepingJob(who, tool, { arguments: { n: nextNumber() } }));
  for (const id of jobs.slice(0, 2))
    await team.ask(`/api/v1/jobs/${id}/cancel`, { method: "POST" });
});

const list = async (query = "", who = team) => (await who.ask(`/api/v1/jobs?${query}`)).body;
const ids = async (query = "", who = team): Promise<string[]> =>
  (await list(query, who)).items.map(({ id }: { id: string }) => id);

describe("the list of jobs", () => {
  it("is newest first, page by page", async () => {
    const newest = jobs.toReversed();
    expect(await ids()).toEqual(newest);
    const first = await list("limit=2");
    expect(first.items.map(({ id }: { id: string }) => id)).toEqual(newest.slice(0, 2));
    expect(await ids(`limit=3&cursor=${first.nextCursor}`)).toEqual(newest.slice(2));
  });

  it("is filtered by state, tool, connection, caller and time", async () => {
    expect(await ids("status=cancelled")).toEqual(jobs.slice(0, 2).toReversed());
    expect(await ids("status=queued,cancelled")).toEqual(jobs.toReversed());
    expect(await ids("status=succeeded")).toEqual([]);
    expect(await ids(`tool=${tool.id}&status=queued`)).toEqual(jobs.slice(2).toReversed());
    expect(await ids("tool=tool_none")).toEqual([]);
    expect(await ids(`connection=${tool.connectionId}`)).toHaveLength(5);
    expect(await ids(`actor=${member.personId}`)).toEqual([jobs[4], jobs[1]]);
    expect(await ids(`actor=${member.keyId}`)).toEqual([jobs[4], jobs[1]]);
    expect(await ids("since=2100-01-01")).toEqual([]);
    expect(await ids("until=2000-01-01")).toEqual([]);
    expect(await ids("since=1970-01-01&until=2000000000000")).toHaveLength(5);
  });

  it("is each team's own", async () => {
    expect(await ids("", other)).toEqual([]);
    expect(await ids(`cursor=${jobs[4]}`, other)).toEqual([]);
  });

  it.each([
    ["cursor=exe_01k5x8m0qv2h7c9d4e6f8g0h2j", "query.cursor"],
    ["cursor=5", "query.cursor"],
    ["since=yesterday", "query.since"],
    ["status=done", "query.status"],
    ["limit=0", "query.limit"],
  ])("refuses %s", async (query, field) => {
    expect(await team.ask(`/api/v1/jobs?${query}`)).toMatchObject({
      status: 400,
      body: { error: { code: "invalid_input", message: expect.stringContaining(field) } },
    });
  });

  it("reads along an index, whatever the filter", async () => {
    const filters = [
      {},
      { statuses: ["failed", "lost"] as const },
      { statuses: ["succeeded"] as const },
      { toolId: tool.id },
      { connectionId: tool.connectionId },
      { own: ["per_1"], from: "job_0", before: "job_z" },
    ];
    const plans = await runInDurableObject(ledgerOf(team), (ledger, { storage: { sql } }) =>
      queryPlans({ sql, tables: ["FROM jobs"] }, () => {
        for (const filter of filters) ledger.listJobs({ limit: 5, ...filter });
      }),
    );
    expect(plans).toHaveLength(filters.length);
    for (const { plan } of plans) {
      expect(plan).toMatch(/SEARCH jobs USING (INDEX|PRIMARY KEY)/);
      expect(plan).not.toMatch(/SCAN|TEMP B-TREE/);
    }
  });
});

it("jobs are given out, ended, told, counted and forgotten by an index, however many there are", async () => {
  const own = await createTeam();
  const its = await countingTool(own, "healthy");
  const id = await sleepingJob(own, its, { arguments: { n: nextNumber() } });
  const plans = await runInDurableObject(ledgerOf(own), async (_ledger, state) => {
    const { sql } = state.storage;
    const ledger = new TeamLedger(state, { ...env, ...deafQueue });
    const due = async () => {
      sql.exec("UPDATE due SET at = 1");
      await ledger.alarm();
    };
    return queryPlans({ sql, tables: ["jobs", "job_"] }, async () => {
      await due();
      ledger.laneFor(id);
      ledger.claimJob(id, "exe_1");
      const end = { attempt: 1, status: "failed", error: null, sealedResult: "pb1.k.x" } as const;
      ledger.endAttempt(id, { ...end, next: { ended: "failed" } });
      ledger.retryableJobs([id]);
      ledger.retryJobs([id]);
      ledger.cancelJobs([id], "per_1");
      ledger.jobsOf([id]);
      ledger.dueCallback(id);
      ledger.sealedJobText("k", 0);
      ledger.metrics(["con_1"]);
      await due();
    });
  });
  expect(plans.length).toBeGreaterThan(30);
  const bounded = "SELECT 1 FROM jobs LIMIT 1";
  const large = /SCAN (jobs|job_attempts|job_bodies)\b/;
  expect(plans.filter(({ query, plan }) => large.test(plan) && query !== bounded)).toEqual([]);
});

it("jobs that are older than the plan keeps go, with all that belongs to them; others stay", async () => {
  const kept = await createTeam();
  const its = await countingTool(kept, "healthy");
  const fresh = await sleepingJob(kept, its, { arguments: { n: nextNumber() } });
  const old = newId("job", Date.now() - 4000 * 86_400_000);
  const running = newId("job", Date.now() - 4000 * 86_400_000);
  await kept.ask(`/api/v1/jobs/${fresh}/cancel`, { method: "POST" });
  await runInDurableObject(ledgerOf(kept), (_ledger, { storage: { sql } }) => {
    for (const [id, status] of [
      [old, "cancelled"],
      [running, "running"],
    ])
      sql.exec(
        `INSERT INTO jobs SELECT ?, ?, ?, tool_id, connection_id, asked, state, recorded
         FROM jobs WHERE id = ?`,
        id,
        status,
        Date.now() + 86_400_000,
        fresh,
      );
    sql.exec(
      "INSERT INTO events SELECT seq + 1000, ?, at, type, data FROM events WHERE execution_id = ?",
      old,
      fresh,
    );
    sql.exec(
      "INSERT INTO job_bodies SELECT ?, body, part, key_id, text FROM job_bodies WHERE job_id = ?",
      old,
      fresh,
    );
    sql.exec("UPDATE due SET at = 0 WHERE kind = 'jobs.retain'");
  });
  await runDurableObjectAlarm(ledgerOf(kept));
  expect(await ids("", kept)).toEqual([fresh, running]);
  expect(await eventTypes(kept, fresh)).toEqual(["queued", "cancel_requested", "finished"]);
  const left = await runInDurableObject(ledgerOf(kept), (_ledger, { storage: { sql } }) =>
    sql
      .exec(
        `SELECT job_id FROM job_bodies WHERE job_id = ? UNION ALL
         SELECT execution_id FROM events WHERE execution_id = ?`,
        old,
        old,
      )
      .toArray(),
  );
  expect(left).toEqual([]);
});
