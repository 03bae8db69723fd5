import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { newId } from "../../shared/ids";
import { bumpEpoch } from "../limits";
import { listenLive, openLive, recordCalls, seqsOf, span, watchLive } from "../testing/live";
import { createTeam, type TestTeam } from "../testing/team";

let team: TestTeam;
beforeAll(async () => {
  team = await createTeam();
});

describe("the live stream as server-sent events", () => {
  it("says the same as the WebSocket, with types, ids, and when to come back", async () => {
    const own = await createTeam();
    const [events, socket] = [await listenLive(own), await watchLive(own)];
    await recordCalls(own, 2);
    await env.TEAM_LEDGER.getByName(own.id).tellEverybody({ type: "limits" });
    await Promise.all([events.read(6), socket.hears(6)]);
    expect(events.heard().map(({ data }) => data)).toEqual(socket.heard);
    expect(events.heard().map(({ id, event }) => [event, id])).toEqual([
      ["hello", "0"],
      ["event", "1"],
      ["event", "2"],
      ["event", "3"],
      ["event", "4"],
      ["limits", null],
    ]);
    expect(events.text()).toMatch(/^retry: \d+\n\n/);
    expect(events.response.headers.get("content-type")).toBe("text/event-stream");
    expect(events.response.headers.get("cache-control")).toBe("no-store");
    await events.stop();
  });

  it("replays what was missed since Last-Event-ID, which counts before ?since", async () => {
    await recordCalls(team, 3);
    const headers = { authorization: `Bearer ${team.apiKey}` };
    const before = await listenLive(team);
    await before.read(1);
    const last = before.heard()[0]?.data;
    const seq = last?.type === "hello" ? last.seq : 0;
    await before.stop();
    await recordCalls(team, 2);
    const back = await listenLive(team, "?since=0", { ...headers, "last-event-id": String(seq) });
    await back.read(5);
    // The greeting does not move the cursor of whoever is gone again before the rest has come.
    expect(back.heard().map(({ id }) => Number(id))).toEqual([seq, ...span(seq + 1, seq + 4)]);
    await back.stop();
    const ahead = await listenLive(team, "?since=99999999");
    await ahead.read(2);
    expect(ahead.heard().map(({ event }) => event)).toEqual(["hello", "reset"]);
    await ahead.stop();
  });

  it("ends when the key behind it is revoked, and does not come back", async () => {
    const member = await team.join("member");
    const events = await listenLive(member);
    await events.read(1);
    await team.ask(`/api/v1/api-keys/${member.keyId}`, { method: "DELETE" });
    expect(await events.read(2)).toBe(false);
    const again = await openLive("", {
      accept: "text/event-stream",
      authorization: `Bearer ${member.apiKey}`,
    });
    expect(again.status).toBe(401);
  });

  it("ends for whoever has another access now, so that they come back", async () => {
    const events = await listenLive(team);
    await events.read(1);
    await bumpEpoch({ env, teamId: team.id }, { changed: "everyone" });
    expect(await events.read(2)).toBe(false);
  });

  it.each([
    ["Last-Event-ID", "", { "last-event-id": "yesterday" }],
    ["since", "?since=-1", {}],
    ["since", "?since=1e3", {}],
    ["acks", "?acks=perhaps", {}],
    ["job", `?job=${"j".repeat(101)}`, {}],
    ["not both", "?job=job_1&execution=exe_1", {}],
  ])("refuses a bad %s", async (named, path, headers) => {
    const answer = await team.ask(`/api/v1/live${path}`, {
      headers: { accept: "text/event-stream", ...headers },
    });
    expect([answer.status, answer.body.error.code]).toEqual([400, "invalid_input"]);
    expect(answer.body.error.message.toLowerCase()).toContain(named.toLowerCase());
  });
});

describe("a stream of one execution or one job", () => {
  it("tells what happens to it, and nothing else", async () => {
    const own = await createTeam();
    const [first = ""] = await recordCalls(own, 2);
    const one = await listenLive(own, `?execution=${first}&since=0`);
    const all = await watchLive(own);
    await recordCalls(own, 1);
    await env.TEAM_LEDGER.getByName(own.id).tellEverybody({ type: "limits" });
    await all.hears(4);
    await one.read(3);
    expect(one.heard().map(({ event }) => event)).toEqual(["hello", "event", "event"]);
    for (const { data } of one.heard().slice(1))
      expect(data).toMatchObject({ event: { executionId: first } });
    await one.stop();
  });

  it("tells of a job, of its attempts and of their progress, and nothing else", async () => {
    const own = await createTeam();
    const jobId = newId("job");
    await recordCalls(own, 1, { jobId: newId("job") });
    await runInDurableObject(env.TEAM_LEDGER.getByName(own.id), (_, { storage: { sql } }) => {
      const asked = {
        toolId: "tool_1",
        name: "echo",
        connectionId: "con_1",
        connectionSlug: "one",
        actor: { kind: "apiKey", id: own.keyId, personId: own.personId },
        createdAt: 1,
        context: {},
      };
      sql.exec(
        `INSERT INTO jobs (id, status, due_at, tool_id, connection_id, asked, state)
         VALUES (?, 'succeeded', 0, 'tool_1', 'con_1', ?, '{"attempts":1,"progress":null,"finishedAt":2}')`,
        jobId,
        JSON.stringify(asked),
      );
      sql.exec("INSERT INTO events VALUES (3, ?, 1, 'queued', '{}')", jobId);
    });
    await evictDurableObject(env.TEAM_LEDGER.getByName(own.id));
    const viewer = await watchLive(own, `?job=${jobId}&since=0`);
    const [attempt] = await recordCalls(own, 1, { jobId });
    await recordCalls(own, 1);
    await viewer.hears(4);
    expect(viewer.heard).toMatchObject([
      { type: "hello", seq: 3 },
      { type: "job", seq: 3, event: { jobId, type: "queued" }, job: { id: jobId, attempts: 1 } },
      { type: "event", seq: 4, execution: { id: attempt, context: { jobId } } },
      { type: "event", seq: 5, execution: { id: attempt } },
    ]);
    const foreign = await team.ask(`/api/v1/live?job=${jobId}`, {
      headers: { accept: "text/event-stream" },
    });
    expect(foreign.status).toBe(404);
  });

  it("is not there for a job or an execution nobody may see", async () => {
    const [foreign = ""] = await recordCalls(await createTeam(), 1);
    for (const path of ["?job=job_none", "?execution=exe_none", `?execution=${foreign}`])
      expect(
        await team.ask(`/api/v1/live${path}`, { headers: { accept: "text/event-stream" } }),
      ).toMatchObject({ status: 404, body: { error: { code: "not_found" } } });
  });

  it("is open to whoever may only call, for what they called", async () => {
    const caller = await narrowKey(team, ["tools.call"]);
    const [own = ""] = await recordCalls(caller, 1);
    const [other = ""] = await recordCalls(await team.join("member"), 1);
    const events = await listenLive(caller, `?execution=${own}&since=0`);
    await events.read(3);
    expect(seqsOf(events.heard().map(({ data }) => data))).toHaveLength(2);
    await events.stop();
    const accept = { accept: "text/event-stream" };
    for (const path of ["", `?execution=${other}`, "?execution=exe_none", "?job=job_none"])
      expect(await caller.ask(`/api/v1/live${path}`, { headers: accept })).toMatchObject({
        status: 403,
        body: { error: { code: "forbidden" } },
      });
  });
});

/** A key of somebody's with these scopes alone. */
async function narrowKey(from: TestTeam, scopes: string[]): Promise<TestTeam> {
  const person = await from.join("member");
  const { body } = await person.ask("/api/v1/api-keys", { body: { name: "Narrow", scopes } });
  const { apiKey, id: keyId } = body;
  return {
    ...person,
    apiKey,
    keyId,
    ask: (path, init = {}) =>
      person.ask(path, {
        ...init,
        headers: { authorization: `Bearer ${apiKey}`, ...init.headers },
      }),
  };
}
