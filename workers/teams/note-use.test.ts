import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import type { TeamLedger } from "../ledger";
import { askHub, createTeam, signIn, type TestTeam } from "../testing/team";

let team: TestTeam;
beforeEach(async () => {
  team = await createTeam();
});

const from = (address: string, init: object = {}) =>
  team.ask("/api/v1/me", {
    ...init,
    headers: { "cf-connecting-ip": address, "user-agent": "curl/8.9.1" },
  });
const newPlaces = async () =>
  (await team.ask("/api/v1/audit?action=api_key.new_address")).body.items.map(
    ({ details, address }: { details: { place: string }; address: string }) =>
      `${address} ${details.place}`,
  );
const lastUsed = async () =>
  (await team.ask(`/api/v1/api-keys/${team.keyId}`)).body.lastUsed as unknown;

describe("a key that is used", () => {
  it("says when and from where, and is written down nowhere in the registry", async () => {
    const made = (await team.ask("/api/v1/api-keys", { body: { name: "New" } })).body;
    expect((await team.ask(`/api/v1/api-keys/${made.id}`)).body.lastUsed).toBeNull();
    const before = await env.DB.prepare("SELECT * FROM api_keys WHERE id = ?")
      .bind(made.id)
      .first();
    const headers = {
      authorization: `Bearer ${made.apiKey}`,
      "cf-connecting-ip": "203.0.113.7",
      "user-agent": "curl/8.9.1",
    };
    await askHub("/mcp", {
      body: { jsonrpc: "2.0", id: 1, method: "tools/list", params: {} },
      headers,
    });
    expect((await team.ask(`/api/v1/api-keys/${made.id}`)).body.lastUsed).toEqual({
      at: expect.any(Number),
      address: "203.0.113.7",
      userAgent: "curl/8.9.1",
    });
    const { items } = (await team.ask("/api/v1/api-keys")).body;
    expect(items[0]).toMatchObject({ id: made.id, lastUsed: { address: "203.0.113.7" } });
    expect(
      await env.DB.prepare("SELECT * FROM api_keys WHERE id = ?").bind(made.id).first(),
    ).toEqual(before);
  });

  it("from a new place leaves an entry: not for the first, and once for each", async () => {
    await from("203.0.113.7");
    await from("198.51.100.1");
    await from("198.51.100.1");
    await from("203.0.113.7");
    expect(await newPlaces()).toEqual(["198.51.100.1 198.51.100.1"]);
    await from("2001:db8:1:2::1");
    await from("2001:db8:1:2:aaaa::9");
    expect(await newPlaces()).toEqual([
      "2001:db8:1:2::1 2001:db8:1:2::/64",
      "198.51.100.1 198.51.100.1",
    ]);
    expect(await lastUsed()).toMatchObject({ address: expect.any(String) });
  });

  it("from a hundred places is told of no more", async () => {
    const ledger = env.TEAM_LEDGER.getByName(team.id);
    const see = (n: number) =>
      ledger.seeCredential(team.id, {
        credentialId: "key_1",
        at: n,
        address: `a${n}`,
        place: `a${n}`,
        userAgent: null,
      });
    const told = [];
    for (let n = 0; n < 120; n++) told.push((await see(n)).newPlace);
    expect(told.filter(Boolean)).toHaveLength(99);
    expect(told[0]).toBe(false);
    expect(await ledger.credentialUses(["key_1", "key_2"])).toEqual({
      key_1: { at: 119, address: "a119", userAgent: null },
    });
    await see(5);
    expect((await ledger.credentialUses(["key_1"]))["key_1"]?.at).toBe(119);
  });

  it("is noted in its own team's ledger only", async () => {
    const seen = { credentialId: "key_1", at: 1, address: "a", place: "a", userAgent: null };
    await runInDurableObject(env.TEAM_LEDGER.getByName(team.id), (ledger: TeamLedger) => {
      expect(() => ledger.seeCredential("team_other", seen)).toThrow("another team");
    });
  });
});

it("a session that moves to a new place leaves an entry too", async () => {
  const headers = await signIn(team);
  for (const address of ["203.0.113.7", "198.51.100.1"])
    await askHub("/api/v1/me", { headers: { ...headers, "cf-connecting-ip": address } });
  const { items } = (await team.ask("/api/v1/audit?action=session.new_address")).body;
  expect(items).toMatchObject([
    { address: "198.51.100.1", subjectId: expect.stringMatching(/^ses_/) },
  ]);
});

it("a key that is refused is not noted as used", async () => {
  const made = (await team.ask("/api/v1/api-keys", { body: { name: "New" } })).body;
  const headers = { authorization: `Bearer ${made.apiKey}`, "cf-connecting-ip": "203.0.113.7" };
  await askHub("/api/v1/me", { headers });
  await team.ask(`/api/v1/api-keys/${made.id}`, { method: "DELETE" });
  const refused = await askHub("/api/v1/me", {
    headers: { ...headers, "cf-connecting-ip": "198.51.100.1" },
  });
  expect(refused.status).toBe(401);
  expect((await team.ask(`/api/v1/audit?subject=${made.id}`)).text).not.toContain("new_address");
});
