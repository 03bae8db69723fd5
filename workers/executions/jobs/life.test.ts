import { beforeAll, describe, expect, it } from "vitest";
import {
  countingTool,
  endedJob,
  makeJob,
  nextNumber,
  readJob,
  timesSeen,
} from "../../testing/jobs";
import { createTeam, toolNamed, type TestTeam } from "../../testing/team";

let team: TestTeam;
let probe: { id: string };
let count: { id: string };

beforeAll(async () => {
  team = await createTeam();
  count = await countingTool(team, "healthy");
  probe = await toolNamed(team, "probe");
});

describe("a job", () => {
  it("is answered with its id, runs by itself, and keeps its result", async () => {
    const made = await makeJob(team, probe, { arguments: { text: "later" } });
    expect(made.status).toBe(202);
    expect(made.headers.get("location")).toBe(`/api/v1/jobs/${made.body.id}`);
    expect(made.body).toMatchObject({ status: "queued", attempts: 0, name: "probe" });
    const job = await endedJob(team, made.body.id);
    expect(job).toMatchObject({
      status: "succeeded",
      attempts: 1,
      error: null,
      arguments: { truncated: false, json: { text: "later" } },
      result: { content: [{ type: "text", text: "probe: later" }] },
    });
    expect(job.resultUntil).toBe(job.finishedAt + 86_400_000);
    await expect
      .poll(async () => (await team.ask(`/api/v1/executions/${job.executionId}`)).body)
      .toMatchObject({
        status: "succeeded",
        surface: "job",
        context: { jobId: job.id, attempt: 1 },
      });
    const { body: events } = await team.ask(`/api/v1/jobs/${job.id}/events`);
    const types = events.items.map(({ type }: { type: string }) => type);
    expect(types).toEqual(
      expect.arrayContaining(["queued", "attempt_started", "started", "finished"]),
    );
    expect(types.indexOf("queued")).toBe(0);
  });

  it("keeps a sentence about what went wrong without what is personal or secret in it", async () => {
    const hang = await countingTool(team, "hang");
    const name = "Mail of ada@example.com, key sk_live_4eC39HqLyjWDarjtT1zdp7dc";
    await team.ask(`/api/v1/connections/${hang.connectionId}`, { method: "PATCH", body: { name } });
    const input = { arguments: { n: nextNumber() }, timeoutMs: 100 };
    const { body } = await makeJob(team, hang, input);
    const job = await endedJob(team, body.id);
    const message = "The server behind Mail of [email], key [secret] did not answer within 0.1 s.";
    const error = { code: "upstream_timeout", message: expect.stringContaining(message) };
    expect(job).toMatchObject({ status: "timed_out", error });
    await expect
      .poll(async () => (await team.ask(`/api/v1/executions/${job.executionId}`)).body)
      .toMatchObject({ status: "timed_out", error });
  });

  it("tells its events page by page, and takes no cursor of another job's", async () => {
    const [one, other] = await Promise.all(
      ["1", "2"].map(async (text) => {
        const { body } = await makeJob(team, probe, { arguments: { text } });
        return endedJob(team, body.id);
      }),
    );
    const page = async (job = one, cursor = "") =>
      team.ask(`/api/v1/jobs/${job?.id}/events?limit=2${cursor}`);
    const first = (await page()).body;
    const cursor = `&cursor=${first.nextCursor}`;
    const { items } = (await page(one, cursor)).body;
    expect(items[0].seq).toBeGreaterThan(first.items[1].seq);
    expect(await page(other, cursor)).toMatchObject({
      status: 400,
      body: { error: { code: "invalid_input", details: { field: "query.cursor" } } },
    });
  });

  it("shows its result to nobody but who asked for it", async () => {
    const { body } = await makeJob(team, probe, { arguments: { text: "mine" } });
    await endedJob(team, body.id);
    const other = await team.join("admin");
    expect(await readJob(other, body.id)).toMatchObject({ id: body.id, result: null });
    expect(await readJob(team, body.id)).toMatchObject({ result: expect.any(Object) });
    const elsewhere = await createTeam();
    expect((await elsewhere.ask(`/api/v1/jobs/${body.id}`)).status).toBe(404);
  });

  it("that is wrong is refused as the call would be, and is none", async () => {
    const before = (await team.ask("/api/v1/jobs")).body.items.length;
    expect(await makeJob(team, count, { arguments: { n: "one" } })).toMatchObject({
      status: 400,
      body: { error: { code: "invalid_arguments" } },
    });
    expect((await makeJob(team, { id: "tool_nobody" })).status).toBe(404);
    expect((await team.ask("/api/v1/jobs")).body.items).toHaveLength(before);
  });

  it("whose tool answers with an error of its own has failed, and shows it", async () => {
    const tool = await countingTool(team, "tool_error", { name: "probe" });
    const { body } = await makeJob(team, tool);
    expect(await endedJob(team, body.id)).toMatchObject({
      status: "failed",
      error: { code: "tool_error" },
      result: { isError: true },
    });
  });

  it("runs out of time", async () => {
    const hang = await countingTool(team, "hang", { name: "probe" });
    const { body } = await makeJob(team, hang, { timeoutMs: 200 });
    expect(await endedJob(team, body.id)).toMatchObject({ status: "timed_out", attempts: 1 });
  });

  it("says how far it is, as its tool tells", async () => {
    const telling = await countingTool(team, "sse_progress_endless", { name: "probe" });
    const { body } = await makeJob(team, telling);
    await expect
      .poll(async () => (await readJob(team, body.id)).progress?.progress)
      .toBeGreaterThan(0);
    const job = await readJob(team, body.id);
    expect(job).toMatchObject({ status: "running", progress: { at: expect.any(Number) } });
    await team.ask(`/api/v1/jobs/${body.id}/cancel`, { method: "POST" });
    expect(await endedJob(team, body.id)).toMatchObject({ status: "cancelled" });
  });

  it("is the same one for whoever repeats its Idempotency-Key", async () => {
    const n = nextNumber();
    const headers = { "idempotency-key": `once-${n}` };
    const make = (args: object) => makeJob(team, count, { arguments: args }, { headers });
    const answers = await Promise.all([1, 2, 3].map(() => make({ n })));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    await endedJob(team, answers[0]?.body.id);
    expect(await timesSeen("healthy", n)).toBe(1);
    expect(await make({ n: -n })).toMatchObject({
      status: 422,
      body: { error: { code: "idempotency_mismatch" } },
    });
  });
});
