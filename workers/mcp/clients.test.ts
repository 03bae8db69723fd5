import { createExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { McpClientPage, type McpClient } from "../../shared/contracts/clients";
import { LiveMessage } from "../../shared/contracts/live";
import { metaKey, type Era, type JsonObject } from "../connectors";
import hub from "../index";
import { createTeam, type TestTeam } from "../testing/team";
import { mcpClient } from "./test-client";

let team: TestTeam;
beforeEach(async () => {
  team = await createTeam();
});
afterEach(() => {
  vi.useRealTimers();
});

const clientsOf = async (of: TestTeam, query = ""): Promise<McpClient[]> =>
  McpClientPage.parse((await of.ask(`/api/v1/clients${query}`)).body).items;

/** The first request of a client of this era, and one of those that follow. */
const eras: Record<Era, { open: string; next: string }> = {
  legacy: { open: "initialize", next: "ping" },
  modern: { open: "server/discover", next: "tools/list" },
};

/** One request of a client that says this of itself. */
function speak(of: TestTeam, era: Era, clientInfo: unknown, method = eras[era].open) {
  const legacy = { protocolVersion: "2025-06-18", capabilities: {}, clientInfo };
  const params: JsonObject =
    era === "modern"
      ? { _meta: { [metaKey.clientInfo]: clientInfo } }
      : method === "initialize"
        ? legacy
        : {};
  return mcpClient(of, { era, headers: { "user-agent": "desk/1.4" } })(method, params);
}

const desk = { name: "desk", title: "Desk", version: "1.4" };

describe.each<Era>(["legacy", "modern"])("a %s client", (era) => {
  it("is listed once it has spoken, once, under its key", async () => {
    const before = Date.now();
    await speak(team, era, desk);
    await speak(team, era, desk);
    await speak(team, era, desk, eras[era].next);
    const clients = await clientsOf(team);
    expect(clients).toEqual([
      {
        id: expect.stringMatching(/^cli_/),
        ...desk,
        protocolVersion: era === "modern" ? "2026-07-28" : "2025-06-18",
        userAgent: "desk/1.4",
        keyId: team.keyId,
        grantId: null,
        personId: team.personId,
        firstSeenAt: expect.any(Number),
        lastSeenAt: expect.any(Number),
      },
    ]);
    expect(clients[0]?.firstSeenAt).toBeGreaterThanOrEqual(before);
  });

  it("is noted at most once a minute, and goes on being noted", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    const begin = Date.now();
    const seenAfter = async (ms: number) => {
      vi.setSystemTime(begin + ms);
      await speak(team, era, desk, eras[era].next);
      return ((await clientsOf(team))[0]?.lastSeenAt ?? 0) - begin;
    };
    await speak(team, era, desk);
    expect(await seenAfter(30_000)).toBe(0);
    expect(await seenAfter(59_999)).toBe(0);
    expect(await seenAfter(60_000)).toBe(60_000);
    expect(await seenAfter(90_000)).toBe(60_000);
    expect(await seenAfter(150_000)).toBe(150_000);
    expect((await clientsOf(team))[0]?.firstSeenAt).toBe(begin);
  });

  it("is told apart by its name and by its key", async () => {
    const other = await team.join("member");
    await speak(team, era, desk);
    await speak(team, era, { ...desk, name: "shop" });
    await speak(other, era, desk);
    const said = (await clientsOf(team)).map(({ name, keyId }) => `${name} ${keyId}`);
    const expected = [`desk ${team.keyId}`, `shop ${team.keyId}`, `desk ${other.keyId}`];
    expect(said.toSorted()).toEqual(expected.toSorted());
    expect(await clientsOf(team, `?key=${other.keyId}`)).toMatchObject([{ keyId: other.keyId }]);
    expect(await clientsOf(await createTeam())).toEqual([]);
  });

  it("cannot say more of itself than is shown", async () => {
    const long = "x".repeat(1000);
    await speak(team, era, { name: `a\u202eb\n${long}`, title: 7, version: long });
    expect(await clientsOf(team)).toMatchObject([
      { name: `ab${"x".repeat(96)}`, title: null, version: "x".repeat(100) },
    ]);
  });

  it("is not listed when it is refused, or has no name that could be shown", async () => {
    await speak(team, era, { name: "\u0000 ", version: "1" });
    await speak({ ...team, ask: (_, init) => team.ask("/mcp/c/nobody", init) }, era, desk);
    expect(await clientsOf(team)).toEqual([]);
  });
});

it("is shown to live viewers of its own team as it comes", async () => {
  const watch = async (of: TestTeam) => {
    const request = new Request("http://127.0.0.1/api/v1/live", {
      headers: { upgrade: "websocket", authorization: `Bearer ${of.apiKey}` },
    });
    const { webSocket } = await hub.fetch(request, env, createExecutionContext());
    const heard: LiveMessage[] = [];
    webSocket?.addEventListener("message", ({ data }) => {
      heard.push(LiveMessage.parse(JSON.parse(String(data))));
    });
    webSocket?.accept();
    await expect.poll(() => heard.length).toBe(1);
    return { heard, close: () => webSocket?.close() };
  };
  const [own, foreign] = [await watch(team), await watch(await createTeam())];
  await speak(team, "legacy", desk);
  await expect.poll(() => own.heard.length).toBe(2);
  const [client] = await clientsOf(team);
  expect(own.heard[1]).toEqual({ type: "client", client });
  expect(foreign.heard).toMatchObject([{ type: "hello" }]);
  own.close();
  foreign.close();
});

it("a later request of a legacy client that nobody has introduced notes nothing", async () => {
  await speak(team, "legacy", desk, "ping");
  expect(await clientsOf(team)).toEqual([]);
});

it.each(["cursor=x", "cursor=1.cli_", "limit=0", `key=${"k".repeat(101)}`])(
  "the list refuses ?%s",
  async (query) => {
    const refused = await team.ask(`/api/v1/clients?${query}`);
    expect(refused).toMatchObject({ status: 400, body: { error: { code: "invalid_input" } } });
  },
);
