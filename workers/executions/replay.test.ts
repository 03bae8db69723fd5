import { beforeAll, describe, expect, it } from "vitest";
import { connectServer, createTeam, toolNamed, type TestTeam } from "../testing/team";

let team: TestTeam;
let echo: { id: string };
beforeAll(async () => {
  team = await createTeam();
  await connectServer(team);
  echo = await toolNamed(team, "echo");
});

async function called(args: object, tool = echo): Promise<string> {
  const { body } = await team.ask(`/api/v1/tools/${tool.id}/call`, { body: { arguments: args } });
  const id = body.execution.id;
  await expect.poll(async () => (await read(id))?.status).toMatch(/succeeded|failed/);
  return id;
}
const read = async (id: string) => (await team.ask(`/api/v1/executions/${id}`)).body;
const replay = (id: string, body: object = {}, who = team) =>
  who.ask(`/api/v1/executions/${id}/replay`, { body });

describe("a past call", () => {
  it("runs again with the arguments it had, as an execution of its own that names it", async () => {
    const id = await called({ message: "once more" });
    const answer = await replay(id);
    expect(answer).toMatchObject({
      status: 200,
      body: {
        execution: { status: "succeeded" },
        result: { content: [{ text: expect.stringContaining("once more") }] },
      },
    });
    expect(answer.headers.get("ratelimit")).toContain("r=");
    const again = answer.body.execution.id;
    expect(again).not.toBe(id);
    await expect
      .poll(async () => await read(again))
      .toMatchObject({ status: "succeeded", surface: "rest", context: { replayOf: id } });
  });

  it("runs again with other arguments, which are checked as any are", async () => {
    const id = await called({ message: "before" });
    const answer = await replay(id, { arguments: { message: "after" } });
    expect(answer.body.result.content[0].text).toContain("after");
    expect(await replay(id, { arguments: { message: 7 } })).toMatchObject({
      status: 400,
      body: { error: { code: "invalid_arguments" } },
    });
    expect((await replay(id, { args: {} })).status).toBe(400);
  });

  it.each([
    { what: "too long to keep", message: "x".repeat(40_000) },
    { what: "masked", message: "write to ada.lovelace@example.com" },
  ])("whose arguments were $what runs again with given ones only", async ({ message }) => {
    const id = await called({ message });
    const refused = await replay(id);
    expect(refused).toMatchObject({
      status: 400,
      body: { error: { code: "invalid_input", details: { field: "arguments" } } },
    });
    expect(refused.text).not.toContain("lovelace");
    expect((await replay(id, { arguments: { message: "short" } })).status).toBe(200);
  });

  it("belongs to its team, and to those who may read it", async () => {
    const id = await called({ message: "ours" });
    const other = await createTeam();
    for (const body of [{}, { arguments: { message: "theirs" } }])
      expect((await replay(id, body, other)).status).toBe(404);
    expect((await replay(id, {}, await team.join("viewer"))).status).toBe(403);
    expect((await replay(id, {}, await team.join("member"))).status).toBe(200);
    expect((await replay("exe_nobody")).status).toBe(404);
  });

  it("tells how it goes, as a call does, to whoever asks for a stream", async () => {
    const id = await called({ message: "before" });
    const { text } = await team.ask(`/api/v1/executions/${id}/replay`, {
      body: { arguments: { message: "streamed" } },
      headers: { accept: "text/event-stream" },
    });
    expect(text).toContain("event: started");
    expect(text).toMatch(/event: result\ndata: .*streamed/);
    const [, again = ""] = /"executionId":"(exe_[^"]+)"/.exec(text) ?? [];
    await expect.poll(async () => (await read(again))?.context).toEqual({ replayOf: id });
  });

  it("is answered with a job to whoever prefers that", async () => {
    const id = await called({ message: "later" });
    const later = (prefer: string) =>
      team.ask(`/api/v1/executions/${id}/replay`, { body: {}, headers: { prefer } });
    const answer = await later("respond-async");
    expect(answer).toMatchObject({
      status: 202,
      body: { toolId: echo.id, context: { replayOf: id } },
    });
    expect(answer.headers.get("location")).toBe(`/api/v1/jobs/${answer.body.id}`);
    expect(answer.headers.get("preference-applied")).toBe("respond-async");
    expect(answer.headers.get("ratelimit")).toContain("r=");
    const waited = await later("wait=10");
    expect(waited).toMatchObject({
      status: 200,
      body: { result: { content: [{ text: expect.stringContaining("later") }] } },
    });
    expect(waited.headers.get("ratelimit")).toContain("r=");
    await expect
      .poll(async () => (await read(waited.body.execution.id))?.context)
      .toMatchObject({ replayOf: id, jobId: expect.stringMatching(/^job_/) });
  });

  it("runs as a job where its tool may take longer than a minute", async () => {
    const sleep = await toolNamed(team, "sleep");
    const id = await called({ ms: 10 }, sleep);
    await team.ask(`/api/v1/tools/${sleep.id}`, { method: "PATCH", body: { timeoutMs: 90_000 } });
    const answer = await replay(id);
    expect(answer).toMatchObject({ status: 200, body: { execution: { status: "succeeded" } } });
    const { items } = (await team.ask(`/api/v1/jobs?tool=${sleep.id}`)).body;
    expect(items).toMatchObject([
      { executionId: answer.body.execution.id, timeoutMs: 90_000, context: { replayOf: id } },
    ]);
  });

  it("runs once under one Idempotency-Key", async () => {
    const id = await called({ message: "key" });
    const once = () =>
      team.ask(`/api/v1/executions/${id}/replay`, {
        body: {},
        headers: { "idempotency-key": "replay-1" },
      });
    const first = await once();
    await expect.poll(async () => (await once()).body.execution?.id).toBe(first.body.execution.id);
  });
});

describe("what a server logged", () => {
  it("is listed line by line, page by page", async () => {
    const tool = await toolNamed(team, "test_tool_with_logging");
    const { text } = await team.ask(`/api/v1/tools/${tool.id}/call`, {
      body: {},
      headers: { accept: "text/event-stream" },
    });
    const id = /exe_\w+/.exec(text)?.[0] ?? "";
    const path = `/api/v1/executions/${id}/logs`;
    await expect.poll(async () => (await read(id))?.status).toBe("succeeded");
    const { body } = await team.ask(`${path}?limit=2`);
    expect(body.items).toMatchObject([
      { level: "info", logger: null, data: "Tool execution started" },
      { level: "info", data: "Tool processing data" },
    ]);
    const next = await team.ask(`${path}?limit=2&cursor=${body.nextCursor}`);
    expect(next.body).toMatchObject({
      items: [{ data: "Tool execution completed" }],
      nextCursor: null,
    });
    for (const cursor of ["exe_01k5x8m0qv2h7c9d4e6f8g0h2j", "-1", "1.5", "1e99"])
      expect(await team.ask(`${path}?cursor=${cursor}`)).toMatchObject({
        status: 400,
        body: { error: { code: "invalid_input", details: { field: "query.cursor" } } },
      });
    expect((await (await createTeam()).ask(path)).status).toBe(404);
  });
});
