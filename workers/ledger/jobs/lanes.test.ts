import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, it, vi } from "vitest";
import {
  countingTool,
  endedJob,
  ledgerOf,
  nextNumber,
  sleepingJob,
  type TestTool,
} from "../../testing/jobs";
import { createTeam, type TestTeam } from "../../testing/team";
import { TeamLedger } from "../ledger.object";

async function teamOf(jobsAtOnce: number) {
  const team = await createTeam();
  const tool = await countingTool(team, "healthy");
  return { team, tool, limit: () => setAtOnce(team, jobsAtOnce) };
}
const setAtOnce = (team: TestTeam, jobsAtOnce: number) =>
  runInDurableObject(ledgerOf(team), (_ledger, { storage }) =>
    storage.kv.put("jobs_at_once", jobsAtOnce),
  );
const jobsOf = async (who: TestTeam, tool: TestTool, count: number) => {
  const ids: string[] = [];
  while (ids.length < count)
    ids.push(await sleepingJob(who, tool, { arguments: { n: nextNumber() } }));
  return ids;
};
/** Gives out what runners there are, whoever asks first. */
async function givenTo(team: TestTeam, ids: readonly string[]): Promise<string[]> {
  const given = [];
  for (const id of ids) if ((await ledgerOf(team).laneFor(id)) !== null) given.push(id);
  return given;
}
/** A runner has done with it. */
async function end(team: TestTeam, id: string): Promise<void> {
  const claim = await ledgerOf(team).claimJob(id, `exe_of_${id}`);
  expect(claim.kind).toBe("begin");
  const ended = { attempt: 1, status: "succeeded", error: null, sealedResult: null } as const;
  await ledgerOf(team).endAttempt(id, { ...ended, next: { ended: "succeeded" } });
}

it("another's one job gets the next runner that is free, however many of somebody else's wait longer", async () => {
  const { team, tool, limit } = await teamOf(2);
  const many = await jobsOf(team, tool, 5);
  const [one = ""] = await jobsOf(await team.join("member"), tool, 1);
  await limit();
  expect(await givenTo(team, [...many.slice(2), one, ...many])).toEqual([one, many[0]]);
});

it("those with as many under way take turns at the only runner, each with their oldest", async () => {
  const { team, tool, limit } = await teamOf(1);
  const people = [team, await team.join("member"), await team.join("member")];
  const queues: string[][] = [];
  for (const who of people) queues.push(await jobsOf(who, tool, 3));
  await limit();
  const order: number[] = [];
  for (let left = 9; left > 0; left--) {
    const [id = ""] = await givenTo(team, queues.flat());
    const who = queues.findIndex(([first]) => first === id);
    order.push(who);
    queues[who]?.shift();
    await end(team, id);
  }
  const round = order.slice(0, 3);
  expect(new Set(round)).toEqual(new Set([0, 1, 2]));
  expect(order).toEqual([...round, ...round, ...round]);
});

it("one that has a runner, which never heard of it, is woken before it is another's turn", async () => {
  const { team, tool, limit } = await teamOf(1);
  const [first = ""] = await jobsOf(team, tool, 1);
  const [second = ""] = await jobsOf(await team.join("member"), tool, 1);
  await limit();
  expect(await givenTo(team, [first, second])).toEqual([first]);
  await runInDurableObject(ledgerOf(team), async (_ledger, state) => {
    state.storage.sql.exec("UPDATE due SET at = 1 WHERE kind = 'jobs.look'");
    const PLUGBOARD_PLANS = JSON.stringify({ one: { jobsAtOnce: 1 } });
    const plan = { PLUGBOARD_PLANS, PLUGBOARD_PLAN: "one" };
    await new TeamLedger(state, { ...env, ...plan }).alarm();
  });
  const { startedAt } = await endedJob(team, second);
  expect((await endedJob(team, first)).finishedAt).toBeLessThanOrEqual(startedAt);
});

it("takes as long to choose among thousands as among a few", async () => {
  const { team, tool, limit } = await teamOf(3);
  const [mine = ""] = await jobsOf(team, tool, 1);
  const [theirs = ""] = await jobsOf(await team.join("member"), tool, 1);
  await limit();
  const chosen = (copies: number) =>
    runInDurableObject(ledgerOf(team), (ledger, { storage: { sql } }) => {
      sql.exec(
        `WITH RECURSIVE more (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM more WHERE n < ?)
         INSERT INTO jobs SELECT id || '_' || n, status, due_at + n, tool_id, connection_id, asked, state, recorded
         FROM more JOIN jobs ON id IN (?, ?)`,
        copies,
        mine,
        theirs,
      );
      let read = 0;
      const exec = vi.spyOn(sql, "exec");
      expect(ledger.laneFor(mine)).not.toBeNull();
      for (const { value } of exec.mock.results)
        read += (value as SqlStorageCursor<never>).rowsRead;
      exec.mockRestore();
      sql.exec("DELETE FROM jobs WHERE id NOT IN (?, ?)", mine, theirs);
      sql.exec("DELETE FROM job_lanes");
      return read;
    });
  const few = await chosen(5);
  expect(await chosen(5000)).toBe(few);
});
