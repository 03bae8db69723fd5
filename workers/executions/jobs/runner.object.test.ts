import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { sealText } from "../../credentials";
import { newId } from "../../../shared/ids";
import {
  countingTool,
  endedJob,
  eventTypes,
  gateOf,
  ledgerOf,
  makeJob,
  nextNumber,
  readJob,
  runnerOf,
  sleepingJob,
  timesSeen,
  wakeJob,
  type TestTool,
} from "../../testing/jobs";
import { createTeam, type TestTeam } from "../../testing/team";

let team: TestTeam;
let unsafe: TestTool;
let safe: TestTool;
beforeAll(async () => {
  team = await createTeam();
  unsafe = await countingTool(team, "healthy");
  safe = await countingTool(team, "healthy", { safe: true });
});

/** The gate lets a call of this job through whose runner is never heard of again. */
async function admitAndVanish(jobId: string, tool: TestTool): Promise<string> {
  const executionId = newId("exe");
  expect(await ledgerOf(team).claimJob(jobId, executionId)).toMatchObject({ kind: "begin" });
  const intent = {
    method: "tools/call",
    surface: "job",
    toolId: tool.id,
    name: "count",
    connectionId: tool.connectionId,
    connectionSlug: "healthy",
    actor: { kind: "apiKey", id: team.keyId, personId: team.personId },
    requestId: "req_test",
    context: { jobId, attempt: 1 },
    startedAt: Date.now(),
  };
  const admission = await gateOf(team).admit({
    epoch: await gateOf(team).epoch(),
    executionId,
    connectionId: tool.connectionId,
    limits: [],
    inFlight: 100,
    timeoutMs: 600_000,
    intent: JSON.stringify(intent),
    arguments: null,
    underway: 0,
    idempotency: null,
    settlements: [],
  });
  expect(admission.kind).toBe("admitted");
  return executionId;
}

/** The alarm rings once more, as it does after a crash in the middle of it. */
async function ring(jobId: string): Promise<void> {
  await wakeJob(team, jobId);
  await runDurableObjectAlarm(await runnerOf(team, jobId));
}

describe("after a crash with the call under way", () => {
  it("a job whose tool is not safe to run again is lost, at once, and runs no second time", async () => {
    const n = nextNumber();
    const id = await sleepingJob(team, unsafe, { arguments: { n } });
    const executionId = await admitAndVanish(id, unsafe);
    await ring(id);
    expect(await endedJob(team, id)).toMatchObject({
      status: "lost",
      attempts: 1,
      executionId,
      error: { code: "execution_lost" },
    });
    expect((await team.ask(`/api/v1/executions/${executionId}`)).body.status).toBe("lost");
    expect(await timesSeen("healthy", n)).toBe(0);
  });

  it("a job whose tool is safe to run again runs again, as the same job", async () => {
    const n = nextNumber();
    const id = await sleepingJob(team, safe, { arguments: { n } });
    const executionId = await admitAndVanish(id, safe);
    await ring(id);
    expect(await eventTypes(team, id)).toContain("retry_scheduled");
    await scheduler.wait(1100);
    await ring(id);
    const job = await endedJob(team, id);
    expect(job).toMatchObject({ status: "succeeded", attempts: 2, error: null });
    expect(job.executionId).not.toBe(executionId);
    expect(await timesSeen("healthy", n)).toBe(1);
  });

  it("a job that somebody cancelled meanwhile is cancelled", async () => {
    const id = await sleepingJob(team, safe, { arguments: { n: nextNumber() } });
    await admitAndVanish(id, safe);
    await team.ask(`/api/v1/jobs/${id}/cancel`, { method: "POST" });
    await ring(id);
    expect(await endedJob(team, id)).toMatchObject({ status: "cancelled", attempts: 1 });
  });

  it("a job is as its call ended, where that was recorded before the crash", async () => {
    const id = await sleepingJob(team, unsafe, { arguments: { n: nextNumber() } });
    const executionId = await admitAndVanish(id, unsafe);
    const result = '{"content":[{"type":"text","text":"done"}]}';
    await gateOf(team).settle([
      {
        executionId,
        notes: [],
        outcome: JSON.stringify({
          status: "succeeded",
          finishedAt: Date.now(),
          durationMs: 5,
          upstreamMs: 4,
          error: null,
        }),
        result: `{"characters":${result.length},"truncated":false,"json":${result}}`,
      },
    ]);
    await ring(id);
    expect(await endedJob(team, id)).toMatchObject({
      status: "succeeded",
      result: JSON.parse(result),
    });
  });
});

describe("the result of a job whose runner died before it could tell", () => {
  /** As `sealAnswer` keeps it; the record hides the token. */
  async function recovered(kept: string | undefined) {
    const id = await sleepingJob(team, unsafe, { arguments: { n: nextNumber() } });
    const executionId = await admitAndVanish(id, unsafe);
    const sealed =
      kept &&
      (await sealText(
        { env, teamId: team.id },
        { purpose: "kept-answer", id: executionId },
        { answer: kept },
      ));
    const outcome = { status: "succeeded", finishedAt: Date.now(), durationMs: 5, upstreamMs: 4 };
    const masked = '{"content":[{"type":"text","text":"[secret]"}]}';
    await gateOf(team).settle([
      {
        executionId,
        notes: [],
        outcome: JSON.stringify({ ...outcome, error: null }),
        result: `{"characters":60,"truncated":false,"json":${masked},"masked":true}`,
        ...(sealed ? { kept: sealed } : {}),
      },
    ]);
    await ring(id);
    return endedJob(team, id);
  }

  it("is given whole where it was kept", async () => {
    const result = { content: [{ type: "text", text: "xoxb-1234-the-token-5678" }] };
    expect(await recovered(JSON.stringify(result))).toMatchObject({ status: "succeeded", result });
  });

  it("is never what the record shows in its place", async () => {
    expect(await recovered(undefined)).toMatchObject({ status: "succeeded", result: null });
  });

  it("is kept by every attempt, sealed", async () => {
    const { body } = await makeJob(team, unsafe, { arguments: { n: nextNumber() } });
    const { executionId } = await endedJob(team, body.id);
    await expect.poll(() => ledgerOf(team).keptAnswer(executionId)).toMatch(/^pb\d/);
  });
});

it("after a crash before its call was let through, a job runs, safe or not", async () => {
  const n = nextNumber();
  const id = await sleepingJob(team, unsafe, { arguments: { n } });
  expect(await ledgerOf(team).claimJob(id, newId("exe"))).toMatchObject({ kind: "begin" });
  await ring(id);
  await scheduler.wait(1100);
  await ring(id);
  expect(await endedJob(team, id)).toMatchObject({ status: "succeeded" });
  expect(await timesSeen("healthy", n)).toBe(1);
});

it("a runner that is thrown out of memory in the middle is taken up by its alarm", async () => {
  const hang = await countingTool(team, "hang");
  const n = nextNumber();
  const { body } = await makeJob(team, hang, { arguments: { n } });
  await expect.poll(() => timesSeen("hang", n)).toBe(1);
  await runInDurableObject(await runnerOf(team, body.id), (_runner, state) =>
    state.abort("crash"),
  ).catch(() => undefined);
  expect(await endedJob(team, body.id)).toMatchObject({ status: "lost", attempts: 1 });
  expect(await timesSeen("hang", n)).toBe(1);
});

it("a ledger that is thrown out of memory knows its jobs, who runs, and what is due", async () => {
  const hang = await countingTool(team, "hang");
  const n = nextNumber();
  const { body } = await makeJob(team, hang, { arguments: { n } });
  await expect.poll(() => timesSeen("hang", n)).toBe(1);
  const waits = await sleepingJob(team, unsafe, { arguments: { n: nextNumber() } });
  const before = await eventTypes(team, body.id);
  await evictDurableObject(ledgerOf(team));
  expect(await readJob(team, body.id)).toMatchObject({ status: "running", attempts: 1 });
  expect(await readJob(team, waits)).toMatchObject({ status: "queued" });
  expect(await eventTypes(team, body.id)).toEqual(before);
  await team.ask(`/api/v1/jobs/${body.id}/cancel`, { method: "POST" });
  expect(await endedJob(team, body.id)).toMatchObject({ status: "cancelled" });
  const due = await runInDurableObject(ledgerOf(team), async (_ledger, state) => ({
    alarm: await state.storage.getAlarm(),
    kinds: state.storage.sql.exec<{ kind: string }>("SELECT kind FROM due").toArray(),
  }));
  expect(due.alarm).not.toBeNull();
  expect(due.kinds.map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(["jobs.look", "job.forget"]),
  );
});

it("arguments and result are gone when their time is over, and with them the retry", async () => {
  const id = await sleepingJob(team, unsafe, { arguments: { n: nextNumber() } });
  await team.ask(`/api/v1/jobs/${id}/cancel`, { method: "POST" });
  const bodies = () =>
    runInDurableObject(ledgerOf(team), (_ledger, { storage }) =>
      storage.sql.exec("SELECT part FROM job_bodies WHERE job_id = ?", id).toArray(),
    );
  expect(await bodies()).toHaveLength(1);
  await runInDurableObject(ledgerOf(team), (_ledger, { storage }) => {
    storage.sql.exec("UPDATE due SET at = 0 WHERE kind = 'job.forget' AND subject = ?", id);
  });
  await runDurableObjectAlarm(ledgerOf(team));
  expect(await bodies()).toEqual([]);
  expect(await team.ask(`/api/v1/jobs/${id}/retry`, { method: "POST" })).toMatchObject({
    status: 409,
    body: { error: { code: "conflict" } },
  });
  expect(await readJob(team, id)).toMatchObject({ status: "cancelled", result: null });
});
