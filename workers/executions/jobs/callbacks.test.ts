import {
  createExecutionContext,
  createMessageBatch,
  getQueueResult,
  runDurableObjectAlarm,
  runInDurableObject,
} from "cloudflare:test";
import { env } from "cloudflare:workers";
import { Webhook } from "standardwebhooks";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { JobEnded } from "../../../shared/contracts/jobs";
import { newId } from "../../../shared/ids";
import hub from "../../index";
import { controlOf } from "../../testing/at-vendor";
import { gateOf, sleepingJob } from "../../testing/jobs";
import { connectServer, createTeam, type TestTeam } from "../../testing/team";
import type { Entry } from "../../testing/vendor/vendor";
import { deliverCallback } from "./deliver-callback";

let team: TestTeam;
let probe: string;
beforeAll(async () => {
  team = await createTeam();
  await connectServer(team, { url: `${env.FAULTS_URL}/f/healthy/mcp`, name: "healthy" });
  const { body } = await team.ask("/api/v1/tools?query=probe");
  probe = body.items[0].id;
});
afterEach(() => vi.useRealTimers());

type Answer = { status?: number; answerHeaders?: Record<string, string> };

/** Somebody's server that takes callbacks, and answers as it is told. */
async function receiver(answer: Answer = {}) {
  const id = `callbacks-${crypto.randomUUID()}`;
  const control = controlOf(id);
  const api = ({ status = 204, answerHeaders = {} }: Answer) => ({
    api: {
      headers: {},
      query: {},
      routes: [{ method: "POST", at: "/hook", status, answer: "secret words", answerHeaders }],
    },
  });
  await control("POST", "", api(answer));
  return {
    url: `${env.VENDOR_URL}/${id}/hook`,
    answers: (next: Answer) => control("PATCH", "", api(next)),
    fails: (how: "lost" | "redirect-public", times: number) =>
      control("PATCH", "", { misbehave: { api: { how, times } } }),
    heard: () => control("GET", "/log") as Promise<Entry[]>,
  };
}

const make = (callback: object, input: object = {}) =>
  team.ask("/api/v1/jobs", {
    body: { toolId: probe, arguments: { text: "called back" }, callback, ...input },
  });
const read = async (id: string) => (await team.ask(`/api/v1/jobs/${id}`)).body;
const told = (id: string, callback: object) =>
  expect.poll(async () => (await read(id)).callback, { interval: 50 }).toMatchObject(callback);
const eventsOf = async (id: string) =>
  (await team.ask(`/api/v1/jobs/${id}/events?limit=200`)).body.items.filter(
    ({ type }: { type: string }) => type.startsWith("callback_"),
  );
const notices = async (kind: string) =>
  (await team.ask("/api/v1/notices")).body.items.filter((one: any) => one.kind === kind);

/** Hands a message over as the queue would. */
async function deliver(body: unknown, queue = "job-callbacks") {
  const batch = createMessageBatch(queue, [
    { id: crypto.randomUUID(), timestamp: new Date(), attempts: 1, body },
  ]);
  const ctx = createExecutionContext();
  await hub.queue(batch, env);
  return getQueueResult(batch, ctx);
}
const message = (jobId: string) => ({ teamId: team.id, jobId, what: "callback" });

/** A job whose callback failed once already. */
async function failedOnce(answer: Answer) {
  const at = await receiver(answer);
  const { body } = await make({ url: at.url });
  await told(body.id, { status: "pending", attempts: 1 });
  return { at, id: body.id as string };
}

describe("a job with a callback", () => {
  it("that is retried while its end is being told has its next end told too", async () => {
    const at = await receiver();
    const callback = { url: at.url };
    const ada = await team.join("member");
    const id = await sleepingJob(ada, { id: probe }, { callback, notify: true });
    const kinds = await runInDurableObject(env.TEAM_LEDGER.getByName(team.id), (ledger, state) => {
      ledger.cancelJob(id, "test");
      const finishedAt = ledger.dueCallback(id)?.job.finishedAt ?? 0;
      vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 10 });
      ledger.retryJob(id);
      ledger.cancelJob(id, "test");
      // Only now the telling of the first end is done.
      const done = { status: "delivered", lastStatus: 204, nextAt: null } as const;
      ledger.noteCallback(id, { ...done, finishedAt });
      ledger.noteNotified(id, finishedAt);
      return state.storage.sql
        .exec<{ kind: string }>("SELECT kind FROM due WHERE subject = ? ORDER BY kind", id)
        .toArray()
        .map(({ kind }) => kind);
    });
    vi.useRealTimers();
    expect(kinds).toEqual(["job.callback", "job.forget", "job.notify"]);
    await told(id, { status: "delivered", attempts: 1 });
    const [heard] = await at.heard();
    expect(heard?.headers["webhook-id"]).toBe(`${id}_${(await read(id)).finishedAt}`);
  });

  it("tells its end, whole and signed with the secret that was shown once", async () => {
    const at = await receiver();
    const made = await make({ url: `${at.url}?token=of-mine` });
    const { id, callbackSecret } = made.body;
    // Many services have their token in the path.
    const url = `${env.VENDOR_URL}/…/hook`;
    expect(made.body.callback).toMatchObject({ url, status: "pending", attempts: 0 });
    await told(id, { status: "delivered", attempts: 1, lastStatus: 204, nextAt: null });
    const [call, ...others] = await at.heard();
    expect(others).toEqual([]);
    expect(call).toMatchObject({ method: "POST", query: { token: "of-mine" } });
    const { headers = {}, body = "" } = call ?? {};
    expect(headers["content-type"]).toBe("application/json");
    const { data, type } = JobEnded.parse(new Webhook(callbackSecret).verify(body, headers));
    expect(type).toBe("job.ended");
    const job = await read(id);
    expect(data).toMatchObject({
      job: { id, status: "succeeded", callback: null },
      result: { content: [{ text: "probe: called back" }] },
      attempts: [{ executionId: job.executionId, status: "succeeded" }],
    });
    expect(await eventsOf(id)).toMatchObject([
      { type: "callback_delivered", data: { attempt: 1, status: 204 } },
    ]);
    const said = JSON.stringify([job, (await team.ask("/api/v1/jobs")).body]);
    expect(said).not.toContain(callbackSecret);
    expect(said).not.toContain("of-mine");
  });

  it("shows the secret it made to whoever repeats the request, having lost the answer", async () => {
    const at = await receiver();
    const ask = (callback: object) =>
      team.ask("/api/v1/jobs", {
        body: { toolId: probe, callback },
        headers: { "idempotency-key": `lost-${at.url}` },
      });
    const first = await ask({ url: at.url });
    expect(first.body.callbackSecret).toMatch(/^whsec_/);
    const again = await ask({ url: at.url });
    expect(again.body).toMatchObject({
      id: first.body.id,
      callbackSecret: first.body.callbackSecret,
    });
    await told(first.body.id, { status: "delivered" });
    const [heard] = await at.heard();
    new Webhook(again.body.callbackSecret).verify(heard?.body ?? "", heard?.headers ?? {});
  });

  it("signs with the secret it was given, and shows none", async () => {
    const at = await receiver();
    const secret = `whsec_${btoa("a secret of the receiver's own")}`;
    const { body } = await make({ url: at.url, secret });
    expect(body.callbackSecret).toBeUndefined();
    await told(body.id, { status: "delivered" });
    const [call] = await at.heard();
    expect(() => new Webhook(secret).verify(call?.body ?? "", call?.headers ?? {})).not.toThrow();
  });

  it("tells it again after a failure, later and with the same id", async () => {
    const { at, id } = await failedOnce({ status: 503, answerHeaders: { "retry-after": "40" } });
    const { finishedAt, callback } = await read(id);
    expect(callback).toMatchObject({ lastStatus: 503 });
    expect(callback.nextAt - finishedAt).toBeGreaterThanOrEqual(40_000);
    await at.answers({ status: 200 });
    // It is not its time yet.
    await deliver(message(id));
    expect(await at.heard()).toHaveLength(1);
    vi.useFakeTimers({ toFake: ["Date"], now: callback.nextAt });
    expect(await deliver(message(id))).toMatchObject({ explicitAcks: [expect.any(String)] });
    vi.useRealTimers();
    await told(id, { status: "delivered", attempts: 2, lastStatus: 200 });
    const [first, second] = await at.heard();
    expect(second?.headers["webhook-id"]).toBe(first?.headers["webhook-id"]);
    expect(second?.body).toBe(first?.body);
    expect(second?.headers["webhook-timestamp"]).not.toBe(first?.headers["webhook-timestamp"]);
    const events = await eventsOf(id);
    expect(events).toMatchObject([
      { type: "callback_failed", data: { attempt: 1, status: 503, nextAt: callback.nextAt } },
      { type: "callback_delivered", data: { attempt: 2, status: 200 } },
    ]);
    expect(JSON.stringify(events)).not.toContain("secret words");
  });

  it("is told twice at most by a message that comes twice, with the same id", async () => {
    const at = await receiver();
    const { body } = await make({ url: at.url });
    await told(body.id, { status: "delivered" });
    await Promise.all([deliver(message(body.id)), deliver(message(body.id))]);
    expect(await at.heard()).toHaveLength(1);
    const { at: slow, id } = await failedOnce({ status: 500 });
    await slow.answers({ status: 200 });
    vi.useFakeTimers({ toFake: ["Date"], now: (await read(id)).callback.nextAt });
    await Promise.all([deliver(message(id)), deliver(message(id))]);
    vi.useRealTimers();
    const heard = await slow.heard();
    expect(heard.length).toBeGreaterThanOrEqual(2);
    expect(new Set(heard.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
    expect((await read(id)).callback).toMatchObject({ status: "delivered", attempts: 2 });
  });

  it("tells nobody a result who was removed since", async () => {
    const at = await receiver({ status: 500 });
    const ada = await team.join("member");
    const { body } = await ada.ask("/api/v1/jobs", {
      body: { toolId: probe, arguments: { text: "mine" }, callback: { url: at.url } },
    });
    const { id } = body;
    await told(id, { status: "pending", attempts: 1 });
    await team.ask(`/api/v1/members/${ada.personId}`, { method: "DELETE" });
    vi.useFakeTimers({ toFake: ["Date"], now: (await read(id)).callback.nextAt });
    await deliver(message(id));
    vi.useRealTimers();
    const [before, after] = (await at.heard()).map((one) => JSON.parse(one.body));
    expect(before.data).toMatchObject({ job: { id }, result: { content: expect.anything() } });
    expect(after.data).toMatchObject({ job: { id, status: "succeeded" }, result: null });
  });

  it("is told after all where storage failed when it was due", async () => {
    const { at, id } = await failedOnce({ status: 500 });
    await at.answers({ status: 200 });
    vi.useFakeTimers({ toFake: ["Date"], now: (await read(id)).callback.nextAt });
    const prepare = () => {
      throw new Error("D1 is away.");
    };
    const DB = { prepare } as unknown as D1Database;
    // What is remembered of whoever asked is void.
    await gateOf(team).bump();
    await expect(deliverCallback({ ...env, DB }, { teamId: team.id, jobId: id })).rejects.toThrow();
    expect((await read(id)).callback).toMatchObject({ status: "pending", attempts: 1 });
    await deliver(message(id));
    vi.useRealTimers();
    expect((await read(id)).callback).toMatchObject({ status: "delivered", attempts: 2 });
  });

  it("counts an answer that is lost, or leads elsewhere, as a failure", async () => {
    for (const how of ["lost", "redirect-public"] as const) {
      const at = await receiver();
      await at.fails(how, 1);
      const { body } = await make({ url: at.url });
      await told(body.id, { status: "pending", attempts: 1, lastStatus: null });
    }
  });

  it("tells nothing more to who says that it is gone, and tells people so", async () => {
    const at = await receiver({ status: 410 });
    const { body } = await make({ url: at.url });
    await told(body.id, { status: "failed", attempts: 1, lastStatus: 410, nextAt: null });
    const mine = (await notices("job.callback_failed")).filter(
      ({ subjectId }: { subjectId: string }) => subjectId === body.id,
    );
    expect(mine).toMatchObject([{ path: `/jobs/${body.id}` }]);
    expect(JSON.stringify(mine)).not.toContain("secret words");
  });

  it("gives up after the last attempt, and tells people so once", async () => {
    const { at, id } = await failedOnce({ status: 500 });
    for (let attempt = 2; attempt <= 7; attempt++) {
      vi.useFakeTimers({ toFake: ["Date"], now: (await read(id)).callback.nextAt });
      await deliver(message(id));
      vi.useRealTimers();
    }
    expect((await read(id)).callback).toMatchObject({ status: "failed", attempts: 7 });
    await deliver(message(id));
    expect(await at.heard()).toHaveLength(7);
    const mine = await notices("job.callback_failed");
    expect(mine.filter((one: any) => one.subjectId === id)).toHaveLength(1);
  });

  it.each([
    ["is no URL", "nowhere", "invalid_input"],
    ["is of another scheme", "ftp://example.com/hook", "invalid_input"],
    ["runs something", "javascript:alert(1)", "invalid_input"],
    ["is plain http", "http://example.com/hook", "outbound_refused"],
    ["is a private address", "https://10.0.0.1/hook", "outbound_refused"],
    ["is the cloud's own", "https://169.254.169.254/latest/meta-data", "outbound_refused"],
    ["is a mapped address", "https://[::ffff:10.0.0.1]/", "outbound_refused"],
    ["is a number", "https://167772161/hook", "outbound_refused"],
    ["is a name of this network", "https://printer.local/", "outbound_refused"],
    ["holds a password", "https://ada:sesame@example.com/hook", "outbound_refused"],
    ["is at another port", "https://example.com:22/", "outbound_refused"],
    ["is too long", `https://example.com/${"x".repeat(2000)}`, "invalid_input"],
  ])("is refused where the URL %s, and nothing is made", async (_, url, code) => {
    const before = (await team.ask("/api/v1/jobs?limit=200")).body.items.length;
    const refused = await make({ url });
    expect(refused).toMatchObject({
      status: 400,
      body: { error: { code, details: { field: "body.callback.url" } } },
    });
    expect(refused.text).not.toContain("sesame");
    expect((await team.ask("/api/v1/jobs?limit=200")).body.items).toHaveLength(before);
  });
});

describe("a message of the queue", () => {
  it("that names another team's job tells nothing", async () => {
    const at = await receiver({ status: 500 });
    const { body } = await make({ url: at.url });
    await told(body.id, { attempts: 1 });
    const other = await createTeam();
    const ended = await deliver({ teamId: other.id, jobId: body.id, what: "callback" });
    expect(ended.explicitAcks).toHaveLength(1);
    expect(await at.heard()).toHaveLength(1);
  });

  it.each([null, "x", 7, [], {}, { teamId: "team_1", jobId: "../x", what: "callback" }])(
    "that is none of ours comes again, and in the end is a dead letter: %j",
    async (body) => {
      const { retryMessages, explicitAcks } = await deliver(body);
      expect([retryMessages.length, explicitAcks.length]).toEqual([1, 0]);
    },
  );

  it("that failed each time is told to those who run the team, once an hour", async () => {
    const owner = await createTeam();
    const admin = await owner.join("admin");
    const member = await owner.join("member");
    const complaints = vi.spyOn(console, "error").mockImplementation(() => undefined);
    for (let i = 0; i < 3; i++)
      await deliver({ teamId: owner.id, jobId: "job_1", what: "callback" }, "dead-letters");
    const logged = complaints.mock.calls.map(([line]) => JSON.parse(String(line)));
    complaints.mockRestore();
    expect(logged).toHaveLength(3);
    expect(logged[0]).toMatchObject({
      event: "queue.dead_letter",
      queue: "job-callbacks",
      teamId: owner.id,
      jobId: "job_1",
    });
    const heard = async (who: TestTeam) => (await who.ask("/api/v1/notices")).body.items;
    for (const who of [owner, admin])
      expect(await heard(who)).toMatchObject([{ kind: "queue.dead_letter", settled: false }]);
    expect(await heard(member)).toEqual([]);
    for (const body of [null, "x", { teamId: 7 }, { teamId: "team_nobody" }])
      expect((await deliver(body, "dead-letters")).explicitAcks).toHaveLength(1);
  });
});

describe("whoever asked for a job", () => {
  it("is told in their inbox, once, where they wanted it", async () => {
    const ada = await team.join("member");
    const { body } = await ada.ask("/api/v1/jobs", { body: { toolId: probe, notify: true } });
    const heard = async () => (await ada.ask("/api/v1/notices")).body.items;
    await expect
      .poll(heard)
      .toMatchObject([{ kind: "job.ended", subjectId: body.id, path: `/jobs/${body.id}` }]);
    await deliver({ ...message(body.id), what: "notice" });
    expect(await heard()).toHaveLength(1);
    expect(await notices("job.ended")).toEqual([]);
  });

  it("is told of one that took long, though they did not ask to be", async () => {
    const ada = await team.join("member");
    const ledger = env.TEAM_LEDGER.getByName(team.id);
    const id = newId("job");
    await ledger.createJob(team.id, {
      id,
      asked: {
        toolId: probe,
        name: "probe",
        connectionId: "con_1",
        connectionSlug: "healthy",
        actor: { kind: "apiKey", id: ada.keyId, personId: ada.personId },
        requestId: "req_1",
        context: {},
        createdAt: Date.now(),
        timeoutMs: 600_000,
        notify: false,
        resultSeconds: 60,
        secondFactorAt: null,
      },
      recorded: "null",
      sealedRequest: "",
      callback: null,
      jobsAtOnce: 10,
    });
    await ledger.claimJob(id, newId("exe"));
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 30_001 });
    const end = { attempt: 1, status: "lost", error: null, sealedResult: null } as const;
    await ledger.endAttempt(id, { ...end, next: { ended: "lost" } });
    await runDurableObjectAlarm(ledger);
    vi.useRealTimers();
    const heard = async () => (await ada.ask("/api/v1/notices")).body.items;
    await expect
      .poll(heard)
      .toMatchObject([
        { kind: "job.ended", subjectId: id, text: expect.stringContaining("not known") },
      ]);
  });

  it("hears nothing of a short one, where they did not", async () => {
    const ada = await team.join("member");
    const { body } = await ada.ask("/api/v1/jobs", { body: { toolId: probe } });
    const status = async () => (await ada.ask(`/api/v1/jobs/${body.id}`)).body.status;
    await expect.poll(status).toBe("succeeded");
    expect((await ada.ask("/api/v1/notices")).body.items).toEqual([]);
  });
});
