import { beforeAll, describe, expect, it } from "vitest";
import {
  countingTool,
  endedJob,
  eventTypes,
  ledgerOf,
  makeJob,
  nextNumber,
  readJob,
  seenAt,
  sleepingJob,
  timesSeen,
  wakeJob,
  type TestTool,
} from "../../testing/jobs";
import { createTeam, type TestTeam } from "../../testing/team";

let team: TestTeam;
let hang: TestTool;
let count: TestTool;
beforeAll(async () => {
  team = await createTeam();
  hang = await countingTool(team, "hang");
  count = await countingTool(team, "healthy");
});

const cancel = (id: string, by = team) => by.ask(`/api/v1/jobs/${id}/cancel`, { method: "POST" });
const retry = (id: string, by = team) => by.ask(`/api/v1/jobs/${id}/retry`, { method: "POST" });

async function runningJob(): Promise<string> {
  const n = nextNumber();
  const { body } = await makeJob(team, hang, { arguments: { n } });
  await expect.poll(() => timesSeen("hang", n)).toBe(1);
  return body.id;
}

describe("a cancelled job", () => {
  it("that waits ends at once and never runs", async () => {
    const n = nextNumber();
    const id = await sleepingJob(team, count, { arguments: { n } });
    expect(await cancel(id)).toMatchObject({ status: 200, body: { status: "cancelled" } });
    await wakeJob(team, id);
    await scheduler.wait(100);
    expect(await readJob(team, id)).toMatchObject({ status: "cancelled", attempts: 0 });
    expect(await timesSeen("healthy", n)).toBe(0);
  });

  it("that runs leaves its server alone and ends", async () => {
    const id = await runningJob();
    const { hangups } = await seenAt("hang");
    expect(await cancel(id)).toMatchObject({
      status: 200,
      body: { cancelRequestedAt: expect.any(Number) },
    });
    await expect.poll(async () => (await seenAt("hang")).hangups).toBe(hangups + 1);
    const job = await endedJob(team, id);
    const error = { code: "cancelled", message: "It was cancelled while it ran." };
    expect(job).toMatchObject({ status: "cancelled", attempts: 1, error });
    expect(await eventTypes(team, id)).toEqual([
      "queued",
      "attempt_started",
      "cancel_requested",
      "attempt_ended",
      "finished",
    ]);
    await expect
      .poll(async () => (await team.ask(`/api/v1/executions/${job.executionId}`)).body.status)
      .toBe("cancelled");
  });

  it("cannot be cancelled once it has ended", async () => {
    const id = await sleepingJob(team, count, { arguments: { n: nextNumber() } });
    await cancel(id);
    expect(await cancel(id)).toMatchObject({ status: 409, body: { error: { code: "conflict" } } });
  });

  it("is cancelled by who asked for it, and by who manages executions, and by nobody else", async () => {
    const member = await team.join("member");
    const operator = await team.join("operator");
    const id = await sleepingJob(team, count, { arguments: { n: nextNumber() } });
    expect((await cancel(id, await team.join("viewer"))).status).toBe(403);
    expect((await cancel(id, member)).status).toBe(403);
    expect((await cancel(id, await createTeam())).status).toBe(404);
    expect((await readJob(team, id)).status).toBe("queued");
    expect((await cancel(id, operator)).status).toBe(200);
    const own = await sleepingJob(member, count, { arguments: { n: nextNumber() } });
    expect((await cancel(own, member)).status).toBe(200);
  });
});

describe("a job that is retried by hand", () => {
  it("is the same job, and runs again", async () => {
    const n = nextNumber();
    const id = await sleepingJob(team, count, { arguments: { n } });
    await cancel(id);
    expect(await retry(id)).toMatchObject({
      status: 200,
      body: { id, finishedAt: null, cancelRequestedAt: null, error: null },
    });
    expect(await endedJob(team, id)).toMatchObject({ status: "succeeded", attempts: 1 });
    expect(await timesSeen("healthy", n)).toBe(1);
    expect(await retry(id)).toMatchObject({ status: 409, body: { error: { code: "conflict" } } });
  });

  it("shows nothing of what its earlier run came to", async () => {
    const failing = await countingTool(team, "tool_error", { name: "probe" });
    const { body } = await makeJob(team, failing);
    expect((await endedJob(team, body.id)).result).toMatchObject({ isError: true });
    await ledgerOf(team).retryJob(body.id);
    await ledgerOf(team).cancelJob(body.id, "test");
    expect(await readJob(team, body.id)).toMatchObject({ status: "cancelled", result: null });
  });

  it("costs nothing, so it has an end: ten times, by whatever way", async () => {
    const tool = await countingTool(team, "healthy");
    const id = await sleepingJob(team, tool, { arguments: { n: nextNumber() } });
    for (let times = 0; times < 10; times++) {
      await ledgerOf(team).cancelJob(id, "test");
      expect(await ledgerOf(team).retryJob(id)).toEqual({ kind: "queued" });
    }
    await ledgerOf(team).cancelJob(id, "test");
    expect(await retry(id)).toMatchObject({ status: 409, body: { error: { code: "conflict" } } });
    for (const named of [{ ids: [id] }, { filter: { tool: tool.id, status: ["cancelled"] } }])
      for (const preview of [true, false]) {
        const bulk = await team.ask("/api/v1/jobs/bulk", {
          body: { action: "retry", ...named, preview },
        });
        expect([bulk.status, bulk.body]).toEqual([200, { matched: 0, done: 0, more: false }]);
      }
    expect((await readJob(team, id)).status).toBe("cancelled");
  });

  it("has to have ended", async () => {
    const id = await sleepingJob(team, count, { arguments: { n: nextNumber() } });
    expect((await retry(id)).status).toBe(409);
    expect((await retry(id, await team.join("member"))).status).toBe(403);
    expect((await retry("job_01k5x8m0qv2h7c9d4e6f8g0h2j")).status).toBe(404);
  });
});
