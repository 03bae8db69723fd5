import { env } from "cloudflare:workers";
import { drizzle } from "drizzle-orm/d1";
import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import type { CreatedApiKey } from "../../../shared/contracts/teams";
import { askHub, createTeam, type TestTeam } from "../../testing/team";
import { apiKeys } from "../tables";

const hour = 60 * 60_000;
let team: TestTeam;
let key: CreatedApiKey;
beforeEach(async () => {
  team = await createTeam();
  key = (
    await team.ask("/api/v1/api-keys", {
      body: {
        name: "Deploy",
        scopes: ["tools.read", "keys.write"],
        allowedAddresses: ["0.0.0.0/0", "203.0.113.7"],
        expiresInDays: 30,
      },
    })
  ).body;
});

const statusOf = async ({ apiKey }: { apiKey: string }) =>
  (
    await askHub("/api/v1/me", {
      headers: { authorization: `Bearer ${apiKey}`, "cf-connecting-ip": "203.0.113.7" },
    })
  ).status;
const rotate = (id: string, body: object = {}) =>
  team.ask(`/api/v1/api-keys/${id}/rotate`, { body });

describe("rotating a key", () => {
  it("makes one like it, and lets the old one go on for a day", async () => {
    const { status, body } = await rotate(key.id);
    expect(status).toBe(201);
    expect(body).toMatchObject({
      name: "Deploy",
      scopes: ["tools.read", "keys.write"],
      allowedAddresses: ["0.0.0.0/0", "203.0.113.7/32"],
      replacedBy: null,
      lastUsed: null,
    });
    expect(body.apiKey).not.toBe(key.apiKey);
    expect(body.expiresAt - body.createdAt).toBe(30 * 24 * hour);
    const old = (await team.ask(`/api/v1/api-keys/${key.id}`)).body;
    expect(old).toMatchObject({ replacedBy: body.id, expiresAt: body.createdAt + 24 * hour });
    expect([await statusOf(key), await statusOf(body)]).toEqual([200, 200]);
    const { items } = (await team.ask("/api/v1/audit?action=api_key.rotate")).body;
    expect(items).toMatchObject([{ subjectId: key.id, details: { replacedBy: body.id } }]);
  });

  it("ends the old one at once where no overlap is asked for, and never later than it would", async () => {
    const { body } = await rotate(key.id, { overlapHours: 0 });
    expect([await statusOf(key), await statusOf(body)]).toEqual([401, 200]);
    const soon = Date.now() + 2 * hour;
    await drizzle(env.DB).update(apiKeys).set({ expiresAt: soon }).where(eq(apiKeys.id, body.id));
    await rotate(body.id, { overlapHours: 168 });
    expect((await team.ask(`/api/v1/api-keys/${body.id}`)).body.expiresAt).toBe(soon);
  });

  it("happens once, of twenty at the same time", async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => rotate(key.id)));
    const won = answers.filter(({ status }) => status === 201);
    expect(won).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(19);
    const { items } = (await team.ask("/api/v1/api-keys")).body;
    expect(items).toHaveLength(3);
    expect((await team.ask(`/api/v1/api-keys/${key.id}`)).body.replacedBy).toBe(won[0]?.body.id);
    expect((await team.ask("/api/v1/audit?action=api_key.rotate")).body.items).toHaveLength(1);
  });

  it("is for a key that was not replaced; the new one can be rotated again", async () => {
    const { body } = await rotate(key.id);
    expect((await rotate(key.id)).body.error.code).toBe("conflict");
    expect((await rotate(body.id)).status).toBe(201);
  });

  it("leaves two keys, each of which can be revoked at once", async () => {
    const { body } = await rotate(key.id);
    await team.ask(`/api/v1/api-keys/${key.id}`, { method: "DELETE" });
    expect([await statusOf(key), await statusOf(body)]).toEqual([401, 200]);
    await team.ask(`/api/v1/api-keys/${body.id}`, { method: "DELETE" });
    expect(await statusOf(body)).toBe(401);
    expect((await rotate(body.id)).status).toBe(404);
  });

  it("loses against a revocation at the same time, or comes before it", async () => {
    const [rotated] = await Promise.all([
      rotate(key.id),
      team.ask(`/api/v1/api-keys/${key.id}`, { method: "DELETE" }),
    ]);
    expect([201, 404, 409]).toContain(rotated?.status);
    expect(await statusOf(key)).toBe(401);
    const { items } = (await team.ask("/api/v1/api-keys")).body;
    expect(items).toHaveLength(rotated?.status === 201 ? 2 : 1);
  });

  it.each([{ overlapHours: -1 }, { overlapHours: 169 }, { overlapHours: "1" }, { other: 1 }])(
    "is refused with %j",
    async (body) => {
      expect((await rotate(key.id, body)).status).toBe(400);
      expect((await team.ask(`/api/v1/api-keys/${key.id}`)).body.replacedBy).toBeNull();
    },
  );
});
