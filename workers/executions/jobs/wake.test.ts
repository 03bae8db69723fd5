import {
  createExecutionContext,
  createMessageBatch,
  getQueueResult,
  runDurableObjectAlarm,
  runInDurableObject,
} from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, expect, it } from "vitest";
import hub from "../../index";
import {
  countingTool,
  endedJob,
  eventTypes,
  ledgerOf,
  nextNumber,
  readJob,
  sleepingJob,
  timesSeen,
  type TestTool,
} from "../../testing/jobs";
import { createTeam, type TestTeam } from "../../testing/team";

let team: TestTeam;
let count: TestTool;
beforeAll(async () => {
  team = await createTeam();
  count = await countingTool(team, "healthy");
});

async function deliver(bodies: unknown[]) {
  const messages = bodies.map((body) => ({
    id: crypto.randomUUID(),
    timestamp: new Date(),
    attempts: 1,
    body,
  }));
  const batch = createMessageBatch("jobs", messages);
  await hub.queue(batch, env);
  const result = await getQueueResult(batch, createExecutionContext());
  return {
    acked: messages.filter(({ id }) => result.explicitAcks.includes(id)).map(({ body }) => body),
    retried: result.retryMessages.length,
  };
}

it("messages that come five times, in whatever order, run each job once", async () => {
  const numbers = Array.from({ length: 4 }, nextNumber);
  const ids = await Promise.all(numbers.map((n) => sleepingJob(team, count, { arguments: { n } })));
  const wakes = ids.map((jobId) => ({ teamId: team.id, jobId }));
  const shuffled = Array.from({ length: 5 }, (_, turn) =>
    turn % 2 === 0 ? wakes : wakes.toReversed(),
  ).flat();
  expect((await deliver(shuffled.slice(0, 10))).retried).toBe(0);
  await deliver(shuffled.slice(10));
  for (const id of ids) expect(await endedJob(team, id)).toMatchObject({ attempts: 1 });
  // Long after its end it comes once more.
  const late = await deliver(wakes);
  expect(late.acked).toHaveLength(4);
  await scheduler.wait(100);
  for (const n of numbers) expect(await timesSeen("healthy", n)).toBe(1);
});

it("what is no message of ours, or of a job the team does not have, is not taken as done", async () => {
  const id = await sleepingJob(team, count, { arguments: { n: nextNumber() } });
  const other = await createTeam();
  const poison = [
    null,
    "job",
    { teamId: team.id },
    { teamId: team.id, jobId: "../other" },
    { teamId: team.id, jobId: id, more: 1 },
    { teamId: other.id, jobId: id },
  ];
  const good = { teamId: team.id, jobId: id };
  const { acked, retried } = await deliver([...poison, good]);
  expect(retried).toBe(poison.length);
  expect(acked).toEqual([good]);
  expect(await endedJob(team, id)).toMatchObject({ status: "succeeded" });
});

it("a job whose message was lost is woken by the ledger", async () => {
  const n = nextNumber();
  const id = await sleepingJob(team, count, { arguments: { n } });
  await scheduler.wait(50);
  expect(await readJob(team, id)).toMatchObject({ status: "queued" });
  await expireDue();
  expect(await endedJob(team, id)).toMatchObject({ status: "succeeded" });
  expect(await timesSeen("healthy", n)).toBe(1);
});

it("more jobs than have a slot wait for one, in their order, and all run", async () => {
  const of = await createTeam();
  await env.DB.prepare("UPDATE teams SET plan = 'one-job-at-once' WHERE id = ?").bind(of.id).run();
  const tool = await countingTool(of, "healthy");
  const ids: string[] = [];
  for (let i = 0; i < 4; i++) {
    const { body } = await of.ask("/api/v1/jobs", {
      body: { toolId: tool.id, arguments: { n: nextNumber() } },
    });
    ids.push(body.id);
  }
  const jobs = [];
  for (const id of ids) jobs.push(await endedJob(of, id));
  for (const [i, job] of jobs.entries())
    expect(job.startedAt).toBeGreaterThanOrEqual(jobs[i - 1]?.finishedAt ?? 0);
  expect(await eventTypes(of, ids[3] ?? "")).toEqual([
    "queued",
    "attempt_started",
    "attempt_ended",
    "finished",
  ]);
});

/** The ledger's alarm rings now, and everything it has to do is due. */
async function expireDue(): Promise<void> {
  await runInDurableObject(ledgerOf(team), (_ledger, state) => {
    state.storage.sql.exec("UPDATE due SET at = 0 WHERE kind = 'jobs.look'");
  });
  await runDurableObjectAlarm(ledgerOf(team));
}
