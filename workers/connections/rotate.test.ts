import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { openSecret } from "../credentials";
import { offerConnector } from "../testing/offer-connector";
import { connectServer, createTeam, type TestTeam } from "../testing/team";
import type { PartialQuirks } from "../testing/vendor/quirks";
import { remindOfRotation } from "./renew.cron";

const [oldKey, newKey] = ["the-old-key-of-the-test", "the-new-key-of-the-test"];
const day = 24 * 60 * 60_000;

offerConnector({
  id: "rotating",
  name: "Rotating",
  category: "devops",
  description: "A vendor that makes another key when it is asked.",
  params: [{ name: "vendor", label: "Vendor" }],
  auth: [
    {
      kind: "api_key",
      id: "key",
      label: "Key",
      fields: [{ name: "apiKey", label: "Key" }],
      present: [{ in: "header", name: "private-token", template: "{secret.apiKey}" }],
      rotate: {
        request: { method: "POST", url: "/api/rotate", body: { expires_at: "{until}" } },
        fields: { apiKey: "/token" },
        expiresAt: "/expires_at",
        longestDays: 364,
      },
    },
  ],
  request: { base: "{vendor}" },
  test: { url: "/api/me" },
});

async function connected(quirks: PartialQuirks = {}, key = oldKey) {
  const team = await createTeam();
  const id = `v-${crypto.randomUUID()}`;
  const control = (method: string, body: PartialQuirks) =>
    fetch(`${env.VENDOR_URL}/control/${id}`, { method, body: JSON.stringify(body) });
  const routes = [
    { at: "/api/me", answer: {} },
    { method: "POST", at: "/api/rotate", answer: { token: newKey, expires_at: "2030-01-31" } },
  ];
  await control("POST", { api: { headers: { "private-token": oldKey }, routes }, ...quirks });
  await team.ask("/api/v1/secrets", { body: { name: "ROTATING_KEY", value: oldKey } });
  const made = await team.ask("/api/v1/connections", {
    body: {
      connector: "rotating",
      name: "Rotating",
      params: { vendor: `${env.VENDOR_URL}/${id}` },
      auth: { method: "key", fields: { apiKey: key } },
    },
  });
  expect(made.status, made.text).toBe(201);
  const path = `/api/v1/connections/${made.body.id}`;
  return {
    team,
    path,
    control,
    rotate: () => team.ask(`${path}/rotate`, { method: "POST" }),
    sealed: () => sealedOf(team, made.body.id),
    notices: async () => (await team.ask("/api/v1/notices")).body.items,
  };
}

async function sealedOf(team: TestTeam, connectionId: string) {
  const row = await env.DB.prepare(
    "SELECT credential_id, credential_version FROM connections WHERE id = ?",
  )
    .bind(connectionId)
    .first<{ credential_id: string; credential_version: number }>();
  if (!row) throw new Error("The connection is gone.");
  const ref = { id: row.credential_id, version: row.credential_version };
  return openSecret({ env, teamId: team.id }, ref);
}

describe("a credential that its vendor replaces when asked", () => {
  it("is replaced and used from then on, with its new end, and shown nowhere", async () => {
    const at = await connected();
    const { status, text, body } = await at.rotate();
    expect(status, text).toBe(200);
    expect(body.auth.expiresAt).toBe(Date.parse("2030-01-31"));
    expect(text).not.toContain(newKey);
    expect(await at.sealed()).toEqual({ apiKey: newKey });
    await at.control("PATCH", { api: { headers: { "private-token": newKey } } });
    expect((await at.team.ask(`${at.path}/test`, { method: "POST" })).body.ok).toBe(true);
    const audit = await at.team.ask("/api/v1/audit?action=connection.rotate");
    expect(audit.body.items).toHaveLength(1);
    expect(audit.text).not.toContain(newKey);
  });

  it("is replaced by itself once its days are over, and people are told that nothing is to be done", async () => {
    const at = await connected();
    await at.team.ask(at.path, { method: "PATCH", body: { rotateEveryDays: 30 } });
    await env.DB.prepare("UPDATE connections SET rotated_at = ? WHERE team_id = ?")
      .bind(Date.now() - 31 * day, at.team.id)
      .run();
    await remindOfRotation(env, Date.now());
    expect(await at.sealed()).toEqual({ apiKey: newKey });
    expect(await at.notices()).toMatchObject([{ kind: "connection.rotated" }]);
    await remindOfRotation(env, Date.now());
    expect(await at.notices()).toHaveLength(1);
  });

  it("stays where the vendor refuses, and somebody is reminded", async () => {
    const at = await connected({ misbehave: { api: { how: "403", times: 0 } } });
    await at.team.ask(at.path, { method: "PATCH", body: { rotateEveryDays: 30 } });
    await env.DB.prepare("UPDATE connections SET rotated_at = ? WHERE team_id = ?")
      .bind(Date.now() - 31 * day, at.team.id)
      .run();
    await at.control("PATCH", { misbehave: { api: { how: "403" } } });
    expect((await at.rotate()).body.error.code).toBe("upstream_unauthorized");
    await remindOfRotation(env, Date.now());
    expect(await at.sealed()).toEqual({ apiKey: oldKey });
    expect(await at.notices()).toMatchObject([{ kind: "connection.rotation_due" }]);
  });

  it("is left to whoever keeps the team's secrets where it is one of them", async () => {
    const at = await connected({}, "{{secrets.ROTATING_KEY}}");
    expect((await at.rotate()).body.error).toMatchObject({
      code: "conflict",
      message: expect.stringContaining("Replace the secret"),
    });
    expect(await at.sealed()).toEqual({ apiKey: "{{secrets.ROTATING_KEY}}" });
  });

  it("is none of the team's secrets where a vendor answers with the name of one", async () => {
    const at = await connected({
      api: {
        headers: { "private-token": oldKey },
        routes: [
          { at: "/api/me", answer: {} },
          { method: "POST", at: "/api/rotate", answer: { token: "{{secrets.ROTATING_KEY}}" } },
        ],
      },
    });
    expect((await at.rotate()).body.error.code).toBe("upstream_invalid");
    expect(await at.sealed()).toEqual({ apiKey: oldKey });
  });

  it("is not put back where the access is taken back meanwhile", async () => {
    const at = await connected();
    const revokeFirst = async (url: string, init: RequestInit) => {
      const answer = await fetch(url, init);
      if (url.endsWith("/api/rotate")) await at.team.ask(`${at.path}/revoke`, { method: "POST" });
      return answer;
    };
    const { status, text } = await at.team.ask(`${at.path}/rotate`, {
      method: "POST",
      env: { NET: { fetch: revokeFirst } as unknown as Fetcher },
    });
    expect([status, JSON.parse(text).error.code]).toEqual([409, "conflict"]);
    expect(text).not.toContain(newKey);
    const row = await env.DB.prepare(
      "SELECT status, credential_id FROM connections WHERE team_id = ?",
    )
      .bind(at.team.id)
      .first();
    expect(row).toEqual({ status: "revoked", credential_id: null });
    expect((await env.TOKENS.list({ prefix: `t/${at.team.id}/c/` })).keys).toHaveLength(1);
  });

  it("is kept where only the answer of the hub's own store was lost", async () => {
    const at = await connected();
    let lost = 0;
    const batch = async (list: D1PreparedStatement[]) => {
      const results = await env.DB.batch(list);
      const row = await env.DB.prepare(
        "SELECT id FROM connections WHERE team_id = ? AND expires_at = ?",
      )
        .bind(at.team.id, Date.parse("2030-01-31"))
        .first();
      if (row && lost++ === 0) throw new Error("lost");
      return results;
    };
    const DB = {
      prepare: (query: string) => env.DB.prepare(query),
      batch,
    } as unknown as D1Database;
    const answer = await at.team.ask(`${at.path}/rotate`, { method: "POST", env: { DB } });
    expect(answer.status, answer.text).toBe(200);
    expect(lost).toBeGreaterThan(0);
    expect(await at.sealed()).toEqual({ apiKey: newKey });
  });

  it("is one that the vendor can be asked for: others are not", async () => {
    const team = await createTeam();
    const { body } = await connectServer(team, { headers: { "x-key": "a-key-of-the-test" } });
    const answer = await team.ask(`/api/v1/connections/${body.id}/rotate`, { method: "POST" });
    expect(answer.body.error.code).toBe("conflict");
  });
});
