import { env } from "cloudflare:workers";
import { drizzle } from "drizzle-orm/d1";
import { and, eq } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import type { CreatedApiKey } from "../../../shared/contracts/teams";
import { permissionsOf } from "../../../shared/roles";
import {
  askHub,
  connectServer,
  createTeam,
  signIn,
  toolNamed,
  type TestAnswer,
  type TestTeam,
} from "../../testing/team";
import { apiKeys, members, teams } from "../tables";

const day = 24 * 60 * 60_000;
let team: TestTeam;
beforeEach(async () => {
  team = await createTeam();
});

type Ask = (path: string, init?: Parameters<TestTeam["ask"]>[1]) => Promise<TestAnswer>;
const as =
  ({ apiKey }: { apiKey: string }): Ask =>
  (path, init = {}) =>
    askHub(path, { ...init, headers: { authorization: `Bearer ${apiKey}`, ...init.headers } });
const make = (ask: Ask, fields: object = {}) =>
  ask("/api/v1/api-keys", { body: { name: "Narrow", ...fields } });
async function made(ask: Ask, fields: object = {}): Promise<CreatedApiKey> {
  const { status, body, text } = await make(ask, fields);
  expect(status, text).toBe(201);
  return body;
}
const narrow = { scopes: ["tools.read", "tools.call", "keys.write"] };

describe("a key with scopes", () => {
  it("ends itself, and others only with keys.write", async () => {
    const other = await made(team.ask);
    const reader = await made((await team.join("member")).ask, { scopes: ["tools.read"] });
    const own = await made(team.ask, { scopes: ["tools.read"] });
    const end = (ask: Ask, id: string) => ask(`/api/v1/api-keys/${id}`, { method: "DELETE" });
    expect((await end(as(own), other.id)).body.error).toMatchObject({
      code: "forbidden",
      details: { permission: "keys.write" },
    });
    expect((await as(other)("/api/v1/me")).status).toBe(200);
    expect((await end(as(reader), other.id)).status).toBe(404);
    expect((await end(as(own), own.id)).status).toBe(204);
  });

  it("may do what they name and nothing else, over REST and at /mcp", async () => {
    await connectServer(team);
    const echo = await toolNamed(team, "echo");
    const ask = as(await made(team.ask, { scopes: ["tools.read"] }));
    expect((await ask("/api/v1/me")).body.permissions).toEqual(["tools.read"]);
    expect((await ask("/api/v1/tools")).status).toBe(200);
    const body = { arguments: { message: "hi" } };
    expect((await ask(`/api/v1/tools/${echo.id}/call`, { body })).body.error).toMatchObject({
      code: "forbidden",
      details: { permission: "tools.call" },
    });
    const call = {
      jsonrpc: "2.0",
      id: 1,
      method: "tools/call",
      params: { name: "fixture__echo", ...body },
    };
    expect((await ask("/mcp", { body: call })).text).toContain("tools.call");
    for (const path of ["connections", "audit", "executions"])
      expect((await ask(`/api/v1/${path}`)).status).toBe(403);
    expect((await ask("/api/v1/connections/fixture", { method: "DELETE" })).status).toBe(403);
  });

  it("has only what its person still may do", async () => {
    const admin = await team.join("admin");
    const ask = as(await made(admin.ask, { scopes: ["tools.read", "connections.write"] }));
    expect((await ask("/api/v1/me")).body.permissions).toEqual(["tools.read", "connections.write"]);
    await drizzle(env.DB)
      .update(members)
      .set({ role: "viewer" })
      .where(and(eq(members.teamId, team.id), eq(members.personId, admin.personId)));
    await env.TEAM_GATE.getByName(team.id).bump();
    expect((await ask("/api/v1/me")).body.permissions).toEqual(["tools.read"]);
  });

  it("cannot have what its maker has not", async () => {
    const member = await team.join("member");
    const refused = await make(member.ask, { scopes: ["tools.read", "audit.read"] });
    expect(refused.body.error).toMatchObject({
      code: "forbidden",
      message: expect.stringContaining("audit.read"),
      details: { permission: "audit.read" },
    });
    for (const scopes of [[], ["everything"], "tools.read"])
      expect((await make(member.ask, { scopes })).status).toBe(400);
  });
});

describe("a key that makes, changes or rotates keys", () => {
  it("makes none that is wider, and by itself one that is as narrow", async () => {
    const until = Date.now() + 10 * day;
    const parent = await made(team.ask, {
      ...narrow,
      expiresAt: until,
      allowedAddresses: ["127.0.0.0/8", "10.0.0.0/8"],
    });
    await drizzle(env.DB)
      .update(apiKeys)
      .set({ allowedAddresses: ["10.0.0.0/8"] })
      .where(eq(apiKeys.id, parent.id));
    const ask: Ask = (path, init = {}) =>
      as(parent)(path, { ...init, headers: { "cf-connecting-ip": "10.1.2.3" } });
    expect(await made(ask)).toMatchObject({
      scopes: narrow.scopes,
      expiresAt: until,
      allowedAddresses: ["10.0.0.0/8"],
    });
    expect(
      await made(ask, {
        scopes: ["tools.read"],
        expiresInDays: 1,
        allowedAddresses: ["10.9.0.0/16"],
      }),
    ).toMatchObject({ scopes: ["tools.read"], allowedAddresses: ["10.9.0.0/16"] });
    for (const wider of [
      { scopes: ["audit.read"] },
      { expiresInDays: 11 },
      { expiresAt: until + 1 },
      { allowedAddresses: ["10.0.0.0/7"] },
      { allowedAddresses: ["10.0.0.1", "11.0.0.1"] },
      { allowedAddresses: ["::/0"] },
    ])
      expect((await make(ask, wider)).body.error?.code, JSON.stringify(wider)).toBe("forbidden");
  });

  it("changes none to be wider, itself included", async () => {
    const parent = await made(team.ask, narrow);
    const wide = await made(team.ask);
    for (const id of [parent.id, wide.id])
      for (const change of [{ scopes: null }, { scopes: [...narrow.scopes, "audit.read"] }])
        expect(
          (await as(parent)(`/api/v1/api-keys/${id}`, { method: "PATCH", body: change })).status,
        ).toBe(403);
    const path = `/api/v1/api-keys/${parent.id}`;
    const narrowed = await as(parent)(path, { method: "PATCH", body: { scopes: ["tools.read"] } });
    expect(narrowed.body.scopes).toEqual(["tools.read"]);
    expect((await as(parent)(path, { method: "PATCH", body: { name: "x" } })).status).toBe(403);
  });

  it("rotates none that is wider: the new secret would be its own", async () => {
    const parent = await made(team.ask, narrow);
    const rotate = (id: string) => as(parent)(`/api/v1/api-keys/${id}/rotate`, { body: {} });
    for (const id of [team.keyId, (await made(team.ask)).id]) {
      const refused = await rotate(id);
      expect(refused.status).toBe(403);
      expect(refused.text).not.toContain("pb_");
    }
    expect((await rotate(parent.id)).status).toBe(201);
  });
});

describe("a key of somebody else", () => {
  it("is seen and revoked by whoever manages keys, and changed or rotated by nobody", async () => {
    const member = await team.join("member");
    const path = `/api/v1/api-keys/${member.keyId}`;
    expect((await team.ask(path)).body).toMatchObject({
      personId: member.personId,
      personName: "Somebody",
      scopes: null,
      allowedAddresses: null,
      expiresAt: null,
      replacedBy: null,
    });
    for (const [suffix, init] of [
      ["", { method: "PATCH", body: { name: "Mine" } }],
      ["", { method: "PATCH", body: { scopes: ["tools.read"] } }],
      ["/rotate", { body: {} }],
    ] as const)
      expect((await team.ask(path + suffix, init)).body.error.code).toBe("forbidden");
    const other = await team.join("member");
    for (const [suffix, init] of [
      ["", {}],
      ["", { method: "PATCH", body: { name: "Mine" } }],
      ["/rotate", { body: {} }],
    ] as const) {
      const unknown = await other.ask(`/api/v1/api-keys/key_nobody${suffix}`, init);
      const refused = await other.ask(path + suffix, init);
      expect(refused.status).toBe(404);
      expect(refused.body.error.message.replace(member.keyId, "key_nobody")).toBe(
        unknown.body.error.message,
      );
    }
    expect((await team.ask(path, { method: "DELETE" })).status).toBe(204);
  });
});

describe("a key that expires", () => {
  it("ends by itself, and is then as unknown as any", async () => {
    const key = await made(team.ask, { expiresInDays: 1 });
    expect(key.expiresAt).toBe(key.createdAt + day);
    expect((await as(key)("/api/v1/me")).status).toBe(200);
    await drizzle(env.DB)
      .update(apiKeys)
      .set({ expiresAt: Date.now() - 1 })
      .where(eq(apiKeys.id, key.id));
    await env.TEAM_GATE.getByName(team.id).bump();
    const revoked = await made(team.ask);
    await team.ask(`/api/v1/api-keys/${revoked.id}`, { method: "DELETE" });
    const [ended, unknown] = [await as(key)("/api/v1/me"), await as(revoked)("/api/v1/me")];
    expect(ended.status).toBe(401);
    expect(ended.body.error.message).toBe(unknown.body.error.message);
    expect((await team.ask(`/api/v1/api-keys/${key.id}`)).status).toBe(404);
    expect((await team.ask("/api/v1/api-keys")).text).not.toContain(key.id);
  });

  it.each([
    ["in the past", { expiresAt: 1 }],
    ["within the minute", { expiresAt: Date.now() + 30_000 }],
    ["beyond ten years", { expiresAt: Date.now() + 4000 * day }],
    ["after no day", { expiresInDays: 0 }],
    ["beyond ten years, in days", { expiresInDays: 3651 }],
    ["twice", { expiresInDays: 1, expiresAt: Date.now() + day }],
  ])("cannot expire %s", async (_, fields) => {
    expect((await make(team.ask, fields)).body.error.code).toBe("invalid_input");
  });
});

describe("where the team asks for a second factor", () => {
  const asks = () =>
    drizzle(env.DB)
      .update(teams)
      .set({ sensitiveNeedsSecondFactor: true })
      .where(eq(teams.id, team.id));

  it("keys are made, changed and rotated with one only", async () => {
    const key = await made(team.ask);
    await asks();
    const path = `/api/v1/api-keys/${key.id}`;
    const refused = [
      await make(team.ask),
      await team.ask(path, { method: "PATCH", body: { scopes: ["tools.read"] } }),
      await team.ask(`${path}/rotate`, { body: {} }),
      await make((way, init = {}) => askHub(way, init), {}).then(async () =>
        make(await bySession()),
      ),
    ];
    for (const { body } of refused) expect(body.error.code).toBe("second_factor_required");
    expect((await team.ask(path, { method: "PATCH", body: { name: "Renamed" } })).status).toBe(200);
  });

  it("a key made after one was shown can make more, and rotating without one leaves it behind", async () => {
    const ask = await bySession(Date.now());
    await asks();
    const key = await made(ask);
    const child = await made(as(key));
    expect((await make(as(child))).status).toBe(201);
    await drizzle(env.DB).update(teams).set({ sensitiveNeedsSecondFactor: false });
    const plain = await bySession();
    const rotated = (await plain(`/api/v1/api-keys/${key.id}/rotate`, { body: {} })).body;
    await asks();
    expect((await make(as(rotated))).body.error.code).toBe("second_factor_required");
  });

  async function bySession(secondFactorAt: number | null = null): Promise<Ask> {
    const headers = await signIn(team);
    const { body } = await askHub("/api/v1/me", { headers });
    await env.DB.prepare("UPDATE sessions SET second_factor_at = ? WHERE id = ?")
      .bind(secondFactorAt, body.session.id)
      .run();
    await env.TEAM_GATE.getByName(team.id).bump();
    return (path, init = {}) => askHub(path, { ...init, headers });
  }
});

it("no role can make a key that does more than the role", async () => {
  for (const role of ["owner", "admin", "operator", "member"] as const) {
    const { ask } = await team.join(role);
    const key = await made(ask);
    expect(new Set((await as(key)("/api/v1/me")).body.permissions)).toEqual(permissionsOf(role));
  }
});
