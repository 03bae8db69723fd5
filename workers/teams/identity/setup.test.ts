import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { SetupDone } from "../../../shared/contracts/teams";
import { permissions } from "../../../shared/roles";
import { askHub, type TestRequest } from "../../testing/team";

const token = "setup-token-of-the-tests";
const body = { team: "Acme", owner: "Ada" };
const setUp = (init: TestRequest = {}) =>
  askHub("/api/auth/setup", { body, headers: { authorization: `Bearer ${token}` }, ...init });

const tables = ["teams", "people", "members", "api_keys", "sign_in_links", "audit_entries"];
async function rows(): Promise<Record<string, number>> {
  const counts = await Promise.all(
    tables.map(async (table) => [
      table,
      (await env.DB.prepare(`SELECT count(*) n FROM ${table}`).first("n")) ?? 0,
    ]),
  );
  return Object.fromEntries(counts);
}
const none = Object.fromEntries(tables.map((table) => [table, 0]));

// An empty hub: the teams of other test files have had their day.
beforeEach(async () => {
  await env.DB.batch(tables.map((table) => env.DB.prepare(`DELETE FROM ${table}`)));
});

describe("setting up", () => {
  it("makes a team, its owner and a key that works, once", async () => {
    const first = await setUp();
    expect(first.status).toBe(201);
    const done = SetupDone.parse(first.body);
    const me = await askHub("/api/v1/me", { headers: { authorization: `Bearer ${done.apiKey}` } });
    expect(me.body).toEqual({
      team: { id: done.teamId, name: "Acme" },
      person: { id: done.personId, name: "Ada" },
      role: "owner",
      permissions: [...permissions],
      session: null,
      apiKey: {
        id: expect.stringMatching(/^key_/),
        name: "First key",
        prefix: done.apiKey.slice(0, 9),
      },
    });
    const before = await rows();
    expect(await setUp()).toMatchObject({ status: 409, body: { error: { code: "conflict" } } });
    expect(await rows()).toEqual(before);
  });

  it("makes one team when it is asked several times at once", async () => {
    const answers = await Promise.all(Array.from({ length: 6 }, () => setUp()));
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(1);
    expect(statuses.filter((status) => status === 409)).toHaveLength(5);
    expect(await rows()).toEqual(Object.fromEntries(tables.map((table) => [table, 1])));
  });

  it("keeps hashes, and neither the key nor the sign-in token", async () => {
    const { apiKey, signInToken } = SetupDone.parse((await setUp()).body);
    const stored = await Promise.all(
      tables.map((table) => env.DB.prepare(`SELECT * FROM ${table}`).all()),
    );
    const text = JSON.stringify(stored.map(({ results }) => results));
    for (const secret of [apiKey, apiKey.slice(9), signInToken, token])
      expect(text).not.toContain(secret);
  });

  it("gives the owner an address, so that they can set a password by mail", async () => {
    const ownerEmail = "the-first-owner@example.com";
    const typed = "The-First-Owner@Example.com";
    const { body: done } = await setUp({ body: { ...body, ownerEmail: typed } });
    expect(
      await env.DB.prepare("SELECT email, email_verified FROM people WHERE id = ?")
        .bind(done.personId)
        .first(),
    ).toEqual({ email: ownerEmail, email_verified: 1 });
    const asked = await askHub("/api/auth/request-password-reset", { body: { email: ownerEmail } });
    expect(asked.status, asked.text).toBe(200);
    expect(
      await env.DB.prepare('SELECT subject FROM outbox_mails WHERE "to" = ?')
        .bind(ownerEmail)
        .first("subject"),
    ).toBe("Set a new password");
  });

  it("leaves an audit entry", async () => {
    const { headers, body } = await setUp();
    const entry = await env.DB.prepare("SELECT * FROM audit_entries").first();
    expect(entry).toMatchObject({
      team_id: body.teamId,
      action: "team.create",
      subject_id: body.teamId,
      actor_kind: "system",
      request_id: headers.get("x-request-id"),
    });
  });

  it.each([
    { what: "no token", headers: {}, status: 401 },
    { what: "a wrong token", headers: { authorization: "Bearer nonsense" }, status: 401 },
    { what: "the token without Bearer", headers: { authorization: token }, status: 401 },
    { what: "more than the token", headers: { authorization: `Bearer ${token}x` }, status: 401 },
  ])("refuses $what, and makes nothing", async ({ headers, status }) => {
    expect(await setUp({ headers })).toMatchObject({
      status,
      body: { error: { code: "unauthorized" } },
    });
    expect(await rows()).toEqual(none);
  });

  it("is switched off where the deployment has no token", async () => {
    const off = { PLUGBOARD_SETUP_TOKEN: "" } as Partial<Env>;
    for (const headers of [{ authorization: "Bearer " }, { authorization: `Bearer ${token}` }, {}])
      expect(await setUp({ headers, env: off })).toMatchObject({
        status: 403,
        body: { error: { code: "forbidden" } },
      });
    expect(await rows()).toEqual(none);
  });

  it.each([
    { what: "an empty name", body: { team: " ", owner: "Ada" } },
    { what: "a name too long", body: { team: "x".repeat(81), owner: "Ada" } },
    { what: "no owner", body: { team: "Acme" } },
    { what: "a role", body: { ...body, role: "owner" } },
    { what: "no object", body: [] },
  ])("refuses $what, and makes nothing", async ({ body }) => {
    expect(await setUp({ body })).toMatchObject({
      status: 400,
      body: { error: { code: "invalid_input" } },
    });
    expect(await rows()).toEqual(none);
  });
});
