import { createExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { permissionsOf } from "../../../shared/roles";
import hub from "../../index";
import {
  askHub,
  connectServer,
  createTeam,
  signIn,
  toolNamed,
  type TestTeam,
} from "../../testing/team";

const day = 24 * 60 * 60_000;
const cleared = "__Host-plugboard=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0";

let team: TestTeam;
let page: { cookie: string; origin: string };
beforeEach(async () => {
  team = await createTeam();
  page = await signIn(team);
});
afterEach(() => {
  vi.useRealTimers();
});

const me = (headers: Record<string, string>) => askHub("/api/v1/me", { headers });
const signOut = (headers: Record<string, string>) =>
  askHub("/api/auth/sign-out", { method: "POST", headers });
const rpc = (method: string) => ({ jsonrpc: "2.0", id: 1, method, params: {} });
async function entriesOf(action: string) {
  const { results } = await env.DB.prepare(
    "SELECT * FROM audit_entries WHERE team_id = ? AND action = ?",
  )
    .bind(team.id, action)
    .all();
  return results;
}

describe("a session", () => {
  it("is the person, with their role and nothing secret", async () => {
    const { body, text } = await me({ cookie: page.cookie });
    expect(body).toEqual({
      team: { id: team.id, name: `Team ${team.id}` },
      person: { id: team.personId, name: "Somebody" },
      role: "owner",
      permissions: [...permissionsOf("owner")],
      apiKey: null,
      session: { id: expect.stringMatching(/^ses_/), expiresAt: expect.any(Number) },
    });
    expect(text).not.toContain(page.cookie.split("=")[1]);
  });

  it("calls tools, and the record says who did", async () => {
    await connectServer(team);
    const echo = await toolNamed(team, "echo");
    const { status, body } = await askHub(`/api/v1/tools/${echo.id}/call`, {
      body: { arguments: { message: "hi" } },
      headers: page,
    });
    expect(status).toBe(200);
    const read = () => askHub(`/api/v1/executions/${body.execution.id}`, { headers: page });
    await expect
      .poll(async () => (await read()).body.actor)
      .toEqual({
        kind: "user",
        id: team.personId,
        personId: team.personId,
      });
  });

  it("signs what its person changes", async () => {
    const { body } = await askHub("/api/v1/api-keys", { body: { name: "Mine" }, headers: page });
    expect(await entriesOf("api_key.create")).toMatchObject([
      { actor_kind: "user", actor_id: team.personId, subject_id: body.id },
    ]);
  });

  it("stands beside other cookies", async () => {
    const { cookie } = page;
    for (const sent of [`a=b; ${cookie}`, `${cookie}; a=b`, `a=b;${cookie};c=d`])
      expect((await me({ cookie: sent })).status).toBe(200);
  });

  it.each([
    ["under another name", (cookie: string) => cookie.replace("__Host-", "")],
    ["as the end of another name", (cookie: string) => `x${cookie}`],
    ["cut short", (cookie: string) => cookie.slice(0, -1)],
    ["with more at its end", (cookie: string) => `${cookie}x`],
    ["that nobody has", (cookie: string) => cookie.replace(/=\w{32}/, `=${"a".repeat(32)}`)],
  ])("is none %s", async (_, spoilt) => {
    expect((await me({ cookie: spoilt(page.cookie) })).status).toBe(401);
  });

  it("gives way to a key that is sent along, whether that counts or not", async () => {
    const member = await team.join("member");
    const { body } = await me({ ...page, authorization: `Bearer ${member.apiKey}` });
    expect(body).toMatchObject({ role: "member", session: null, apiKey: { id: member.keyId } });
    expect((await me({ ...page, authorization: "Bearer pb_nonsense" })).status).toBe(401);
    expect((await me({ ...page, authorization: "" })).status).toBe(401);
  });

  it("is not taken at /mcp, nor its secret as a key anywhere", async () => {
    const authorization = `Bearer ${page.cookie.split("=")[1] ?? ""}`;
    expect((await me(page)).status).toBe(200);
    for (const path of ["/mcp", "/mcp/c/fixture"])
      for (const headers of [page, { authorization }, { ...page, authorization }])
        expect((await askHub(path, { body: rpc("tools/list"), headers })).status).toBe(401);
    expect((await me({ authorization })).status).toBe(401);
  });

  it("ends after seven days, to the millisecond, also where it was just used", async () => {
    const now = Date.now();
    vi.useFakeTimers({ toFake: ["Date"], now });
    const known = await signIn(team);
    vi.setSystemTime(now + 7 * day - 1);
    expect((await me(known)).status).toBe(200);
    vi.setSystemTime(now + 7 * day);
    const refused = await me(known);
    expect(refused).toMatchObject({ status: 401, body: { error: { code: "unauthorized" } } });
    expect(refused.body.error.message).toContain("Your session has ended");
  });

  it("is good for nothing in a team its person has left", async () => {
    expect((await me(page)).status).toBe(200);
    await env.DB.prepare("DELETE FROM members WHERE person_id = ?").bind(team.personId).run();
    await env.TEAM_GATE.getByName(team.id).bump();
    expect(await me(page)).toMatchObject({ status: 403, body: { error: { code: "no_team" } } });
  });
});

describe("a page of another site", () => {
  const changes = [
    ["POST", "/api/v1/api-keys", { name: "Theirs" }],
    ["POST", "/api/v1/tools/tool_1/call", { arguments: {} }],
    ["PATCH", "/api/v1/tools/tool_1", { timeoutMs: 1000 }],
    ["DELETE", "/api/v1/api-keys/key_1", undefined],
    ["POST", "/api/auth/sign-out", undefined],
  ] as const;

  it.each(changes)(
    "changes nothing with somebody's session (%s %s)",
    async (method, path, body) => {
      const { cookie } = page;
      const ask = (headers: Record<string, string>) =>
        askHub(path, { method, headers, ...(body === undefined ? {} : { body }) });
      for (const headers of [
        { cookie },
        { cookie, origin: "null" },
        { cookie, origin: "http://127.0.0.1.evil.example" },
        { cookie, origin: "http://127.0.0.1:8788" },
      ])
        expect(await ask(headers)).toMatchObject({
          status: 403,
          body: { error: { code: "forbidden" } },
        });
      expect((await ask({ cookie })).body.error.message).toContain("Origin");
      expect((await me(page)).status).toBe(200);
      expect((await ask(page)).status).not.toBe(403);
    },
  );

  it("cannot listen with it", async () => {
    const open = (headers: Record<string, string>) =>
      hub.fetch(
        new Request("http://127.0.0.1/api/v1/live", {
          headers: { upgrade: "websocket", cookie: page.cookie, ...headers },
        }),
        env,
        createExecutionContext(),
      );
    expect((await open({})).status).toBe(403);
    expect((await open({ origin: "http://evil.example" })).status).toBe(403);
    const opened = await open({ origin: page.origin });
    expect(opened.status).toBe(101);
    opened.webSocket?.accept();
    opened.webSocket?.close();
  });
});

describe("signing out", () => {
  it("ends the session at once, clears the cookie and leaves an entry", async () => {
    const other = await signIn(team);
    await connectServer(team);
    const echo = await toolNamed(team, "echo");
    const call = () =>
      askHub(`/api/v1/tools/${echo.id}/call`, {
        body: { arguments: { message: "hi" } },
        headers: page,
      });
    const { body } = await me(page);
    expect((await call()).status).toBe(200);
    const out = await signOut(page);
    expect(out.status).toBe(204);
    expect(out.headers.get("set-cookie")).toBe(cleared);
    expect((await call()).status).toBe(401);
    expect((await me(page)).status).toBe(401);
    expect((await me(other)).status).toBe(200);
    expect(await entriesOf("session.end")).toMatchObject([
      { subject_id: body.session.id, actor_kind: "user", person_id: team.personId },
    ]);
  });

  it("clears the cookie where there is no session, and writes nothing", async () => {
    await signOut(page);
    const nobody = {
      cookie: `__Host-plugboard=${"a".repeat(32)}.${"a".repeat(43)}%3D`,
      origin: page.origin,
    };
    for (const headers of [{}, page, nobody, { authorization: `Bearer ${team.apiKey}` }]) {
      const out = await signOut(headers);
      expect(out.status).toBe(204);
      expect(out.headers.get("set-cookie")).toBe(cleared);
    }
    expect(await entriesOf("session.end")).toHaveLength(1);
    expect((await team.ask("/api/v1/me")).status).toBe(200);
  });
});
