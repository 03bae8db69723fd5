import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { newId } from "../../shared/ids";
import { mcpClient } from "../mcp/test-client";
import { connectServer, createTeam, type TestTeam } from "../testing/team";

const unlimited = {
  PLUGBOARD_USER_PER_MINUTE: "0",
  PLUGBOARD_CONNECTION_PER_MINUTE: "0",
} as unknown as Partial<Env>;
const secret = "the text of the answer nobody else may read";

let team: TestTeam;
beforeEach(async () => {
  team = await createTeam();
});
afterEach(() => {
  vi.restoreAllMocks();
});

/** From now on the clock is ahead by so many seconds. */
function ahead(seconds: number): void {
  vi.restoreAllMocks();
  const now = Date.now.bind(Date);
  vi.spyOn(Date, "now").mockImplementation(() => now() + seconds * 1000);
}

type Tool = { id: string; exposedName: string };

/** A server that is healthy until it is broken, and its tool `look` set like this. */
async function toolWith(settings: object, fault = "status_503") {
  const id = newId("req");
  const at = (action: string) => `${env.FAULTS_URL}/f/${fault}/${action}?id=${id}`;
  await fetch(at("mend"), { method: "POST" });
  const { body: connection } = await connectServer(team, { url: at("mcp"), name: "Tickets" });
  const { body } = await team.ask(`/api/v1/tools?connection=${connection.id}`);
  const tool: Tool = body.items.find((one: { name: string }) => one.name === "look");
  const set = (change: object) =>
    team.ask(`/api/v1/tools/${tool.id}`, { method: "PATCH", body: change });
  expect((await set(settings)).status).toBe(200);
  return {
    tool,
    connection,
    set,
    calls: async () => (await (await fetch(at("seen"))).json<{ calls: number }>()).calls,
    break: () => fetch(at("break"), { method: "POST" }),
  };
}

const call = (tool: Tool, args: object = { text: secret }, who = team) =>
  who.ask(`/api/v1/tools/${tool.id}/call`, { body: { arguments: args }, env: unlimited });
const textOf = ({ body }: { body: any }): string => body.result?.content[0].text;

describe("an answer of a tool that is kept for a while", () => {
  it("is given again to the same caller for the same arguments, and says from when it is", async () => {
    const { tool, calls } = await toolWith({ cacheSeconds: 60 });
    const first = await call(tool, { text: "a", n: { b: 1, a: [2] } });
    expect(first.body).not.toHaveProperty("cached");
    const begun = Date.now();
    const again = await call(tool, { n: { a: [2], b: 1 }, text: "a" });
    expect(again.body.result).toEqual(first.body.result);
    expect(again.body.cached).toEqual({ at: expect.any(Number), stale: false });
    expect(again.body.cached.at).toBeLessThanOrEqual(begun);
    expect(again.body.execution.id).not.toBe(first.body.execution.id);
    expect(await calls()).toBe(1);
  });

  it("is recorded as a call of its own, answered from there", async () => {
    const { tool } = await toolWith({ cacheSeconds: 60 });
    await call(tool);
    const { id } = (await call(tool)).body.execution;
    const events = () => team.ask(`/api/v1/executions/${id}/events`);
    await expect
      .poll(async () => (await events()).body.items?.map(({ type }: { type: string }) => type))
      .toEqual(["started", "answered_from_cache", "finished"]);
    const { body } = await team.ask(`/api/v1/executions/${id}`);
    expect(body).toMatchObject({ status: "succeeded", upstreamMs: null });
  });

  it("pays its limits as any other", async () => {
    const { tool } = await toolWith({ cacheSeconds: 60 });
    const limit = { PLUGBOARD_USER_PER_MINUTE: "2" } as unknown as Partial<Env>;
    const ask = () =>
      team.ask(`/api/v1/tools/${tool.id}/call`, {
        body: { arguments: {} },
        env: { ...unlimited, ...limit },
      });
    expect([(await ask()).status, (await ask()).status, (await ask()).status]).toEqual([
      200, 200, 429,
    ]);
  });

  it("ends with its time", async () => {
    const { tool, calls } = await toolWith({ cacheSeconds: 60 });
    await call(tool);
    ahead(59);
    expect((await call(tool)).body.cached).toBeDefined();
    ahead(61);
    expect((await call(tool)).body).not.toHaveProperty("cached");
    expect(await calls()).toBe(2);
  });

  it("is nobody else's: not of another person, nor of another team", async () => {
    const { tool, calls } = await toolWith({ cacheSeconds: 60 });
    const other = await team.join("member");
    await call(tool);
    expect((await call(tool, undefined, other)).body).not.toHaveProperty("cached");
    expect((await call(tool, undefined, other)).body).toHaveProperty("cached");
    expect(await calls()).toBe(2);
  });

  it("is not given to whoever may not call the tool any more", async () => {
    const { tool, connection } = await toolWith({ cacheSeconds: 60 });
    const other = await team.join("member");
    await call(tool, undefined, other);
    await team.ask(`/api/v1/connections/${connection.id}/access`, {
      method: "PUT",
      body: { restricted: true, roles: [], people: [team.personId], needsSecondFactor: false },
    });
    expect((await call(tool, undefined, other)).status).toBe(404);
  });

  it.each<[string, (made: Awaited<ReturnType<typeof toolWith>>) => Promise<unknown>]>([
    ["its arguments differ", async () => undefined],
    ["the tool is set otherwise", ({ set }) => set({ cacheSeconds: 61 })],
    [
      "the credential is another",
      ({ connection }) =>
        team.ask(`/api/v1/connections/${connection.id}`, {
          method: "PATCH",
          body: { config: { headers: { authorization: "Bearer other" } } },
        }),
    ],
  ])("is another where %s", async (what, change) => {
    const made = await toolWith({ cacheSeconds: 60 });
    await call(made.tool, { text: "a" });
    const changed = (await change(made)) as { status: number; text: string } | undefined;
    if (changed) expect(changed.status, changed.text).toBe(200);
    const args = what === "its arguments differ" ? { text: "b" } : { text: "a" };
    expect((await call(made.tool, args)).body).not.toHaveProperty("cached");
    expect(await made.calls()).toBe(2);
  });

  it.each(["tool_error", "error_in_200", "status_400"])(
    "is none that failed (%s)",
    async (fault) => {
      const made = await toolWith({ cacheSeconds: 60 }, fault);
      await made.break();
      await call(made.tool);
      await call(made.tool);
      expect(await made.calls()).toBe(2);
    },
  );

  it("says at /mcp, in either era, from when it is", async () => {
    const { tool, calls } = await toolWith({ cacheSeconds: 60 });
    const params = { name: tool.exposedName, arguments: {} };
    const modern = mcpClient(team, { env: unlimited });
    const legacy = mcpClient(team, { env: unlimited, era: "legacy" });
    const first = await modern("tools/call", params);
    expect(first.result._meta).not.toHaveProperty("io.plugboard/cached");
    const cached = { at: expect.any(Number), stale: false };
    const again = await modern("tools/call", params);
    expect(again.result._meta["io.plugboard/cached"]).toEqual(cached);
    expect(again.result.content).toEqual(first.result.content);
    expect(again.result.resultType).toBe("complete");
    const older = await legacy("tools/call", params);
    expect(older.result._meta["io.plugboard/cached"]).toEqual(cached);
    expect(older.result).not.toHaveProperty("resultType");
    expect(await calls()).toBe(1);
  });

  it.each<[string, { headers?: Record<string, string>; slow?: boolean }]>([
    ["that waits for its job", { headers: { prefer: "wait=10" } }],
    ["of a tool that may take longer than a minute", { slow: true }],
    ["that is repeated under its key", { headers: { "idempotency-key": newId("req") } }],
  ])("says so too to a call %s", async (_, { headers = {}, slow }) => {
    const made = await toolWith({ cacheSeconds: 60, ...(slow && { timeoutMs: 90_000 }) });
    const ask = (more: Record<string, string> = {}) =>
      team.ask(`/api/v1/tools/${made.tool.id}/call`, {
        body: { arguments: { text: "a" } },
        headers: more,
        env: unlimited,
      });
    expect((await ask()).body).not.toHaveProperty("cached");
    const cached = { at: expect.any(Number), stale: false };
    for (let time = 0; time < 2; time++)
      expect((await ask(headers)).body, `time ${time}`).toMatchObject({ cached });
    expect(await made.calls()).toBe(1);
    const [job] = (await team.ask(`/api/v1/jobs?tool=${made.tool.id}`)).body.items;
    if (job) expect((await team.ask(`/api/v1/jobs/${job.id}`)).body).toMatchObject({ cached });
  });

  it("lies sealed on disk", async () => {
    const { tool } = await toolWith({ cacheSeconds: 60 });
    await call(tool);
    const rows = await runInDurableObject(env.TEAM_LEDGER.getByName(team.id), (_, { storage }) =>
      storage.sql.exec<{ sealed: string }>("SELECT sealed FROM cached_answers").toArray(),
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]?.sealed).toMatch(/^pb1\./);
    expect(JSON.stringify(rows)).not.toContain(secret);
  });
});

describe("an older answer", () => {
  it("stands in while the server is down, marked as stale, and not longer than it may", async () => {
    const { tool, ...made } = await toolWith({ cacheSeconds: 10, staleSeconds: 600 });
    const fresh = await call(tool);
    await made.break();
    ahead(20);
    const down = await call(tool);
    expect(down).toMatchObject({ status: 200, body: { cached: { stale: true } } });
    expect(textOf(down)).toBe(textOf(fresh));
    ahead(601);
    expect((await call(tool)).body.error.code).toBe("upstream_error");
  });

  it("stands in while calls are not let through, and the server is left alone", async () => {
    const { tool, ...made } = await toolWith({ staleSeconds: 600 });
    await call(tool);
    expect((await call(tool)).body).not.toHaveProperty("cached");
    await made.break();
    for (let i = 0; i < 4; i++)
      expect((await call(tool)).body).toMatchObject({
        execution: { status: "succeeded" },
        cached: { stale: true },
      });
    const reached = await made.calls();
    expect((await call(tool)).body.cached.stale).toBe(true);
    expect(await made.calls()).toBe(reached);
    expect((await call(tool, { text: "unasked" })).body.error.code).toBe("circuit_open");
  });

  it("does not hide what a server refuses", async () => {
    const { tool, ...made } = await toolWith({ staleSeconds: 600 }, "status_403");
    await call(tool);
    await made.break();
    expect((await call(tool)).body.error.code).toBe("upstream_unauthorized");
  });
});
