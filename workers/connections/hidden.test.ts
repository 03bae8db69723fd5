import { createExecutionContext, evictDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { newId } from "../../shared/ids";
import hub from "../index";
import { makeRole, giveRole } from "../testing/people";
import { connectServer, createTeam, type TestRequest, type TestTeam } from "../testing/team";

const nobody = newId("con");
const rpc = (method: string, params: object = {}): TestRequest => ({
  body: { jsonrpc: "2.0", id: 1, method, params },
});
const modern = (method: string, params: object = {}): TestRequest => ({
  body: {
    jsonrpc: "2.0",
    id: 1,
    method,
    params: {
      ...params,
      _meta: {
        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientInfo": { name: "t", version: "1" },
        "io.modelcontextprotocol/clientCapabilities": {},
      },
    },
  },
  headers: { "mcp-protocol-version": "2026-07-28", "mcp-method": method },
});

let team: TestTeam;
let named: TestTeam;
let outside: TestTeam;
let hidden: { id: string; slug: string };
let tool: { id: string; exposedName: string };
let execution: string;
let nobodysExecution: string;

const restrict = (who: object) =>
  team.ask(`/api/v1/connections/${hidden.id}/access`, {
    method: "PUT",
    body: { restricted: true, roles: [], people: [], needsSecondFactor: false, ...who },
  });
const open = (needsSecondFactor = false) =>
  team.ask(`/api/v1/connections/${hidden.id}/access`, {
    method: "PUT",
    body: { restricted: false, roles: [], people: [], needsSecondFactor },
  });
const call = (who: TestTeam, headers: Record<string, string> = {}) =>
  who.ask(`/api/v1/tools/${tool.id}/call`, { body: { arguments: { message: "hi" } }, headers });
const told = (text: string, ...names: string[]) =>
  names
    .reduce((rest, name) => rest.replaceAll(name, "<it>"), text)
    .replaceAll(/req_[0-9a-z]{26}/g, "<request>");

beforeAll(async () => {
  team = await createTeam();
  hidden = (await connectServer(team, { name: "Secret" })).body;
  await connectServer(team, { name: "Common", url: `${env.FAULTS_URL}/f/healthy/mcp` });
  const { body } = await team.ask("/api/v1/tools?connection=secret&query=echo&limit=200");
  tool = body.items.find(({ name }: { name: string }) => name === "echo");
  [named, outside] = [await team.join("member"), await team.join("member")];
  // So that the isolate remembers everything for others before it is asked for somebody who may not see it.
  await outside.ask("/mcp", rpc("tools/list"));
  execution = (await call(outside)).body.execution.id;
  nobodysExecution = newId("exe");
  while ((await team.ask(`/api/v1/executions/${execution}`)).body.status !== "succeeded")
    await scheduler.wait(20);
  expect((await restrict({ people: [named.personId] })).status).toBe(200);
  await team.ask("/mcp", rpc("tools/list"));
  await call(team);
});

describe("a connection that does not exist for somebody", () => {
  it.each<[string, () => string, TestRequest]>([
    ["its id", () => hidden.id, {}],
    ["its slug", () => hidden.slug, {}],
    ["a test", () => `${hidden.id}/test`, { method: "POST" }],
  ])("is as unknown as one that nobody has, by %s", async (_, path, init) => {
    const real = await outside.ask(`/api/v1/connections/${path()}`, init);
    const unknown = await outside.ask(
      `/api/v1/connections/${path().replace(hidden.id, nobody).replace(hidden.slug, "nobody")}`,
      init,
    );
    expect(real.status).toBe(unknown.status);
    expect(told(real.text, hidden.id, hidden.slug)).toBe(told(unknown.text, nobody, "nobody"));
  });

  it("is in no list of connections or tools, by no filter", async () => {
    for (const path of [
      "connections",
      "connections?query=secret",
      "tools?limit=200",
      "tools?connection=secret",
      `tools?connection=${hidden.id}`,
      "tools?query=echo",
    ]) {
      const { text, status } = await outside.ask(`/api/v1/${path}`);
      expect(status).toBe(200);
      expect(text).not.toContain(hidden.id);
      expect(text).not.toContain("secret__");
    }
    expect((await outside.ask("/api/v1/connections")).body.items).toMatchObject([
      { slug: "common", restricted: false },
    ]);
    expect((await team.ask("/api/v1/connections/secret")).body.restricted).toBe(true);
  });

  it("has no tool that could be read or called, not by a name, an id or a repeated call", async () => {
    const unknown = newId("tool");
    for (const of of [tool.id, tool.exposedName]) {
      const real = await outside.ask(`/api/v1/tools/${of}`);
      expect(real.status).toBe(404);
      expect(told(real.text, of)).toBe(
        told((await outside.ask(`/api/v1/tools/${unknown}`)).text, unknown),
      );
    }
    const nobodys = await outside.ask(`/api/v1/tools/${unknown}/call`, {
      body: { arguments: { message: "hi" } },
    });
    const called = await call(outside);
    expect(called.status).toBe(404);
    expect(told(called.text, tool.id)).toBe(told(nobodys.text, unknown));

    await open();
    const again = { "idempotency-key": "once-and-again" };
    expect((await call(outside, again)).status).toBe(200);
    await restrict({ people: [named.personId] });
    expect((await call(outside, again)).status).toBe(404);
  });

  it("has no executions, events or counts", async () => {
    for (const path of ["", "/events"]) {
      const real = await outside.ask(`/api/v1/executions/${execution}${path}`);
      expect(real.status).toBe(404);
      expect(told(real.text, execution)).toBe(
        told(
          (await outside.ask(`/api/v1/executions/${nobodysExecution}${path}`)).text,
          nobodysExecution,
        ),
      );
    }
    for (const query of ["", `?connection=${hidden.id}`, `?tool=${tool.id}`, "?query=echo"])
      expect((await outside.ask(`/api/v1/executions${query}`)).body.items).toEqual([]);
    expect(told((await outside.ask("/api/v1/executions?connection=secret")).text, "secret")).toBe(
      told((await outside.ask("/api/v1/executions?connection=nobody")).text, "nobody"),
    );
    expect((await outside.ask("/api/v1/executions/summary")).body.total).toBe(0);
    expect((await named.ask("/api/v1/executions/summary")).body.total).toBeGreaterThan(0);
    expect((await named.ask(`/api/v1/executions/${execution}`)).status).toBe(200);
  });

  it.each([
    ["tools/list", {}],
    ["prompts/list", {}],
    ["resources/list", {}],
    ["resources/templates/list", {}],
  ])("offers nothing at /mcp, by %s", async (method, params) => {
    for (const request of [rpc, modern]) {
      const everything = await team.ask("/mcp", request(method, params));
      const less = await outside.ask("/mcp", request(method, params));
      const itemsOf = ({ body }: typeof less): { name: string; uri?: string }[] =>
        Object.values(body.result).find(Array.isArray) as [];
      expect(less.status).toBe(200);
      expect(less.text).not.toContain("secret");
      expect(itemsOf(less).length).toBeLessThan(itemsOf(everything).length);
      expect((await named.ask("/mcp", request(method, params))).text).toBe(everything.text);
      // Asked again, both out of memory.
      expect((await outside.ask("/mcp", request(method, params))).text).toBe(less.text);
      expect((await team.ask("/mcp", request(method, params))).text).toBe(everything.text);
    }
  });

  it.each<[string, object, object]>([
    [
      "tools/call",
      { name: "secret__echo", arguments: { message: "hi" } },
      { name: "nobody__echo", arguments: { message: "hi" } },
    ],
    ["prompts/get", { name: "secret__test_simple_prompt" }, { name: "nobody__test_simple_prompt" }],
    ["resources/read", { uri: "secret+test://static-text" }, { uri: "nobody+test://static-text" }],
    ["resources/subscribe", { uri: "secret+test://x" }, { uri: "nobody+test://x" }],
    [
      "completion/complete",
      { ref: { type: "ref/prompt", name: "secret__test_prompt_with_arguments" }, argument: {} },
      { ref: { type: "ref/prompt", name: "nobody__test_prompt_with_arguments" }, argument: {} },
    ],
  ])("answers nothing at /mcp to %s", async (method, params, unknown) => {
    const [real, nobodys] = [
      await outside.ask("/mcp", rpc(method, params)),
      await outside.ask("/mcp", rpc(method, unknown)),
    ];
    expect(real.text).toContain("error");
    expect(told(real.text, "secret")).toBe(told(nobodys.text, "nobody"));
  });

  it("answers nothing at an address of its own", async () => {
    for (const request of [
      rpc("tools/list"),
      rpc("tools/call", { name: "echo", arguments: { message: "hi" } }),
      rpc("prompts/get", { name: "test_simple_prompt" }),
      rpc("resources/read", { uri: "test://static-text" }),
      rpc("initialize", {
        protocolVersion: "2025-11-25",
        capabilities: {},
        clientInfo: { name: "t", version: "1" },
      }),
      modern("server/discover"),
      modern("subscriptions/listen", { notifications: { toolsListChanged: true } }),
    ])
      for (const [name, unknown] of [
        [hidden.slug, "nobody"],
        [hidden.id, nobody],
      ] as const) {
        const real = told((await outside.ask(`/mcp/c/${name}`, request)).text, name);
        expect(real).toContain("no connection");
        expect(real).toBe(told((await outside.ask(`/mcp/c/${unknown}`, request)).text, unknown));
      }
    expect(
      (await named.ask("/mcp/c/secret", rpc("tools/list"))).body.result.tools.length,
    ).toBeGreaterThan(0);
  });
});

describe("access to a connection", () => {
  it("is given by role, and taken back, from the next request on", async () => {
    const role = await makeRole(team, ["connections.read", "tools.read", "tools.call"]);
    const analyst = await team.join("member");
    await giveRole(analyst, role);
    const status = async (who: TestTeam) => (await who.ask("/api/v1/connections/secret")).status;
    expect(await status(analyst)).toBe(404);
    await restrict({ roles: [role], people: [named.personId] });
    expect([await status(analyst), await status(named), await status(outside)]).toEqual([
      200, 200, 404,
    ]);
    expect((await call(analyst)).status).toBe(200);
    // A role that is deleted opens nothing.
    await giveRole(analyst, "member");
    await restrict({ roles: [role] });
    expect((await team.ask(`/api/v1/roles/${role}`, { method: "DELETE" })).status).toBe(204);
    expect((await team.ask("/api/v1/connections/secret/access")).body).toEqual({
      restricted: true,
      roles: [],
      people: [],
      needsSecondFactor: false,
    });
    expect(await status(analyst)).toBe(404);
    expect(await status(await team.join("admin"))).toBe(200);
    await restrict({ people: [named.personId] });
  });

  it("names only roles and people of the team, and none where everybody has it", async () => {
    const stranger = await createTeam();
    const foreign = await makeRole(stranger, ["tools.read"]);
    for (const [field, body] of [
      ["body.people", { people: [stranger.personId] }],
      ["body.people", { people: ["per_00000000000000000000000000"] }],
      ["body.roles", { roles: [foreign] }],
      ["body.roles", { roles: ["superuser"] }],
      ["body.restricted", { restricted: false, people: [named.personId] }],
    ] as const)
      expect((await restrict(body)).body.error).toMatchObject({
        code: "invalid_input",
        details: { field },
      });
    expect((await team.ask("/api/v1/connections/secret/access")).body.people).toEqual([
      named.personId,
    ]);
  });

  it("can ask for a second factor behind whoever calls, over REST and at /mcp", async () => {
    await restrict({ people: [named.personId], needsSecondFactor: true });
    expect((await named.ask("/api/v1/connections/secret")).body.needsSecondFactor).toBe(true);
    for (const who of [named, team])
      expect(await call(who)).toMatchObject({
        status: 403,
        body: { error: { code: "second_factor_required" } },
      });
    for (const request of [
      rpc("tools/call", { name: "secret__echo", arguments: { message: "hi" } }),
      rpc("prompts/get", { name: "secret__test_simple_prompt" }),
    ])
      expect((await named.ask("/mcp", request)).text).toContain("second_factor_required");
    expect(
      (await outside.ask("/mcp", rpc("tools/call", { name: "secret__echo" }))).text,
    ).not.toContain("second");
    // Nor is it done away with by somebody who has shown none.
    const without = await restrict({ people: [named.personId] });
    expect(without.body.error.code).toBe("second_factor_required");
    for (const { keyId } of [named, team])
      await env.DB.prepare("UPDATE api_keys SET second_factor_at = 1 WHERE id = ?")
        .bind(keyId)
        .run();
    await env.TEAM_GATE.getByName(team.id).bump();
    expect((await call(named)).status).toBe(200);
    expect((await restrict({ people: [named.personId] })).status).toBe(200);
  });

  it("leaves nothing behind where the connection is deleted, and an entry where it was changed", async () => {
    const { body } = await connectServer(team, {
      name: "Short",
      url: `${env.FAULTS_URL}/f/healthy/mcp`,
    });
    const access = { restricted: true, roles: ["viewer"], people: [], needsSecondFactor: false };
    await team.ask(`/api/v1/connections/${body.id}/access`, { method: "PUT", body: access });
    const { items } = (await team.ask("/api/v1/audit?limit=1")).body;
    expect(items[0]).toMatchObject({
      action: "connection.access",
      subjectId: body.id,
      before: { restricted: false },
      after: access,
    });
    await team.ask(`/api/v1/connections/${body.id}`, { method: "DELETE" });
    const left = env.DB.prepare(
      "SELECT count(*) AS n FROM connection_access WHERE connection_id = ?",
    );
    expect(await left.bind(body.id).first("n")).toBe(0);
  });
});

/** A viewer of the live stream, what it has heard, and how it was closed. */
async function watch(who: TestTeam, since = "") {
  const request = new Request(`http://127.0.0.1/api/v1/live${since}`, {
    headers: { upgrade: "websocket", authorization: `Bearer ${who.apiKey}` },
  });
  const { webSocket: socket } = await hub.fetch(request, env, createExecutionContext());
  const heard: any[] = [];
  const closed: number[] = [];
  socket?.addEventListener("message", ({ data }) => heard.push(JSON.parse(String(data))));
  socket?.addEventListener("close", ({ code }) => closed.push(code));
  socket?.accept();
  await expect.poll(() => heard.length).toBeGreaterThan(0);
  return { heard, closed };
}

describe("the live stream", () => {
  it("tells nobody of a connection that does not exist for them, live or replayed", async () => {
    const [first, second] = [await watch(named), await watch(outside)];
    const ran = (await call(named)).body.execution.id;
    const executions = ({ heard }: typeof first) =>
      heard.flatMap(({ event }) => (event ? [event.executionId] : []));
    await expect.poll(() => executions(first)).toContain(ran);
    expect(executions(second)).toEqual([]);
    const replayed = await watch(outside, "?since=0");
    const all = await watch(named, "?since=0");
    await expect.poll(() => executions(all)).toContain(execution);
    expect(executions(replayed)).toEqual([]);
  });

  it("knows who may hear what after the object was evicted", async () => {
    const [first, second] = [await watch(named), await watch(outside)];
    await evictDurableObject(env.TEAM_LEDGER.getByName(team.id), { webSockets: "hibernate" });
    const ran = (await call(named)).body.execution.id;
    const executions = ({ heard }: typeof first) =>
      heard.flatMap(({ event }) => (event ? [event.executionId] : []));
    await expect.poll(() => executions(first)).toContain(ran);
    expect(executions(second)).toEqual([]);
  });

  it("sends whoever watches back to be looked at anew when access changes", async () => {
    const [first, second] = [await watch(named), await watch(outside)];
    await restrict({ people: [named.personId] });
    for (const { closed } of [first, second]) await expect.poll(() => closed).toEqual([4408]);
    const back = await watch(named);
    expect(back.closed).toEqual([]);
  });

  it("ends for who was removed, and for nobody else", async () => {
    const [leaver, stays] = [await team.join("member"), await watch(outside)];
    const { closed, heard } = await watch(leaver);
    await team.ask(`/api/v1/members/${leaver.personId}`, { method: "DELETE" });
    await expect.poll(() => closed).toEqual([4401]);
    expect(heard.map(({ type }) => type)).toEqual(["hello"]);
    expect(stays.closed).toEqual([]);
  });

  it("lets nobody in late on what was known of them before they were cut off", async () => {
    const ledger = env.TEAM_LEDGER.getByName(team.id);
    const epoch = await env.TEAM_GATE.getByName(team.id).epoch();
    await restrict({ people: [named.personId] });
    const viewer = { epoch, ids: [outside.personId], hidden: [], expiresAt: null };
    const { webSocket: socket } = await ledger.fetch("https://ledger/live", {
      headers: { upgrade: "websocket", "x-viewer": JSON.stringify(viewer) },
    });
    const said: string[] = [];
    const closed: number[] = [];
    socket?.addEventListener("message", ({ data }) => said.push(String(data)));
    socket?.addEventListener("close", ({ code }) => closed.push(code));
    socket?.accept();
    await expect.poll(() => closed).toEqual([4408]);
    expect(said).toEqual([]);
  });

  it("says nothing more once the viewer's session has ended by itself", async () => {
    const ledger = env.TEAM_LEDGER.getByName(team.id);
    const epoch = await env.TEAM_GATE.getByName(team.id).epoch();
    const viewer = { epoch, ids: [named.personId], hidden: [], expiresAt: Date.now() + 1500 };
    const { webSocket: socket } = await ledger.fetch("https://ledger/live", {
      headers: { upgrade: "websocket", "x-viewer": JSON.stringify(viewer) },
    });
    const closed: number[] = [];
    const types: string[] = [];
    socket?.addEventListener("message", ({ data }) => types.push(JSON.parse(String(data)).type));
    socket?.addEventListener("close", ({ code }) => closed.push(code));
    socket?.accept();
    await scheduler.wait(1600);
    await call(named);
    await expect.poll(() => closed).toEqual([4401]);
    expect(types).toEqual(["hello"]);
  });
});
