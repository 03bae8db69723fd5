import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { told, unknownLike } from "../testing/answers";
import { connectedClient } from "../testing/oauth-client";
import { openApi, routesOf } from "../testing/routes";
import { placesOf, unlimited, withId, type Route } from "../testing/sweep";
import { askHub, connectServer, createTeam, signIn, type TestTeam } from "../testing/team";

const routes = routesOf(await openApi());

let team: TestTeam;
let owner: TestTeam;
let own: { id: string; slug: string };
let common: { id: string };
let tool: { id: string; exposedName: string };
let execution: string;
/** What of it a request can name, by kind. */
let names: Partial<Record<string, string[]>>;

const personal = (of: TestTeam, body: object = {}) =>
  of.ask("/api/v1/connections", {
    body: {
      connector: "mcp",
      name: "Walrus",
      owner: "person",
      config: { url: env.FIXTURE_URL, headers: { "x-key": "the-walrus-key-of-the-test" } },
      ...body,
    },
  });

beforeAll(async () => {
  team = await createTeam();
  owner = await team.join("member");
  common = (await connectServer(team, { name: "Common" })).body;
  const made = await personal(owner);
  expect(made.status, made.text).toBe(201);
  own = made.body;
  const { body } = await owner.ask(`/api/v1/tools?connection=${own.id}&query=echo&limit=200`);
  tool = body.items.find(({ name }: { name: string }) => name === "echo");
  const called = await owner.ask(`/api/v1/tools/${tool.id}/call`, {
    body: { arguments: { message: "mine" } },
    headers: { "idempotency-key": "walrus-once" },
  });
  execution = called.body.execution.id;
  while ((await owner.ask(`/api/v1/executions/${execution}`)).body.status !== "succeeded")
    await scheduler.wait(20);
  names = {
    connection: [own.id, own.slug],
    tool: [tool.id, tool.exposedName],
    toolName: [tool.exposedName],
    execution: [execution],
  };
});

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

/** One request that names a thing of somebody's own, or one that looks like it and that nobody has. */
function ask(route: Route, at: ReturnType<typeof placesOf>[number], of: Asked, id: string) {
  const { example, method } = route;
  const path = route.path.replace(
    "{id}",
    at.in === "path" ? encodeURIComponent(id) : unknownLike(common.id),
  );
  const query = at.in === "query" ? `?${at.name}=${encodeURIComponent(id)}` : "";
  return askHub(path + query, {
    ...example.request,
    method,
    env: unlimited,
    ...(at.in === "body" ? { body: withId(example.request?.body, at.name, id) } : {}),
    headers: { ...example.request?.headers, ...of },
  });
}
type Asked = Record<string, string>;

describe("a connection of one's own, for others of the team", () => {
  it.each<[string, () => Promise<Asked>]>([
    ["the team's owner", async () => bearer(team.apiKey)],
    ["the team's owner with a session", async () => signIn(team)],
    ["an admin", async () => bearer((await team.join("admin")).apiKey)],
    ["another member", async () => bearer((await team.join("member")).apiKey)],
    ["a viewer", async () => bearer((await team.join("viewer")).apiKey)],
  ])("is as unknown to %s as one that nobody has, at every route", async (_, caller) => {
    const headers = await caller();
    let asked = 0;
    for (const route of routes) {
      if (route.example.sessionOnly || route.example.permission === undefined) continue;
      for (const place of placesOf(route.example))
        for (const id of names[place.kind] ?? []) {
          const [real, unknown] = [
            await ask(route, place, headers, id),
            await ask(route, place, headers, unknownLike(id)),
          ];
          const where = `${route.route} ${place.in} ${place.name}`;
          expect(told(real, id), where).toBe(told(unknown, id));
          expect(real.text.replaceAll(id, ""), where).not.toMatch(/walrus/i);
          asked += 1;
        }
    }
    expect(asked).toBeGreaterThan(30);
    expect((await owner.ask(`/api/v1/connections/${own.id}`)).status).toBe(200);
  });

  it("is in no list, count or stream of theirs", async () => {
    const admin = await team.join("admin");
    for (const path of [
      "connections",
      "connections?owner=person",
      "connections?query=walrus",
      "connections/export",
      "tools?limit=200",
      "tools?query=walrus&limit=200",
      "executions?limit=200",
      "executions/summary",
      "notices",
    ]) {
      const { status, text } = await admin.ask(`/api/v1/${path}`);
      expect(status, path).toBe(200);
      expect(text, path).not.toMatch(/walrus/i);
      for (const id of Object.values(names).flat()) expect(text, path).not.toContain(id);
    }
    expect((await admin.ask("/api/v1/executions/summary")).body.total).toBe(0);
  });

  it("is nothing at /mcp to the client of another member, nor to a machine client of all connections", async () => {
    const admin = await team.join("admin");
    const list = async (headers: Asked) =>
      (
        await askHub("/mcp", {
          body: { jsonrpc: "2.0", id: 1, method: "tools/list", params: {} },
          headers,
        })
      ).text;
    const client = await connectedClient(admin);
    const theirs = await list(bearer(client.tokens.access_token));
    expect(theirs).toContain("common__echo");
    expect(theirs).not.toContain("walrus__");
    const mine = await connectedClient(owner);
    expect(await list(bearer(mine.tokens.access_token))).toContain("walrus__echo");

    const machine = await admin.ask("/api/v1/machine-clients", {
      body: { name: "Nightly", scopes: ["tools.read", "tools.call"], connections: null },
    });
    expect(machine.status, machine.text).toBe(201);
    const { clientId, clientSecret } = machine.body;
    const { body } = await askHub("/oauth/token", {
      method: "POST",
      body: new URLSearchParams({
        grant_type: "client_credentials",
        client_id: clientId ?? machine.body.id,
        client_secret: clientSecret,
        resource: "http://127.0.0.1/mcp",
      }).toString(),
      headers: { "content-type": "application/x-www-form-urlencoded" },
    });
    const tools = await list(bearer(body.access_token));
    expect(tools).toContain("common__echo");
    expect(tools).not.toContain("walrus__");
  });

  it("is closed to open pages that were there before it", async () => {
    const admin = await team.join("admin");
    const { body } = await admin.ask("/api/v1/me");
    expect(body).toBeDefined();
    const watched = await env.TEAM_LEDGER.getByName(team.id).fetch("https://ledger/live", {
      headers: {
        upgrade: "websocket",
        "x-viewer": JSON.stringify({
          epoch: 0,
          ids: [admin.personId],
          hidden: [],
          expiresAt: null,
        }),
      },
    });
    const socket = watched.webSocket;
    if (!socket) throw new Error("There is no socket.");
    socket.accept();
    const closed = new Promise<number>((resolve) =>
      socket.addEventListener("close", ({ code }) => {
        resolve(code);
      }),
    );
    expect((await personal(owner, { name: "Second walrus" })).status).toBe(201);
    expect(await closed).toBe(4408);
  });
});

describe("a connection of one's own, for whose it is", () => {
  it("is changed, tried and shown as such with connections.own alone", async () => {
    expect((await owner.ask(`/api/v1/connections/${own.id}`)).body.owner).toEqual({
      kind: "person",
      personId: owner.personId,
    });
    const { items } = (await owner.ask("/api/v1/connections?owner=person")).body;
    expect(items.map(({ id }: { id: string }) => id)).toContain(own.id);
    expect((await owner.ask("/api/v1/connections?owner=team")).body.items).toMatchObject([
      { id: common.id },
    ]);
    const path = `/api/v1/connections/${own.id}`;
    expect((await owner.ask(`${path}/test`, { method: "POST" })).body.ok).toBe(true);
    const renamed = await owner.ask(path, { method: "PATCH", body: { rotateEveryDays: 90 } });
    expect(renamed.body.auth.rotateEveryDays).toBe(90);
    expect(
      (await owner.ask(`/api/v1/connections/${common.id}/test`, { method: "POST" })).status,
    ).toBe(403);
  });

  it("has no access list", async () => {
    const maker = await team.join("admin");
    const { body } = await personal(maker, { name: "Otter" });
    const path = `/api/v1/connections/${body.id}/access`;
    const refused = { status: 409, body: { error: { code: "conflict" } } };
    expect(await maker.ask(path)).toMatchObject(refused);
    const access = { restricted: true, roles: [], people: [], needsSecondFactor: false };
    expect(await maker.ask(path, { method: "PUT", body: access })).toMatchObject(refused);
  });

  it("sends none of the team's secrets anywhere, unless they may configure the team's connections", async () => {
    await team.ask("/api/v1/secrets", {
      body: { name: "WALRUS_TOKEN", value: "a-secret-of-the-whole-team" },
    });
    const config = { url: env.FIXTURE_URL, headers: { "x-key": "{{secrets.WALRUS_TOKEN}}" } };
    expect(await personal(owner, { name: "Thief", config })).toMatchObject({
      status: 403,
      body: { error: { code: "forbidden", details: { permission: "secrets.write" } } },
    });
    const path = `/api/v1/connections/${own.id}`;
    expect((await owner.ask(path, { method: "PATCH", body: { config } })).status).toBe(403);
    const admin = await team.join("admin");
    expect((await personal(admin, { name: "Mine", config })).status).toBe(201);
  });
});
