import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import hub from "../index";
import { countingTool, nextNumber, timesSeen } from "../testing/jobs";
import { connectServer, createTeam, toolNamed, type TestTeam } from "../testing/team";

let team: TestTeam;
let add: { id: string };
let sleep: { id: string };
beforeAll(async () => {
  team = await createTeam();
  await connectServer(team);
  add = await toolNamed(team, "add");
  sleep = await toolNamed(team, "sleep");
});

const call = (tool: { id: string }, args: object, headers: Record<string, string> = {}) =>
  team.ask(`/api/v1/tools/${tool.id}/call`, { body: { arguments: args }, headers });
const job = async (id: string) => (await team.ask(`/api/v1/jobs/${id}`)).body;
const ended = (id: string) => expect.poll(async () => (await job(id)).status).toBe("succeeded");

describe("a call that prefers to be answered later", () => {
  it("is answered with a job at once", async () => {
    const answer = await call(add, { a: 1, b: 2 }, { prefer: "respond-async" });
    expect(answer).toMatchObject({ status: 202, body: { status: "queued", toolId: add.id } });
    const { id } = answer.body;
    expect(answer.headers.get("location")).toBe(`/api/v1/jobs/${id}`);
    expect(answer.headers.get("preference-applied")).toBe("respond-async");
    expect(answer.headers.get("ratelimit")).toContain("r=");
    await ended(id);
    expect((await job(id)).result).toMatchObject({ structuredContent: { sum: 3 } });
  });

  it("is refused as any call is", async () => {
    const prefer = { prefer: "respond-async" };
    expect(await call(add, { a: "one" }, prefer)).toMatchObject({
      status: 400,
      body: { error: { code: "invalid_arguments" } },
    });
    expect((await call({ id: "tool_none" }, {}, prefer)).status).toBe(404);
  });

  it("pays its limits", async () => {
    const ada = await team.join("member");
    const once = { PLUGBOARD_USER_PER_MINUTE: "1" } as unknown as Partial<Env>;
    const ask = () =>
      ada.ask(`/api/v1/tools/${add.id}/call`, {
        body: { arguments: { a: 1, b: 2 } },
        headers: { prefer: "wait=5" },
        env: once,
      });
    expect((await ask()).status).toBe(200);
    const limited = await ask();
    expect(limited).toMatchObject({ status: 429, body: { error: { code: "rate_limited" } } });
    expect(limited.headers.get("retry-after")).not.toBeNull();
  });

  it("that its header says malformed is a call like any other", async () => {
    const { status, body, headers } = await call(add, { a: 1, b: 1 }, { prefer: "wait=soon" });
    expect([status, body.result.structuredContent.sum]).toEqual([200, 2]);
    expect(headers.get("preference-applied")).toBeNull();
  });
});

describe("a call that waits for its job", () => {
  it("is answered as a call is, once the job has ended", async () => {
    const answer = await call(add, { a: 2, b: 2 }, { prefer: "wait=10" });
    expect(answer).toMatchObject({
      status: 200,
      body: {
        execution: { id: expect.stringMatching(/^exe_/), status: "succeeded" },
        result: { structuredContent: { sum: 4 } },
      },
    });
    expect(answer.headers.get("preference-applied")).toBe("wait=10");
    expect(answer.headers.get("ratelimit")).toContain("r=");
    const { id } = answer.body.execution;
    await expect
      .poll(async () => (await team.ask(`/api/v1/executions/${id}`)).body)
      .toMatchObject({ status: "succeeded", surface: "job" });
  });

  it("is answered with what went wrong, of the tool or of the call", async () => {
    const failing = await toolNamed(team, "test_error_handling");
    expect(await call(failing, {}, { prefer: "wait=10" })).toMatchObject({
      status: 200,
      body: { execution: { status: "failed" }, result: { isError: true } },
    });
    await connectServer(team, { url: `${env.FAULTS_URL}/f/status_400/mcp`, name: "refusing" });
    const probe = await toolNamed(team, "probe");
    expect(await call(probe, {}, { prefer: "wait=10" })).toMatchObject({
      status: 502,
      body: {
        error: {
          code: "upstream_error",
          details: {
            executionId: expect.stringMatching(/^exe_/),
            jobId: expect.stringMatching(/^job_/),
            connection: "refusing",
          },
        },
      },
    });
  });

  it("hears what its server said of an error, as a call does, and again under its key", async () => {
    await connectServer(team, { url: `${env.FAULTS_URL}/f/error_in_200/mcp`, name: "wrong" });
    const { items } = (await team.ask("/api/v1/tools?query=probe")).body;
    const probe = items.find((one: any) => one.connectionSlug === "wrong");
    const straight = await call(probe, {});
    const { upstream } = straight.body.error.details;
    expect(upstream).toMatchObject({ code: expect.any(Number), message: expect.any(String) });
    const headers = { prefer: "wait=10", "idempotency-key": `error-${nextNumber()}` };
    for (const time of ["first", "again"])
      expect(await call(probe, {}, headers), time).toMatchObject({
        status: 502,
        body: { error: { code: "upstream_error", details: { upstream } } },
      });
    const { items: jobs } = (await team.ask(`/api/v1/jobs?tool=${probe.id}`)).body;
    expect(jobs).toHaveLength(1);
    expect(await job(jobs[0].id)).toMatchObject({ status: "failed", result: null });
  });

  it("is answered with the job where that takes longer, which goes on", async () => {
    const answer = await call(sleep, { ms: 1600 }, { prefer: "respond-async, wait=1" });
    expect(answer).toMatchObject({ status: 202, body: { status: "running" } });
    await ended(answer.body.id);
  });

  it("may hang up: the job goes on", async () => {
    const aborter = new AbortController();
    const ctx = createExecutionContext();
    const request = new Request(`http://127.0.0.1/api/v1/tools/${sleep.id}/call`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${team.apiKey}`,
        "content-type": "application/json",
        prefer: "wait=30",
        "idempotency-key": "hangs-up",
      },
      body: JSON.stringify({ arguments: { ms: 800 } }),
      signal: aborter.signal,
    });
    const answered = Promise.resolve(hub.fetch(request, env, ctx)).catch(() => undefined);
    const running = async () => (await team.ask("/api/v1/jobs?status=running")).body.items[0]?.id;
    await expect.poll(running).toBeTruthy();
    const id = await running();
    aborter.abort();
    await ended(id);
    await answered;
    await waitOnExecutionContext(ctx);
    // Whoever asks again with the same key gets the answer of that job.
    const again = await call(
      sleep,
      { ms: 800 },
      { prefer: "wait=30", "idempotency-key": "hangs-up" },
    );
    expect(again.body.execution.id).toBe((await job(id)).executionId);
  });
});

describe("a tool that may take longer than a minute", () => {
  it("runs as a job that is waited for, with the tool's own limit", async () => {
    const set = (timeoutMs: number | null) =>
      team.ask(`/api/v1/tools/${sleep.id}`, { method: "PATCH", body: { timeoutMs } });
    expect((await set(90_000)).status).toBe(200);
    const answer = await call(sleep, { ms: 20 });
    expect(answer).toMatchObject({ status: 200, body: { execution: { status: "succeeded" } } });
    const { items } = (await team.ask(`/api/v1/jobs?tool=${sleep.id}&limit=1`)).body;
    expect(items).toMatchObject([
      { executionId: answer.body.execution.id, timeoutMs: 90_000, status: "succeeded" },
    ]);
    // Whoever takes a stream hears that it goes on: there the call is one like any other.
    const { text } = await team.ask(`/api/v1/tools/${sleep.id}/call`, {
      body: { arguments: { ms: 20 } },
      headers: { accept: "text/event-stream" },
    });
    expect(text).toContain("event: result");
    await set(null);
    expect((await call(sleep, { ms: 20 })).status).toBe(200);
    const after = (await team.ask(`/api/v1/jobs?tool=${sleep.id}`)).body.items;
    expect(after[0].id).toBe(items[0].id);
  });
});

describe("a call that did not end well", () => {
  it("is taken up again as a job, with the same arguments", async () => {
    const failing = await toolNamed(team, "test_error_handling");
    const { body } = await call(failing, {});
    const { id } = body.execution;
    const read = async () => (await team.ask(`/api/v1/executions/${id}`)).body?.status;
    await expect.poll(read).toBe("failed");
    const resumed = await team.ask(`/api/v1/executions/${id}/resume`, { method: "POST" });
    expect(resumed).toMatchObject({
      status: 202,
      body: { toolId: failing.id, context: { resumes: id } },
    });
    expect(resumed.headers.get("location")).toBe(`/api/v1/jobs/${resumed.body.id}`);
    expect(resumed.headers.get("ratelimit")).toContain("r=");
    expect(resumed.headers.get("ratelimit-policy")).toContain("q=");
    await expect.poll(async () => (await job(resumed.body.id)).status).toBe("failed");
    const { executionId } = await job(resumed.body.id);
    await expect
      .poll(async () => (await team.ask(`/api/v1/executions/${executionId}`)).body?.context)
      .toMatchObject({ resumes: id, jobId: resumed.body.id, attempt: 1 });
  });

  it("is taken up once under one Idempotency-Key, which is good for no other one", async () => {
    const failing = await toolNamed(team, "test_error_handling");
    const failed = async () => {
      const { id } = (await call(failing, {})).body.execution;
      const read = async () => (await team.ask(`/api/v1/executions/${id}`)).body?.status;
      await expect.poll(read).toBe("failed");
      return id;
    };
    const [first, other] = [await failed(), await failed()];
    const headers = { "idempotency-key": `resume-${nextNumber()}` };
    const resume = (id: string) =>
      team.ask(`/api/v1/executions/${id}/resume`, { method: "POST", headers });
    const answers = await Promise.all([resume(first), resume(first), resume(first)]);
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202]);
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect(await resume(other)).toMatchObject({
      status: 422,
      body: { error: { code: "idempotency_mismatch", details: { jobId: answers[0]?.body.id } } },
    });
  });

  it("is no other team's to take up, nor one that went well", async () => {
    const { body } = await call(add, { a: 1, b: 1 });
    const path = `/api/v1/executions/${body.execution.id}/resume`;
    const read = async () =>
      (await team.ask(`/api/v1/executions/${body.execution.id}`)).body?.status;
    await expect.poll(read).toBe("succeeded");
    expect(await team.ask(path, { method: "POST" })).toMatchObject({
      status: 409,
      body: { error: { code: "conflict" } },
    });
    const other = await createTeam();
    expect((await other.ask(path, { method: "POST" })).status).toBe(404);
    expect((await (await team.join("viewer")).ask(path, { method: "POST" })).status).toBe(403);
  });

  it("is taken up with arguments that were kept as they were only", async () => {
    const failing = await toolNamed(team, "test_error_handling");
    const failed = await call(failing, { note: "ada@example.com" });
    const { id } = failed.body.execution;
    const read = async () => (await team.ask(`/api/v1/executions/${id}`)).body?.status;
    await expect.poll(read).toBe("failed");
    expect(await team.ask(`/api/v1/executions/${id}/resume`, { method: "POST" })).toMatchObject({
      status: 400,
      body: { error: { code: "invalid_input", details: { field: "arguments" } } },
    });
  });
});

describe("an Idempotency-Key", () => {
  const counted = async (n: number) => timesSeen("healthy", n);

  it.each([
    [{}, { prefer: "wait=20" }],
    [{ prefer: "wait=20" }, {}],
    [{ prefer: "respond-async" }, {}],
  ])("never lets a call run twice, first with %j and then with %j", async (first, second) => {
    const count = await countingTool(team, "healthy");
    const n = nextNumber();
    const key = { "idempotency-key": `both-${n}` };
    const one = await call(count, { n }, { ...key, ...first });
    expect([200, 202]).toContain(one.status);
    expect(await call(count, { n }, { ...key, ...second })).toMatchObject({
      status: 422,
      body: { error: { code: "idempotency_mismatch" } },
    });
    // The same way it is the same call.
    expect((await call(count, { n }, { ...key, ...first })).status).toBe(one.status);
    await expect.poll(() => counted(n)).toBe(1);
  });
});
