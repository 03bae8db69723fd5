import { createExecutionContext, evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { LiveMessage } from "../../shared/contracts/live";
import hub from "../index";
import { openViewers } from "../ledger/live/viewers";
import { connectServer, createTeam, toolNamed, type TestTeam } from "../testing/team";

async function open(path: string, headers: Record<string, string>): Promise<Response> {
  const request = new Request(`http://127.0.0.1/api/v1/live${path}`, {
    headers: { upgrade: "websocket", ...headers },
  });
  return hub.fetch(request, env, createExecutionContext());
}

/** A viewer of the team's stream. What it has heard is in `heard`. */
async function watch(team: TestTeam, path = "") {
  const response = await open(path, { authorization: `Bearer ${team.apiKey}` });
  const socket = response.webSocket;
  if (!socket) throw new Error(`No socket: ${response.status} ${await response.text()}`);
  const heard: LiveMessage[] = [];
  const texts: string[] = [];
  socket.addEventListener("message", ({ data }) => {
    const text = String(data);
    if (text === "pong") texts.push(text);
    else heard.push(LiveMessage.parse(JSON.parse(text)));
  });
  socket.accept();
  const hears = (count: number) =>
    expect.poll(() => heard.length, { interval: 10 }).toBeGreaterThanOrEqual(count);
  await hears(1);
  return {
    socket,
    heard,
    texts,
    hears,
    events: () => heard.filter((message) => message.type === "event"),
  };
}

const seqOf = (message: LiveMessage) => ("seq" in message ? message.seq : NaN);

let team: TestTeam;
let echo: { id: string };
const call = async () => {
  const { body } = await team.ask(`/api/v1/tools/${echo.id}/call`, {
    body: { arguments: { message: "hi" } },
  });
  return String(body.execution.id);
};
/** Waits until the ledger has the call's end, and tells its sequence number. */
const endOf = async (id: string): Promise<number> => {
  const events = async () => (await team.ask(`/api/v1/executions/${id}/events`)).body?.items ?? [];
  await expect.poll(async () => (await events()).at(-1)?.type, { interval: 20 }).toBe("finished");
  return (await events()).at(-1).seq;
};

beforeAll(async () => {
  team = await createTeam();
  await connectServer(team);
  echo = await toolNamed(team, "echo");
});

describe("the live stream", () => {
  it("says hello, then tells of each call from its beginning to its end, in growing order", async () => {
    const viewer = await watch(team);
    expect(viewer.heard[0]).toMatchObject({ type: "hello" });
    const ids = [await call(), await call()];
    await viewer.hears(5);
    const events = viewer.events();
    expect(events.map(({ event }) => event.type).toSorted()).toEqual([
      "finished",
      "finished",
      "started",
      "started",
    ]);
    for (const id of ids) {
      const own = events.filter(({ event }) => event.executionId === id);
      expect(own.map(({ event }) => event.type)).toEqual(["started", "finished"]);
      expect(own.at(-1)).toMatchObject({ execution: { id, status: "succeeded", name: "echo" } });
    }
    const seqs = viewer.heard.map(seqOf);
    expect(seqs).toEqual([...new Set(seqs)].toSorted((a, b) => a - b));
    viewer.socket.close();
  });

  it("replays what a viewer missed, with ?since=, and goes on without gap or duplicate", async () => {
    const first = await watch(team);
    await call();
    await first.hears(3);
    const last = first.heard.map(seqOf).at(-1) ?? 0;
    first.socket.close();
    const missed = [await call(), await call(), await call()];
    for (const id of missed) await endOf(id);
    const second = await watch(team, `?since=${last}`);
    missed.push(await call());
    await second.hears(9);
    const seqs = second.events().map(({ seq }) => seq);
    expect(seqs).toEqual(Array.from({ length: 8 }, (_, n) => last + 1 + n));
    expect(new Set(second.events().map(({ event }) => event.executionId))).toEqual(new Set(missed));
    second.socket.close();
  });

  it("replays nothing to a viewer that missed nothing", async () => {
    const last = await endOf(await call());
    const viewer = await watch(team, `?since=${last}`);
    await endOf(await call());
    await viewer.hears(3);
    expect(viewer.heard.map(({ type }) => type)).toEqual(["hello", "event", "event"]);
    viewer.socket.close();
  });

  it("asks a viewer that is ahead to load anew", async () => {
    const viewer = await watch(team, "?since=999999999");
    await viewer.hears(2);
    expect(viewer.heard.map(({ type }) => type)).toEqual(["hello", "reset"]);
    viewer.socket.close();
  });

  it("asks a viewer that is too far behind to load anew", async () => {
    const behind = await createTeam();
    await runInDurableObject(env.TEAM_LEDGER.getByName(behind.id), (_, state) => {
      state.storage.sql.exec("INSERT INTO events VALUES (50002, 'exe_1', 1, 'started', '{}')");
    });
    // So that it reads its sequence anew.
    await evictDurableObject(env.TEAM_LEDGER.getByName(behind.id));
    const far = await watch(behind, "?since=1");
    await far.hears(2);
    expect(far.heard).toEqual([
      { type: "hello", seq: 50002 },
      { type: "reset", seq: 50002 },
    ]);
    const near = await watch(behind, "?since=2");
    await near.hears(2);
    expect(near.heard.at(-1)).toMatchObject({ type: "event", seq: 50002, execution: null });
  });

  it("answers a ping", async () => {
    const viewer = await watch(team);
    viewer.socket.send("ping");
    await expect.poll(() => viewer.texts).toEqual(["pong"]);
    viewer.socket.close();
  });

  it("tells a team nothing of another", async () => {
    const stranger = await watch(await createTeam());
    const own = await watch(team);
    await call();
    await own.hears(3);
    expect(stranger.heard).toEqual([{ type: "hello", seq: 0 }]);
    own.socket.close();
    stranger.socket.close();
  });

  it.each([
    { who: "nobody", headers: {}, path: "", status: 401 },
    {
      who: "a nonsense key",
      headers: { authorization: "Bearer pb_nonsense" },
      path: "",
      status: 401,
    },
  ])("is closed to $who", async ({ headers, path, status }) => {
    const response = await open(path, headers);
    expect(response.status).toBe(status);
    expect(response.webSocket).toBeNull();
  });

  it("has places for so many, and for a fifth of them by one person, key or session", async () => {
    const busy = await createTeam();
    const first = await watch(busy);
    const ledger = env.TEAM_LEDGER.getByName(busy.id);
    const full = (most: number, ids: string[]) =>
      runInDurableObject(ledger, (_, state) =>
        openViewers(state, {
          readNews: () => ({ news: [], upTo: 0, done: true }),
          last: 0,
          most,
        }).full(ids),
      );
    expect([await full(1, []), await full(2, [])]).toEqual(["all", null]);
    const { personId, keyId } = busy;
    expect(await full(5, [personId])).toBe("own");
    expect(await full(5, ["per_other", keyId])).toBe("own");
    expect([await full(5, ["per_other"]), await full(6, [personId])]).toEqual([null, null]);
    first.socket.close();
  });

  it.each([
    { status: 503, code: "overloaded" },
    { status: 429, code: "rate_limited" },
  ])("says with $code what to do where there is no room", async ({ status, code }) => {
    const full = { fetch: async () => new Response(null, { status }) };
    const request = new Request("http://127.0.0.1/api/v1/live", {
      headers: { upgrade: "websocket", authorization: `Bearer ${team.apiKey}` },
    });
    const settings = { ...env, TEAM_LEDGER: { getByName: () => full } } as unknown as Env;
    const refused = await hub.fetch(request, settings, createExecutionContext());
    expect(refused.status).toBe(status);
    expect(refused.headers.get("retry-after")).toBe("30");
    const message = expect.stringContaining("Close pages nobody looks at");
    expect(await refused.json()).toMatchObject({ error: { code, message } });
  });

  it("refuses what is no WebSocket, and a sequence number that is none", async () => {
    expect(await team.ask("/api/v1/live")).toMatchObject({
      status: 400,
      body: { error: { code: "invalid_input" } },
    });
    const headers = { upgrade: "websocket" };
    expect(await team.ask("/api/v1/live?since=yesterday", { headers })).toMatchObject({
      status: 400,
    });
  });
});
