import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, expect, it } from "vitest";
import { countingTool, ledgerOf, nextNumber, sleepingJob } from "../../testing/jobs";
import { entry } from "../../testing/ledger-entry";
import { createTeam, type TestTeam } from "../../testing/team";
import { TeamLedger } from "../ledger.object";
import type { Viewer } from "../live/viewers";

let team: TestTeam;
let first: string;
let second: string;
/** A team with one runner, which the first of two jobs has. */
beforeEach(async () => {
  team = await createTeam();
  const tool = await countingTool(team, "healthy");
  first = await sleepingJob(team, tool, { arguments: { n: nextNumber() } });
  second = await sleepingJob(team, tool, { arguments: { n: nextNumber() } });
  await runInDurableObject(ledgerOf(team), (ledger, { storage }) => {
    storage.kv.put("jobs_at_once", 1);
    expect(ledger.laneFor(first)).toBe(0);
    expect(ledger.laneFor(second)).toBeNull();
  });
});

/** Under a plan that lets so many jobs run at once. */
const under = (jobsAtOnce: number) => ({
  PLUGBOARD_PLAN: "test",
  PLUGBOARD_PLANS: JSON.stringify({ test: { jobsAtOnce } }),
});

const looksAt = ({ sql }: DurableObjectStorage) =>
  sql.exec<{ at: number }>("SELECT at FROM due WHERE kind = 'jobs.look'").one().at;

it("a runner that becomes free while the ledger wakes others gets the next job at once", async () => {
  await runInDurableObject(ledgerOf(team), async (_, state) => {
    const queue = Promise.withResolvers<void>();
    const sent: string[][] = [];
    const JOBS = {
      sendBatch: (messages: { body: { jobId: string } }[]) => {
        sent.push(messages.map(({ body }) => body.jobId));
        return queue.promise;
      },
    } as unknown as Env["JOBS"];
    const ledger = new TeamLedger(state, { ...env, ...under(1), JOBS });
    state.storage.sql.exec("UPDATE due SET at = 1 WHERE kind = 'jobs.look'");
    const rung = ledger.alarm();
    await expect.poll(() => sent).toEqual([[first]]);
    expect(ledger.claimJob(first, `exe_of_${first}`).kind).toBe("begin");
    const end = { attempt: 1, status: "succeeded", error: null, sealedResult: null } as const;
    ledger.endAttempt(first, { ...end, next: { ended: "succeeded" } });
    queue.resolve();
    await rung;
    expect(looksAt(state.storage)).toBeLessThanOrEqual(Date.now());
    await ledger.alarm();
    expect(sent).toEqual([[first], [second]]);
  });
});

it("a plan that lets more of them run at once is learnt by what waits already", async () => {
  await runInDurableObject(ledgerOf(team), async (_, state) => {
    const sent: string[][] = [];
    const sendBatch = async (messages: { body: { jobId: string } }[]) =>
      void sent.push(messages.map(({ body }) => body.jobId));
    const JOBS = { sendBatch } as unknown as Env["JOBS"];
    const ledger = new TeamLedger(state, { ...env, ...under(2), JOBS });
    state.storage.sql.exec("UPDATE due SET at = 1 WHERE kind = 'jobs.look'");
    await ledger.alarm();
    expect(sent.flat().toSorted()).toEqual([first, second].toSorted());
    expect(ledger.laneFor(second)).toBe(1);
  });
});

it("the runner of a job that is cancelled before it began is given to the next at once", async () => {
  await runInDurableObject(ledgerOf(team), (ledger, { storage }) => {
    expect(looksAt(storage)).toBeGreaterThan(Date.now());
    expect(ledger.cancelJob(first, "per_1")).toEqual({ kind: "cancelled" });
    expect(looksAt(storage)).toBeLessThanOrEqual(Date.now());
  });
});

/** The sequence number that whoever begins to watch now goes on from. */
async function helloOf(ledger: ReturnType<typeof ledgerOf>): Promise<number> {
  const viewer = { epoch: 1, ids: ["per_1"], hidden: [], expiresAt: null } satisfies Viewer;
  const headers = { upgrade: "websocket", "x-viewer": JSON.stringify(viewer) };
  const { webSocket: socket } = await ledger.fetch("http://ledger/", { headers });
  const { promise, resolve } = Promise.withResolvers<string>();
  socket?.addEventListener("message", ({ data }) => resolve(String(data)));
  socket?.accept();
  const { seq } = JSON.parse(await promise) as { seq: number };
  socket?.close();
  return seq;
}

it("nobody who watches misses what comes after an end that could not be written", async () => {
  const ledger = ledgerOf(team);
  await runInDurableObject(ledger, (object, { storage }) => {
    // A storage that is full: it takes no row of this table any more.
    storage.sql.exec(`CREATE TRIGGER full BEFORE INSERT ON job_bodies
      BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END`);
    expect(object.claimJob(first, `exe_of_${first}`).kind).toBe("begin");
    const end = { attempt: 1, status: "succeeded", error: null, sealedResult: "pb1.k.x" } as const;
    expect(() => object.endAttempt(first, { ...end, next: { ended: "succeeded" } })).toThrow(
      "disk is full",
    );
  });
  const seq = await helloOf(ledger);
  await evictDurableObject(ledger);
  await ledger.record(team.id, [entry({ outcome: null })]);
  expect(await helloOf(ledger)).toBeGreaterThan(seq);
});
