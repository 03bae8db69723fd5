import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, it, vi } from "vitest";
import { sayLedgerHolds } from "../../testing/full-ledger";
import {
  countingTool,
  deafQueue,
  endedJob,
  gateOf,
  ledgerOf,
  makeJob,
  nextNumber,
  sleepingJob,
  unlimited,
} from "../../testing/jobs";
import { createTeam } from "../../testing/team";

const limited = (perMinute: number) =>
  ({
    PLUGBOARD_USER_PER_MINUTE: String(perMinute),
    PLUGBOARD_CONNECTION_PER_MINUTE: "0",
  }) as unknown as Partial<Env>;

it("pays its limits when it is asked for: the 31st of a minute is refused, jobs and calls alike", async () => {
  const team = await createTeam();
  const count = await countingTool(team, "healthy");
  const make = () => makeJob(team, count, { arguments: { n: nextNumber() } }, { env: limited(30) });
  const answers = await Promise.all(Array.from({ length: 35 }, make));
  const made = answers.filter(({ status }) => status === 202);
  expect(made).toHaveLength(30);
  const refused = answers.find(({ status }) => status === 429);
  expect(refused?.body.error.code).toBe("rate_limited");
  expect(Number(refused?.headers.get("retry-after"))).toBeGreaterThan(0);
  await Promise.all(made.map(({ body }) => endedJob(team, body.id)));
  // That they ran cost nothing more, and an eviction forgets nothing.
  await evictDurableObject(gateOf(team));
  expect((await make()).status).toBe(429);
  const called = await team.ask(`/api/v1/tools/${count.id}/call`, {
    body: { arguments: { n: nextNumber() } },
    env: limited(30),
  });
  expect(called.status).toBe(429);
}, 30_000);

it("pays nothing for its further attempts", async () => {
  const team = await createTeam();
  const refusing = await countingTool(team, "connect_refused_on_call", { safe: true });
  const fault = (verb: "arm" | "reset") =>
    fetch(`${env.FAULTS_URL}/f/connect_refused_on_call/${verb}`, { method: "POST" });
  await fault("arm");
  const { body } = await makeJob(
    team,
    refusing,
    { arguments: { n: nextNumber() } },
    { env: limited(2) },
  );
  await expect
    .poll(async () => (await team.ask(`/api/v1/jobs/${body.id}`)).body.attempts)
    .toBeGreaterThanOrEqual(2);
  await fault("reset");
  const job = await endedJob(team, body.id);
  expect(job).toMatchObject({ status: "succeeded" });
  const once = () =>
    makeJob(team, refusing, { arguments: { n: nextNumber() } }, { env: limited(2) });
  // One was paid for, however often it was tried.
  expect((await once()).status).toBe(202);
  expect((await once()).status).toBe(429);
}, 20_000);

it("is refused while ten thousand others wait, and is made for nothing once there is room", async () => {
  const team = await createTeam();
  const count = await countingTool(team, "healthy");
  const first = await sleepingJob(team, count, { arguments: { n: nextNumber() } });
  const change = (statement: string) =>
    runInDurableObject(ledgerOf(team), (_ledger, { storage }) => {
      storage.sql.exec(statement, first);
    });
  await change(`WITH RECURSIVE more (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM more WHERE n < 9999)
    INSERT INTO jobs SELECT 'job_wait' || n, status, due_at, tool_id, connection_id, asked, state, recorded
    FROM more JOIN jobs ON id = ?`);
  const body = { arguments: { n: nextNumber() } };
  const headers = { "idempotency-key": `room-${nextNumber()}` };
  const make = () => makeJob(team, count, body, { headers, env: { ...limited(2), ...deafQueue } });
  const refused = await make();
  expect(refused).toMatchObject({ status: 503, body: { error: { code: "overloaded" } } });
  expect(refused.headers.get("retry-after")).toBe("60");
  await change("DELETE FROM jobs WHERE id <> ?");
  const made = await make();
  expect(made).toMatchObject({ status: 202, body: { status: "queued" } });
  expect((await make()).body.id).toBe(made.body.id);
});

it("that gives its tool too little time cannot have its server left alone for everybody", async () => {
  const team = await createTeam();
  const hang = await countingTool(team, "hang");
  for (let times = 0; times < 6; times++) {
    const input = { arguments: { n: nextNumber() }, timeoutMs: 100 };
    const { body } = await makeJob(team, hang, input, { env: unlimited });
    expect(await endedJob(team, body.id)).toMatchObject({ status: "timed_out" });
  }
  expect(await gateOf(team).breakers()).toEqual([]);
}, 20_000);

it("is refused while what is kept fills the ledger; those that were taken go on, and keep their results", async () => {
  const team = await createTeam();
  const count = await countingTool(team, "healthy");
  const taken = await sleepingJob(team, count, { arguments: { n: nextNumber() } });
  const body = { arguments: { n: nextNumber() } };
  const headers = { "idempotency-key": `full-${nextNumber()}` };
  const make = () => makeJob(team, count, body, { headers, env: limited(2) });
  await sayLedgerHolds(ledgerOf(team), 8_000_000_000);
  const refused = await make();
  expect(refused).toMatchObject({ status: 503, body: { error: { code: "overloaded" } } });
  expect(refused.body.error.message).toContain("resultSeconds");
  expect(refused.headers.get("retry-after")).toBe("600");
  await env.JOBS.send({ teamId: team.id, jobId: taken });
  expect(await endedJob(team, taken)).toMatchObject({
    status: "succeeded",
    result: expect.anything(),
  });
  await sayLedgerHolds(ledgerOf(team), undefined);
  expect((await make()).status).toBe(202);
});

it("ends without a result where not even that fits", async () => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  const team = await createTeam();
  const count = await countingTool(team, "healthy");
  const id = await sleepingJob(team, count, { arguments: { n: nextNumber() } });
  await sayLedgerHolds(ledgerOf(team), 9_000_000_000);
  await env.JOBS.send({ teamId: team.id, jobId: id });
  expect(await endedJob(team, id)).toMatchObject({ status: "succeeded", result: null });
  vi.restoreAllMocks();
});
