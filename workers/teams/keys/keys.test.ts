import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { ApiKeyPage, CreatedApiKey } from "../../../shared/contracts/teams";
import { newId } from "../../../shared/ids";
import { askHub, connectServer, createTeam, toolNamed, type TestTeam } from "../../testing/team";

let team: TestTeam;
let member: TestTeam;
beforeEach(async () => {
  team = await createTeam();
  member = await team.join("member");
});

async function make(who: TestTeam, name = "Laptop"): Promise<CreatedApiKey> {
  const { status, body } = await who.ask("/api/v1/api-keys", { body: { name } });
  expect(status).toBe(201);
  return CreatedApiKey.parse(body);
}
const revoke = (who: TestTeam, id: string) =>
  who.ask(`/api/v1/api-keys/${id}`, { method: "DELETE" });
const list = async (who: TestTeam, query = "") =>
  ApiKeyPage.parse((await who.ask(`/api/v1/api-keys${query}`)).body);
async function entriesOf(action: string) {
  const { results } = await env.DB.prepare(
    "SELECT * FROM audit_entries WHERE team_id = ? AND action = ?",
  )
    .bind(team.id, action)
    .all();
  return results;
}

describe("a key that was made", () => {
  it("works over REST and at /mcp as its person, and stops at once when it is revoked", async () => {
    await connectServer(team);
    const echo = await toolNamed(team, "echo");
    const made = await make(member);
    const headers = { authorization: `Bearer ${made.apiKey}` };
    const rpc = { jsonrpc: "2.0", id: 1, method: "tools/list", params: {} };
    const ways = [
      () => askHub("/api/v1/me", { headers }),
      () => askHub("/mcp", { body: rpc, headers }),
      () =>
        askHub(`/api/v1/tools/${echo.id}/call`, {
          body: { arguments: { message: "hi" } },
          headers,
        }),
    ];
    for (const ask of ways) expect((await ask()).status).toBe(200);
    expect((await ways[0]?.())?.body).toMatchObject({
      person: { id: member.personId },
      role: "member",
      apiKey: { id: made.id, name: "Laptop", prefix: made.prefix },
    });
    const revoked = await revoke(member, made.id);
    expect([revoked.status, revoked.text]).toEqual([204, ""]);
    expect(await Promise.all(ways.map(async (ask) => (await ask()).status))).toEqual([
      401, 401, 401,
    ]);
    expect((await member.ask("/api/v1/me")).status).toBe(200);
  });

  it("is shown once, and kept as a hash", async () => {
    const { apiKey, id, prefix } = await make(member);
    expect(apiKey.startsWith(prefix)).toBe(true);
    await revoke(member, id);
    const stored = await Promise.all(
      ["api_keys", "audit_entries"].map((table) => env.DB.prepare(`SELECT * FROM ${table}`).all()),
    );
    expect(JSON.stringify(stored.map(({ results }) => results))).not.toContain(apiKey.slice(9));
    expect((await member.ask("/api/v1/api-keys")).text).not.toContain(apiKey.slice(9));
  });

  it("leaves an entry when it is made and when it is revoked", async () => {
    const { id, prefix } = await make(member);
    await revoke(team, id);
    expect(await entriesOf("api_key.create")).toMatchObject([
      {
        subject_id: id,
        actor_id: member.keyId,
        before: null,
        after: expect.stringContaining(prefix),
      },
    ]);
    expect(await entriesOf("api_key.revoke")).toMatchObject([
      { subject_id: id, actor_id: team.keyId, before: expect.stringContaining(member.personId) },
    ]);
  });

  it("may not be made by whoever may only look", async () => {
    const viewer = await team.join("viewer");
    const refused = await viewer.ask("/api/v1/api-keys", { body: { name: "Laptop" } });
    expect(refused).toMatchObject({ status: 403, body: { error: { code: "forbidden" } } });
    expect((await list(viewer)).items.map(({ id }) => id)).toEqual([viewer.keyId]);
  });

  it.each([
    ["no name", {}],
    ["an empty name", { name: "  " }],
    ["a name too long", { name: "x".repeat(81) }],
    ["a person", { name: "Laptop", personId: "per_1" }],
  ])("is refused with %s", async (_, body) => {
    expect(await member.ask("/api/v1/api-keys", { body })).toMatchObject({
      status: 400,
      body: { error: { code: "invalid_input" } },
    });
    expect((await list(member)).items).toHaveLength(1);
  });

  it("is the last one at a hundred, however many are asked for at once", async () => {
    await env.DB.batch(
      Array.from({ length: 96 }, () =>
        env.DB.prepare(
          "INSERT INTO api_keys (id, team_id, person_id, name, prefix, hash, created_at) VALUES (?, ?, ?, 'Old', 'pb_', ?, 1)",
        ).bind(newId("key"), team.id, member.personId, crypto.randomUUID()),
      ),
    );
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => member.ask("/api/v1/api-keys", { body: { name: "New" } })),
    );
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([
      201, 201, 201, 409, 409, 409,
    ]);
    const refused = answers.find(({ status }) => status === 409);
    expect(refused?.body.error.message).toMatch(/100 API keys already\. Revoke one/);
    expect(await entriesOf("api_key.create")).toHaveLength(3);
    await make(team);
    await revoke(member, (await list(member)).items[0]?.id ?? "");
    await make(member);
  });
});

describe("the list of keys", () => {
  it("holds one's own, newest first, page by page, and none that was revoked", async () => {
    const [first, second, gone] = [await make(member), await make(member), await make(member)];
    await make(team);
    await revoke(member, gone.id);
    const { items, nextCursor } = await list(member, "?limit=2");
    const { apiKey: _, ...shown } = second;
    expect(items[0]).toEqual(shown);
    expect(items.map(({ id }) => id)).toEqual([second.id, first.id]);
    const rest = await list(member, `?limit=2&cursor=${nextCursor}`);
    expect(rest).toMatchObject({ items: [{ id: member.keyId }], nextCursor: null });
  });

  it.each(["owner", "admin"] as const)("holds the whole team's for an %s", async (role) => {
    const who = await team.join(role);
    const whose = (await list(who)).items.map(({ personId }) => personId);
    expect(new Set(whose)).toEqual(new Set([team.personId, member.personId, who.personId]));
  });
});

describe("revoking a key", () => {
  it("is for whoever it belongs to, owners and admins", async () => {
    const made = await make(member);
    const unknown = await revoke(member, "key_nobody");
    for (const role of ["operator", "member", "viewer"] as const) {
      const refused = await revoke(await team.join(role), made.id);
      expect(refused.status).toBe(404);
      expect(refused.body.error.message.replace(made.id, "key_nobody")).toBe(
        unknown.body.error.message,
      );
    }
    expect((await revoke(await createTeam(), made.id)).status).toBe(404);
    expect((await askHub("/api/v1/me", bearer(made))).status).toBe(200);
    expect((await revoke(await team.join("admin"), made.id)).status).toBe(204);
    expect((await askHub("/api/v1/me", bearer(made))).status).toBe(401);
    expect((await revoke(team, made.id)).status).toBe(404);
    expect(await entriesOf("api_key.revoke")).toHaveLength(1);
  });
});

it("is revoked once, and written down once, by ten at the same time", async () => {
  const made = await make(member);
  const answers = await Promise.all(Array.from({ length: 10 }, () => revoke(member, made.id)));
  expect(answers.filter(({ status }) => status === 204)).toHaveLength(1);
  expect(answers.filter(({ status }) => status === 404)).toHaveLength(9);
  expect(await entriesOf("api_key.revoke")).toHaveLength(1);
});

const bearer = ({ apiKey }: CreatedApiKey) => ({ headers: { authorization: `Bearer ${apiKey}` } });
