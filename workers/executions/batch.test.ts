import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { BatchResult } from "../../shared/contracts/calls";
import { newId } from "../../shared/ids";
import hub from "../index";
import { countingTool, nextNumber, timesSeen } from "../testing/jobs";
import { connectServer, createTeam, toolNamed, type TestTeam } from "../testing/team";

const limit = (perMinute: string) =>
  ({
    PLUGBOARD_USER_PER_MINUTE: perMinute,
    PLUGBOARD_CONNECTION_PER_MINUTE: "0",
  }) as unknown as Partial<Env>;
const path = "/api/v1/tools/call-batch";

let team: TestTeam;
let add: string;
let fails: string;
let hang: string;
beforeAll(async () => {
  team = await createTeam();
  await connectServer(team);
  await connectServer(team, { url: `${env.FAULTS_URL}/f/hang/mcp`, name: "hang" });
  add = (await toolNamed(team, "add")).id;
  fails = (await toolNamed(team, "test_error_handling")).id;
  hang = (await toolNamed(team, "probe")).id;
});
const adding = (b: unknown) => ({ toolId: add, arguments: { a: 1, b } });
const seen = async (): Promise<{ calls: number; hangups: number }> =>
  (await fetch(`${env.FAULTS_URL}/f/hang/seen`)).json();

describe("a batch", () => {
  it("answers in order with what each call came to, one failing no other", async () => {
    const calls = [adding(1), { toolId: fails }, adding("two"), { toolId: "tool_none" }, adding(4)];
    const { status, body } = await team.ask(path, { body: { calls, atOnce: 3 }, env: limit("0") });
    expect(status).toBe(200);
    const { batchId, results, ...counts } = BatchResult.parse(body);
    expect(counts).toEqual({ succeeded: 2, failed: 3 });
    expect(results).toMatchObject([
      { execution: { status: "succeeded" }, result: { structuredContent: { sum: 2 } } },
      { execution: { status: "failed" }, result: { isError: true } },
      { error: { code: "invalid_arguments" } },
      { error: { code: "not_found" } },
      { result: { structuredContent: { sum: 5 } } },
    ]);
    const ids = body.results.flatMap((one: any) => one.execution?.id ?? []);
    const recorded = async () =>
      (await team.ask("/api/v1/executions?limit=10")).body.items.filter(
        (one: any) => one.context.batchId === batchId && one.status !== "running",
      );
    await expect.poll(recorded).toHaveLength(3);
    expect((await recorded()).map(({ id }: any) => id).sort()).toEqual(ids.sort());
  });

  it("spends limits for each call, and refuses those beyond them alone", async () => {
    const ada = await team.join("member");
    const { body } = await ada.ask(path, {
      body: { calls: Array.from({ length: 12 }, (_, b) => adding(b)), atOnce: 10 },
      env: limit("5"),
    });
    expect([body.succeeded, body.failed]).toEqual([5, 7]);
    const refused = body.results.filter((one: any) => one.error);
    expect(new Set(refused.map((one: any) => one.error.code))).toEqual(new Set(["rate_limited"]));
  });

  it("takes the time of each call for itself", async () => {
    const sleep = (await toolNamed(team, "sleep")).id;
    const calls = [1, 2, 3].map(() => ({ toolId: sleep, arguments: { ms: 300 } }));
    const begun = Date.now();
    const { body } = await team.ask(path, { body: { calls, atOnce: 1 }, env: limit("0") });
    const times: number[] = body.results.map((one: any) => one.execution.durationMs);
    // One after the other: were one's time counted to the next, they would come to more than there was.
    expect(times.reduce((sum, ms) => sum + ms)).toBeLessThanOrEqual(Date.now() - begun);
    expect(Math.min(...times)).toBeGreaterThanOrEqual(300);
  });

  it("begins no more calls than it has room to answer", async () => {
    const big = (await toolNamed(team, "big_result")).id;
    const calls = [1500, 1500, 1500, 1500, 1500, 1500, 1, 1].map((kilobytes) => ({
      toolId: big,
      arguments: { kilobytes },
    }));
    const { body, text } = await team.ask(path, { body: { calls, atOnce: 1 }, env: limit("0") });
    expect([body.succeeded, body.failed]).toEqual([6, 2]);
    expect(text.length).toBeGreaterThan(6 * 1500 * 1024);
    for (const { error } of body.results.slice(6))
      expect(error).toMatchObject({
        code: "upstream_too_large",
        message: expect.stringContaining("not begun"),
      });
    const begun = async () =>
      (await team.ask("/api/v1/executions?limit=50")).body.items.filter(
        ({ context }: any) => context.batchId === body.batchId,
      );
    await expect.poll(begun).toHaveLength(6);
  });

  it("gives each call under way its share of the room, and says what became of one that needs more", async () => {
    const big = (await toolNamed(team, "big_result")).id;
    const calls = [{ toolId: big, arguments: { kilobytes: 1000 } }, adding(1)];
    const { body } = await team.ask(path, { body: { calls, atOnce: 10 }, env: limit("0") });
    expect(body.results).toMatchObject([
      {
        error: {
          code: "upstream_too_large",
          message: expect.stringContaining("fewer at once"),
          details: { executionId: expect.stringMatching(/^exe_/), connection: "fixture" },
        },
      },
      { execution: { status: "succeeded" } },
    ]);
    const id = body.results[0].error.details.executionId;
    const status = async () => (await team.ask(`/api/v1/executions/${id}`)).body.status;
    await expect.poll(status).toBe("failed");
    const alone = await team.ask(path, { body: { calls, atOnce: 1 }, env: limit("0") });
    expect(alone.body.succeeded).toBe(2);
  });

  it("runs each call once under one Idempotency-Key, known by its place", async () => {
    const count = (await countingTool(team, "healthy")).id;
    const [one, two, three] = [nextNumber(), nextNumber(), nextNumber()];
    const counting = (n: number) => ({ toolId: count, arguments: { n } });
    const headers = { "idempotency-key": newId("req") };
    const ask = (numbers: number[]) =>
      team.ask(path, { body: { calls: numbers.map(counting) }, headers, env: limit("0") });
    const times = () => Promise.all([one, two, three].map((n) => timesSeen("healthy", n)));
    const first = await ask([one, two, two]);
    expect([first.status, first.body.succeeded]).toEqual([200, 3]);
    expect(await times()).toEqual([1, 2, 0]);
    const again = await ask([one, two, two]);
    expect(again.body).toEqual({ ...first.body, batchId: expect.any(String) });
    expect(await times()).toEqual([1, 2, 0]);
    const { results } = (await ask([one, three, two, three])).body;
    expect(results).toMatchObject([
      first.body.results[0],
      { error: { code: "idempotency_mismatch" } },
      first.body.results[2],
      { execution: { status: "succeeded" } },
    ]);
    expect(await times()).toEqual([1, 2, 1]);
  });

  it("reaches no tool of another team", async () => {
    const other = await createTeam();
    const { body } = await other.ask(path, { body: { calls: [adding(1)] } });
    expect(body).toMatchObject({
      results: [{ error: { code: "not_found" } }],
      succeeded: 0,
      failed: 1,
    });
  });

  it.each([
    ["no call", { calls: [] }],
    ["51 calls", { calls: Array.from({ length: 51 }, () => adding(1)) }],
    ["11 at once", { calls: [adding(1)], atOnce: 11 }],
    ["none at once", { calls: [adding(1)], atOnce: 0 }],
    ["a field nobody knows", { calls: [adding(1)], teamId: "team_1" }],
    ["a call of no tool", { calls: [{ arguments: {} }] }],
    ["arguments that are a list", { calls: [{ toolId: add, arguments: [1] }] }],
  ])("of %s is refused whole", async (_, body) => {
    expect(await team.ask(path, { body })).toMatchObject({
      status: 400,
      body: { error: { code: "invalid_input" } },
    });
  });

  it("ends with its caller: what is under way is cancelled, and the rest is not begun", async () => {
    const before = await seen();
    const aborter = new AbortController();
    const ctx = createExecutionContext();
    const request = new Request(`http://127.0.0.1${path}`, {
      method: "POST",
      headers: { authorization: `Bearer ${team.apiKey}`, "content-type": "application/json" },
      body: JSON.stringify({
        calls: Array.from({ length: 6 }, () => ({ toolId: hang })),
        atOnce: 2,
      }),
      signal: aborter.signal,
    });
    const answered = Promise.resolve(hub.fetch(request, { ...env, ...limit("0") }, ctx)).catch(
      () => undefined,
    );
    await expect.poll(async () => (await seen()).calls).toBe(before.calls + 2);
    aborter.abort();
    await answered;
    await waitOnExecutionContext(ctx);
    await expect.poll(async () => (await seen()).hangups).toBe(before.hangups + 2);
    expect((await seen()).calls).toBe(before.calls + 2);
  });
});
