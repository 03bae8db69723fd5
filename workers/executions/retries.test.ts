import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { newId } from "../../shared/ids";
import { request } from "../mcp/test-client";
import { connectServer, createTeam, type TestTeam } from "../testing/team";

const unlimited = {
  PLUGBOARD_USER_PER_MINUTE: "0",
  PLUGBOARD_CONNECTION_PER_MINUTE: "0",
} as unknown as Partial<Env>;

let team: TestTeam;
beforeAll(async () => {
  team = await createTeam();
});

/** A server with this fault that nobody else asks. */
async function serverWith(fault: string, options: Record<string, string> = {}) {
  const id = newId("req");
  const query = new URLSearchParams({ id, ...options });
  const url = `${env.FAULTS_URL}/f/${fault}/mcp?${query.toString()}`;
  const { body } = await connectServer(team, { url, name: `${fault} ${id}` });
  const { body: tools } = await team.ask(`/api/v1/tools?connection=${body.id}`);
  const tool = (name: string) => tools.items.find((one: { name: string }) => one.name === name);
  const seen = async (): Promise<{ calls: number; hangups: number }> =>
    (await fetch(`${env.FAULTS_URL}/f/${fault}/seen?id=${id}`)).json();
  const set = (tool: { id: string }, body: object) =>
    team.ask(`/api/v1/tools/${tool.id}`, { method: "PATCH", body });
  return { look: tool("look"), probe: tool("probe"), seen, set };
}

const call = (tool: { id: string }, headers: Record<string, string> = {}) =>
  team.ask(`/api/v1/tools/${tool.id}/call`, {
    body: { arguments: { text: "hi" } },
    headers,
    env: unlimited,
  });

async function eventsOf(executionId: string) {
  const read = () => team.ask(`/api/v1/executions/${executionId}/events`);
  await expect
    .poll(async () => (await read()).body.items?.at(-1)?.type, { interval: 20 })
    .toBe("finished");
  return (await read()).body.items as { type: string; data: Record<string, unknown> }[];
}

describe("a tool that may be called twice", () => {
  it("is called again until it answers, and the record says how often", async () => {
    const { look, seen } = await serverWith("status_503", { first: "2" });
    const { status, body } = await call(look);
    expect([status, body.execution.status]).toEqual([200, "succeeded"]);
    expect((await seen()).calls).toBe(3);
    const retried = (await eventsOf(body.execution.id)).filter(({ type }) => type === "retried");
    expect(retried.map(({ data }) => data)).toMatchObject([
      { attempt: 1, code: "upstream_error" },
      { attempt: 2, code: "upstream_error" },
    ]);
  });

  it("is called three times at most", async () => {
    const { look, seen } = await serverWith("reset_before_headers");
    expect((await call(look)).body.error.code).toBe("upstream_unreachable");
    expect((await seen()).calls).toBe(3);
  });

  it("is called again where its server spoke of progress and then broke off", async () => {
    const { look, seen } = await serverWith("sse_without_answer", { first: "1", era: "2026" });
    const { text } = await call(look, { accept: "text/event-stream" });
    expect(text).toContain("event: progress");
    expect(text).toContain("event: result");
    expect((await seen()).calls).toBe(2);
  });

  it("is called again when its server said, and not before", async () => {
    const { look, seen } = await serverWith("status_429", { first: "1", "h-retry-after": "1" });
    const begun = Date.now();
    expect((await call(look)).status).toBe(200);
    expect(Date.now() - begun).toBeGreaterThanOrEqual(1000);
    expect((await seen()).calls).toBe(2);
  });

  it("is not called again past its time limit", async () => {
    const { look, seen, set } = await serverWith("status_503", { "h-retry-after": "1" });
    await set(look, { timeoutMs: 900 });
    const { body } = await call(look);
    expect(body.error).toMatchObject({ code: "upstream_error", details: { retryAfterSeconds: 1 } });
    expect((await seen()).calls).toBe(1);
  });

  it("has one time limit for all its attempts", async () => {
    const { look, seen, set } = await serverWith("status_503", { delay: "350" });
    await set(look, { timeoutMs: 500 });
    const begun = Date.now();
    const { body } = await call(look);
    expect(body.error.code).toMatch(/^upstream_(error|timeout)$/);
    expect(Date.now() - begun).toBeLessThan(1500);
    expect((await seen()).calls).toBeLessThanOrEqual(2);
  });

  it("is called once by whoever hangs up meanwhile", async () => {
    const { look, seen } = await serverWith("status_503", { "h-retry-after": "2" });
    const hungUp = new AbortController();
    const { default: hub } = await import("../index");
    const { createExecutionContext, waitOnExecutionContext } = await import("cloudflare:test");
    const ctx = createExecutionContext();
    const url = `http://127.0.0.1/api/v1/tools/${look.id}/call`;
    const headers = {
      authorization: `Bearer ${team.apiKey}`,
      "content-type": "application/json",
    };
    const { signal } = hungUp;
    const asked = new Request(url, { method: "POST", headers, body: `{"arguments":{}}`, signal });
    const answered = Promise.resolve(hub.fetch(asked, { ...env, ...unlimited }, ctx)).catch(
      () => undefined,
    );
    await expect.poll(async () => (await seen()).calls).toBe(1);
    hungUp.abort();
    await answered;
    await waitOnExecutionContext(ctx);
    expect((await seen()).calls).toBe(1);
  });

  it("is one where an admin says so, and none where an admin says so", async () => {
    const { look, probe, seen, set } = await serverWith("status_500");
    await set(look, { runsAgain: false });
    await call(look);
    expect((await seen()).calls).toBe(1);
    await set(probe, { runsAgain: true });
    await call(probe);
    expect((await seen()).calls).toBe(4);
  });
});

it("a tool that could do something twice is called once", async () => {
  const { probe, seen } = await serverWith("status_503");
  expect((await call(probe)).body.error.code).toBe("upstream_error");
  expect((await seen()).calls).toBe(1);
});

it.each(["modern", "legacy"] as const)("retries for a %s client at /mcp too", async (era) => {
  const { look, seen } = await serverWith("status_502", { first: "1" });
  const params = { name: look.exposedName, arguments: {} };
  const { body, headers } = request(1, { era, method: "tools/call", params });
  const answer = await team.ask("/mcp", { body, headers, env: unlimited });
  expect(answer.text).toContain("look: ");
  expect((await seen()).calls).toBe(2);
});
