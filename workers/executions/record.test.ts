import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { ExecutionSummary } from "../../shared/contracts/charts";
import {
  Execution,
  ExecutionDetail,
  ExecutionPage,
  type ExecutionEvent,
} from "../../shared/contracts/executions";
import hub from "../index";
import { connectServer, createTeam, toolNamed, type TestTeam } from "../testing/team";

let team: TestTeam;
let connection: { id: string; slug: string };

async function connect(fault: string): Promise<{ id: string }> {
  const { body } = await connectServer(team, {
    url: `${env.FAULTS_URL}/f/${fault}/mcp`,
    name: fault,
  });
  const { body: tools } = await team.ask(`/api/v1/tools?connection=${body.id}`);
  return tools.items.find((item: { name: string }) => item.name === "probe");
}

const run = async (name: string, args: object = {}) => {
  const tool = await toolNamed(team, name);
  return team.ask(`/api/v1/tools/${tool.id}/call`, { body: { arguments: args } });
};

async function recorded(id: string): Promise<ExecutionDetail> {
  const read = async () => (await team.ask(`/api/v1/executions/${id}`)).body;
  await expect
    .poll(async () => (await read()).status ?? "running", { interval: 20 })
    .not.toBe("running");
  return ExecutionDetail.parse(await read());
}

async function eventsOf(id: string): Promise<ExecutionEvent[]> {
  await recorded(id);
  return (await team.ask(`/api/v1/executions/${id}/events?limit=200`)).body.items;
}

beforeAll(async () => {
  team = await createTeam();
  ({ body: connection } = await connectServer(team));
});

describe("the record of a call", () => {
  it("says what ran, for whom, when, and what came of it", async () => {
    const before = Date.now();
    const called = await run("add", { a: 1, b: 2 });
    const tool = await toolNamed(team, "add");
    const execution = await recorded(called.body.execution.id);
    expect(execution).toMatchObject({
      id: called.body.execution.id,
      status: "succeeded",
      method: "tools/call",
      surface: "rest",
      toolId: tool.id,
      name: "add",
      connectionId: connection.id,
      connectionSlug: connection.slug,
      actor: { kind: "apiKey", id: team.keyId, personId: team.personId },
      requestId: called.headers.get("x-request-id"),
      durationMs: called.body.execution.durationMs,
      error: null,
      arguments: { json: { a: 1, b: 2 }, truncated: false },
      result: { json: called.body.result, truncated: false },
    });
    expect(execution.startedAt).toBeGreaterThanOrEqual(before);
    expect(execution.finishedAt).toBeGreaterThanOrEqual(execution.startedAt);
    expect(execution.upstreamMs).toBeLessThanOrEqual(execution.durationMs ?? 0);
  });

  it("keeps a large body's length and beginning", async () => {
    const message = "é".repeat(40_000);
    const { body } = await run("echo", { message });
    expect(body.result.content[0].text).toHaveLength(40_006);
    const execution = await recorded(body.execution.id);
    for (const kept of [execution.arguments, execution.result]) {
      expect(kept).toMatchObject({ truncated: true });
      expect(kept?.characters).toBeGreaterThan(40_000);
      expect(kept?.preview?.length).toBe(2048);
      expect(kept?.json).toBeUndefined();
    }
    expect(execution.arguments?.preview).toMatch(/^{"message":"éé/);
  });

  it("is failed, with the tool's own words as result, when the tool says so", async () => {
    const { body } = await run("test_error_handling");
    expect(body.execution.status).toBe("failed");
    expect(await recorded(body.execution.id)).toMatchObject({
      status: "failed",
      error: { code: "tool_error" },
      result: { json: { isError: true } },
    });
  });

  it("is timed out after the tool's own time limit", async () => {
    const tool = await toolNamed(team, "sleep");
    await team.ask(`/api/v1/tools/${tool.id}`, { method: "PATCH", body: { timeoutMs: 300 } });
    const began = Date.now();
    const { status, body } = await run("sleep", { ms: 5000 });
    expect(Date.now() - began).toBeLessThan(2000);
    expect(status).toBe(504);
    expect(body.error.message).toContain("0.3 s");
    expect(await recorded(body.error.details.executionId)).toMatchObject({
      status: "timed_out",
      error: { code: "upstream_timeout" },
    });
  });

  it("tells of the progress a server reports, between its beginning and its end", async () => {
    const probe = await connect("sse_progress_endless");
    await team.ask(`/api/v1/tools/${probe.id}`, { method: "PATCH", body: { timeoutMs: 900 } });
    const { body } = await team.ask(`/api/v1/tools/${probe.id}/call`, { body: {} });
    const events = await eventsOf(body.error.details.executionId);
    const types = events.map(({ type }) => type);
    expect(types.at(0)).toBe("started");
    expect(types.at(-1)).toBe("finished");
    expect(types.slice(1, -1).length).toBeGreaterThanOrEqual(3);
    expect(new Set(types.slice(1, -1))).toEqual(new Set(["progress"]));
    expect(events[1]?.data).toEqual({ progress: 0 });
    expect(events.at(-1)?.data).toMatchObject({ status: "timed_out" });
    const seqs = events.map(({ seq }) => seq);
    expect(seqs).toEqual([...new Set(seqs)].toSorted((a, b) => a - b));
  });

  it("pages the events", async () => {
    const { body } = await run("echo", { message: "hi" });
    const all = await eventsOf(body.execution.id);
    const path = `/api/v1/executions/${body.execution.id}/events?limit=1`;
    const first = (await team.ask(path)).body;
    const second = (await team.ask(`${path}&cursor=${first.nextCursor}`)).body;
    expect([...first.items, ...second.items]).toEqual(all);
    expect(second.nextCursor).toBeNull();
    for (const cursor of ["x", "-1", "1.5"])
      expect((await team.ask(`${path}&cursor=${cursor}`)).status).toBe(400);
  });

  it("pages its own events only: a cursor of another list, or another call's, leads nowhere", async () => {
    const [one, other] = [await run("echo", { message: "1" }), await run("echo", { message: "2" })];
    const pathOf = ({ body }: typeof one, list = "events") =>
      `/api/v1/executions/${body.execution.id}/${list}?limit=1`;
    await eventsOf(other.body.execution.id);
    const { nextCursor } = (await team.ask(pathOf(one))).body;
    expect((await team.ask(`${pathOf(one)}&cursor=${nextCursor}`)).status).toBe(200);
    for (const path of [
      `${pathOf(other)}&cursor=${nextCursor}`,
      `${pathOf(one, "logs")}&cursor=${nextCursor}`,
      `/api/v1/audit?cursor=${nextCursor}`,
      `${pathOf(one)}&cursor=aud~12`,
      `${pathOf(one)}&cursor=12`,
    ])
      expect(await team.ask(path)).toMatchObject({
        status: 400,
        body: {
          error: {
            code: "invalid_input",
            message: expect.stringContaining("nextCursor of an earlier page of this list"),
            details: { field: "query.cursor" },
          },
        },
      });
  });

  it("is cancelled when the client hangs up, and the server is left alone", async () => {
    const probe = await connect("hang");
    const client = new AbortController();
    const ctx = createExecutionContext();
    const request = new Request(`http://127.0.0.1/api/v1/tools/${probe.id}/call`, {
      method: "POST",
      headers: { authorization: `Bearer ${team.apiKey}`, "content-type": "application/json" },
      body: "{}",
      signal: client.signal,
    });
    const seen = async (): Promise<{ calls: number; hangups: number; open: number }> =>
      (await fetch(`${env.FAULTS_URL}/f/hang/seen`)).json();
    const before = await seen();
    const answered = Promise.resolve(hub.fetch(request, env, ctx)).then(
      ({ status }) => status,
      () => "aborted",
    );
    await expect.poll(async () => (await seen()).calls).toBe(before.calls + 1);
    client.abort();
    expect([499, "aborted"]).toContain(await answered);
    await waitOnExecutionContext(ctx);
    await expect
      .poll(async () => (await team.ask(`/api/v1/executions?tool=${probe.id}`)).body.items)
      .toMatchObject([{ status: "cancelled", error: { code: "cancelled" } }]);
    await expect.poll(async () => (await seen()).hangups).toBe(before.hangups + 1);
  });
});

describe("the list", () => {
  let mine: TestTeam;
  const ids: string[] = [];
  const list = async (query = "") => (await mine.ask(`/api/v1/executions${query}`)).body;

  beforeAll(async () => {
    mine = await createTeam();
    await connectServer(mine);
    const { body } = await connectServer(mine, {
      url: `${env.FAULTS_URL}/f/healthy/mcp`,
      name: "Healthy",
    });
    const [echo, probe] = [await toolNamed(mine, "echo"), await toolNamed(mine, "probe")];
    expect(body.slug).toBe("healthy");
    for (let n = 0; n < 9; n++) {
      const tool = n % 3 === 0 ? probe : echo;
      const answer = await mine.ask(`/api/v1/tools/${tool.id}/call`, {
        body: { arguments: { message: "hi" } },
      });
      ids.push(answer.body.execution.id);
    }
    while ((await list("?status=succeeded")).items.length < 9) await scheduler.wait(20);
  });

  it("is newest first and pages without gap or duplicate", async () => {
    const seen: string[] = [];
    for (let cursor = ""; ;) {
      const page = ExecutionPage.parse(await list(`?limit=4${cursor}`));
      seen.push(...page.items.map(({ id }) => id));
      if (page.nextCursor === null) break;
      cursor = `&cursor=${page.nextCursor}`;
    }
    expect(seen).toEqual(ids.toReversed());
  });

  it("filters by status, tool, connection and time", async () => {
    const probe = await toolNamed(mine, "probe");
    const idsOf = async (query: string) => (await list(query)).items.map(({ id }: Execution) => id);
    const ofProbe = ids.filter((_, n) => n % 3 === 0).toReversed();
    expect(await idsOf("?status=failed")).toEqual([]);
    expect(await idsOf(`?tool=${probe.id}`)).toEqual(ofProbe);
    expect(await idsOf("?connection=healthy")).toEqual(ofProbe);
    const { connectionId, startedAt } = Execution.parse(
      (await list(`?tool=${probe.id}&limit=1`)).items[0],
    );
    expect(await idsOf(`?connection=${connectionId}&status=succeeded`)).toEqual(ofProbe);
    const since = new Date(startedAt).toISOString();
    const later = (await list()).items.filter((item: Execution) => item.startedAt >= startedAt);
    expect(await idsOf(`?since=${startedAt}`)).toEqual(later.map(({ id }: Execution) => id));
    expect(await idsOf(`?since=${encodeURIComponent(since)}`)).toEqual(
      later.map(({ id }: Execution) => id),
    );
    for (const far of [Date.now() + 60_000, "8640000000000000"])
      expect(await idsOf(`?since=${far}`)).toEqual([]);
  });

  it("filters by several states, way in, caller, name and a window of time", async () => {
    const idsOf = async (query: string) => (await list(query)).items.map(({ id }: Execution) => id);
    const all = ids.toReversed();
    expect(await idsOf("?status=succeeded,failed")).toEqual(all);
    expect(await idsOf("?status=failed,lost,failed")).toEqual([]);
    expect(await idsOf("?surface=rest")).toEqual(all);
    expect(await idsOf("?surface=mcp")).toEqual([]);
    expect(await idsOf(`?actor=${mine.keyId}`)).toEqual(all);
    expect(await idsOf(`?actor=${mine.personId}`)).toEqual(all);
    expect(await idsOf(`?actor=${team.keyId}`)).toEqual([]);
    expect(await idsOf("?query=ECH")).toEqual(ids.filter((_, n) => n % 3 !== 0).toReversed());
    expect(await idsOf("?query=%25")).toEqual([]);
    const { startedAt } = (await list()).items[4];
    const earlier = (await list()).items.filter((item: Execution) => item.startedAt < startedAt);
    expect(await idsOf(`?until=${startedAt}`)).toEqual(earlier.map(({ id }: Execution) => id));
    expect(
      await mine.ask(`/api/v1/executions?until=${startedAt}&since=${startedAt}`),
    ).toMatchObject({
      status: 400,
      body: { error: { code: "invalid_input", details: { field: "query.since" } } },
    });
  });

  it("is summed up, for one team", async () => {
    const { body } = await mine.ask("/api/v1/executions/summary?hours=1");
    expect(ExecutionSummary.parse(body)).toMatchObject({
      total: 9,
      failed: 0,
      byStatus: { succeeded: 9, failed: 0 },
    });
    // From a whole minute on.
    expect(Date.now() - body.since).toBeLessThan(3_670_000);
    expect(body.p95Ms).toBeGreaterThanOrEqual(body.p50Ms);
    expect((await (await createTeam()).ask("/api/v1/executions/summary")).body.total).toBe(0);
    for (const hours of ["0", "721", "1.5", "day"])
      expect((await mine.ask(`/api/v1/executions/summary?hours=${hours}`)).status).toBe(400);
  });

  it.each([
    "status=perhaps",
    "status=succeeded,perhaps",
    "status=",
    "surface=carrier-pigeon",
    "until=tomorrow",
    "until=1180591620717412614144",
    `until=${"9".repeat(40)}`,
    "since=-1",
    "since=1793232000",
    "since=2026-02-31",
    `actor=${"a".repeat(101)}`,
    `query=${"q".repeat(101)}`,
    "since=yesterday",
    "since=",
    "state=failed",
    "Limit=1",
    "limit=0",
    "limit=201",
    "limit=many",
    `cursor=${"c".repeat(201)}`,
    `tool=${"t".repeat(101)}`,
  ])("refuses ?%s", async (query) => {
    const refused = await mine.ask(`/api/v1/executions?${query}`);
    expect(refused).toMatchObject({ status: 400, body: { error: { code: "invalid_input" } } });
    expect(refused.body.error.message).toMatch(/^query\./);
  });

  it("names the parameter it does not know, and where those it knows stand", async () => {
    expect((await mine.ask("/api/v1/executions?limit=1&state=failed")).body.error).toMatchObject({
      message: expect.stringMatching(/^query\.state: .*\/api\/docs/),
      details: { field: "query.state" },
    });
  });

  it("answers 404 for a connection, an execution or events nobody knows", async () => {
    expect((await mine.ask("/api/v1/executions?connection=nobody")).status).toBe(404);
    expect((await mine.ask("/api/v1/executions/exe_nobody")).status).toBe(404);
    expect((await mine.ask("/api/v1/executions/exe_nobody/events")).status).toBe(404);
  });

  it("keeps the executions of a connection that was deleted", async () => {
    const probe = await toolNamed(mine, "probe");
    const before = (await list(`?tool=${probe.id}`)).items;
    await mine.ask("/api/v1/connections/healthy", { method: "DELETE" });
    expect((await list(`?tool=${probe.id}`)).items).toEqual(before);
    expect((await list(`?connection=${before[0].connectionId}`)).items).toEqual(before);
  });
});

it("says which credential was opened for a call, and nothing of what it holds", async () => {
  const other = await createTeam();
  const { body: made } = await connectServer(other, {
    headers: { authorization: "Bearer sk-canary" },
  });
  const tool = await toolNamed(other, "echo");
  const { body } = await other.ask(`/api/v1/tools/${tool.id}/call`, {
    body: { arguments: { message: "hi" } },
  });
  const path = `/api/v1/executions/${body.execution.id}/events`;
  const types = async () =>
    (await other.ask(path)).body.items?.map(({ type }: ExecutionEvent) => type) ?? [];
  await expect.poll(types, { interval: 20 }).toEqual(["started", "credential_opened", "finished"]);
  const { body: events, text } = await other.ask(path);
  const row = await env.DB.prepare("SELECT credential_id FROM connections WHERE id = ?")
    .bind(made.id)
    .first("credential_id");
  expect(events.items[1].data).toEqual({ credentialId: row, version: 1 });
  expect(text).not.toContain("sk-canary");
  expect((await other.ask("/api/v1/audit?action=credential.open")).body.items).toEqual([]);
});

it("says what happened on the way of a call whose answer is refused", async () => {
  const other = await createTeam();
  await connectServer(other, { headers: { authorization: "Bearer sk-canary" } });
  const tool = await toolNamed(other, "test_input_required_result_elicitation");
  const { body } = await other.ask(`/api/v1/tools/${tool.id}/call`, { body: { arguments: {} } });
  expect(body.error.code).toBe("tool_needs_input");
  const path = `/api/v1/executions/${body.error.details.executionId}/events`;
  const types = async () =>
    (await other.ask(path)).body.items?.map(({ type }: ExecutionEvent) => type) ?? [];
  await expect.poll(types, { interval: 20 }).toEqual(["started", "credential_opened", "finished"]);
});
