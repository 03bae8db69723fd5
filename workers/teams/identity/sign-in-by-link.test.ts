import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { SignedIn, SignInLink } from "../../../shared/contracts/teams";
import { askHub, createTeam, linkFor, signIn, type TestTeam } from "../../testing/team";

const setupToken = "setup-token-of-the-tests";
const minute = 60_000;
const day = 24 * 60 * minute;

let team: TestTeam;
beforeEach(async () => {
  team = await createTeam();
});
afterEach(() => {
  vi.useRealTimers();
});

const enter = (token: unknown, headers: Record<string, string> = {}) =>
  askHub("/api/auth/sign-in", { body: { token }, headers });
const rowsOf = async (table: string) =>
  (await env.DB.prepare(`SELECT * FROM ${table} WHERE team_id = ? ORDER BY id`).bind(team.id).all())
    .results;

describe("a sign-in link", () => {
  it("opens a session, and says for whom and until when", async () => {
    const now = 1_800_000_000_000;
    vi.useFakeTimers({ toFake: ["Date"], now });
    const answer = await enter(await linkFor(team), { "user-agent": "B".repeat(300) });
    expect(answer.status).toBe(200);
    expect(SignedIn.parse(answer.body)).toEqual({
      team: { id: team.id, name: `Team ${team.id}` },
      person: { id: team.personId, name: "Somebody" },
      role: "owner",
      expiresAt: now + 7 * day,
    });
    const cookie = answer.headers.get("set-cookie") ?? "";
    expect(cookie).toMatch(
      /^__Host-plugboard=[0-9A-Za-z]{32}\.[\w%]{44,}; Path=\/; Secure; HttpOnly; SameSite=Lax; Max-Age=604800$/,
    );
    const [session] = await rowsOf("sessions");
    expect(session).toMatchObject({ person_id: team.personId, user_agent: "B".repeat(300) });
    expect(await rowsOf("audit_entries")).toMatchObject([
      {
        action: "session.create",
        subject_id: session?.["id"],
        actor_kind: "user",
        actor_id: team.personId,
        request_id: answer.headers.get("x-request-id"),
      },
    ]);
    const secret = /=([^;]+)/.exec(cookie)?.[1] ?? "";
    expect(answer.text).not.toContain(secret);
    const stored = JSON.stringify([await rowsOf("sessions"), await rowsOf("audit_entries")]);
    expect(stored).not.toContain(secret);
  });

  it("is good for one of twenty who come at once", async () => {
    const token = await linkFor(team);
    const answers = await Promise.all(Array.from({ length: 20 }, () => enter(token)));
    const [in_, ...out] = answers.toSorted((a, b) => a.status - b.status);
    expect(in_?.status).toBe(200);
    for (const answer of out) {
      expect(answer).toMatchObject({ status: 410, body: { error: { code: "link_used" } } });
      expect(answer.headers.get("set-cookie")).toBeNull();
    }
    expect(await rowsOf("sessions")).toHaveLength(1);
    expect(await rowsOf("audit_entries")).toHaveLength(1);
    expect(await enter(token)).toMatchObject({
      status: 410,
      body: { error: { code: "link_used" } },
    });
  });

  it("is good until ten minutes have passed, to the millisecond", async () => {
    const now = Date.now();
    vi.useFakeTimers({ toFake: ["Date"], now });
    const [late, last] = [await linkFor(team), await linkFor(team)];
    vi.setSystemTime(now + 10 * minute);
    const refused = await enter(late);
    expect(refused).toMatchObject({ status: 410, body: { error: { code: "link_expired" } } });
    expect(refused.body.error.message).toContain("npm start");
    expect(await rowsOf("sessions")).toEqual([]);
    expect(await rowsOf("audit_entries")).toEqual([]);
    vi.setSystemTime(now + 10 * minute - 1);
    expect((await enter(last)).status).toBe(200);
  });

  it("opens nothing for somebody who has left the team", async () => {
    const token = await linkFor(team);
    await env.DB.prepare("DELETE FROM members WHERE person_id = ?").bind(team.personId).run();
    expect((await enter(token)).status).toBe(401);
    expect(await rowsOf("sessions")).toEqual([]);
  });

  it("is no other link, and no key", async () => {
    const token = await linkFor(team);
    for (const other of [`${token.slice(0, -1)}é`, token.toLowerCase(), team.apiKey, "x"])
      expect(await enter(other)).toMatchObject({
        status: 401,
        body: { error: { code: "unauthorized" } },
      });
    expect((await enter(` ${token} `)).status).toBe(200);
  });

  it.each([
    ["nothing", ""],
    ["spaces", "  "],
    ["more than a link holds", "x".repeat(201)],
    ["no text", 7],
  ])("is not %s", async (_, token) => {
    expect(await enter(token)).toMatchObject({
      status: 400,
      body: { error: { code: "invalid_input" } },
    });
  });

  it("takes nothing beside its token, and is not spent by the try", async () => {
    const token = await linkFor(team);
    const body = { token, role: "owner" };
    expect((await askHub("/api/auth/sign-in", { body })).status).toBe(400);
    expect((await enter(token, { origin: "http://evil.example" })).status).toBe(403);
    expect((await enter(token)).status).toBe(200);
  });

  it("leaves sessions that go on alone, and clears away those that have ended", async () => {
    const now = Date.now();
    vi.useFakeTimers({ toFake: ["Date"], now });
    await signIn(team);
    vi.setSystemTime(now + day);
    const second = await signIn(team);
    vi.setSystemTime(now + 7 * day + 1);
    await signIn(team);
    expect(await rowsOf("sessions")).toHaveLength(2);
    expect((await askHub("/api/v1/me", { headers: second })).status).toBe(200);
  });
});

describe("a link made with the setup token", () => {
  const make = (headers: Record<string, string> = { authorization: `Bearer ${setupToken}` }) =>
    askHub("/api/auth/sign-in-links", { method: "POST", headers });
  const links = async () => (await env.DB.prepare("SELECT * FROM sign_in_links").all()).results;

  beforeEach(async () => {
    // A hub of one team: those of other tests have had their day.
    const tables = ["teams", "members", "sign_in_links"];
    await env.DB.batch(tables.map((table) => env.DB.prepare(`DELETE FROM ${table}`)));
    team = await createTeam();
  });

  it("signs the owner of the first team in", async () => {
    await createTeam();
    await team.join("admin");
    await team.join("owner");
    const now = Date.now();
    vi.useFakeTimers({ toFake: ["Date"], now });
    const made = await make();
    expect(made.status).toBe(201);
    const { signInToken, expiresAt } = SignInLink.parse(made.body);
    expect(expiresAt).toBe(now + 10 * minute);
    expect(await rowsOf("audit_entries")).toMatchObject([
      { action: "sign_in_link.create", actor_kind: "system", actor_id: "setup" },
    ]);
    expect(JSON.stringify([await links(), await rowsOf("audit_entries")])).not.toContain(
      signInToken,
    );
    const { body } = await enter(signInToken);
    expect(body).toMatchObject({ team: { id: team.id }, person: { id: team.personId } });
  });

  it("clears away links that expired more than a day ago, and no others", async () => {
    const now = Date.now();
    vi.useFakeTimers({ toFake: ["Date"], now });
    const old = await linkFor(team, now - 10 * minute - day - 1);
    const recent = await linkFor(team, now - 10 * minute - day);
    const open = await linkFor(team);
    expect((await make()).status).toBe(201);
    expect(await links()).toHaveLength(3);
    expect((await enter(old)).body.error.code).toBe("unauthorized");
    expect((await enter(recent)).body.error.code).toBe("link_expired");
    expect((await enter(open)).status).toBe(200);
  });

  it("is for whoever has the token, and for no one else", async () => {
    for (const headers of [
      {},
      { authorization: `Bearer ${team.apiKey}` },
      { authorization: `Bearer ${setupToken}x` },
      { authorization: setupToken },
      await signIn(team),
    ])
      expect(await make(headers)).toMatchObject({
        status: 401,
        body: { error: { code: "unauthorized" } },
      });
    const off = await askHub("/api/auth/sign-in-links", {
      method: "POST",
      headers: { authorization: `Bearer ${setupToken}` },
      env: { PLUGBOARD_SETUP_TOKEN: "" },
    });
    expect(off).toMatchObject({ status: 403, body: { error: { code: "forbidden" } } });
  });

  it("is not to be had before the hub is set up", async () => {
    await env.DB.prepare("DELETE FROM teams").run();
    const refused = await make();
    expect(refused).toMatchObject({ status: 409, body: { error: { code: "conflict" } } });
    expect(refused.body.error.message).toContain("Set the hub up first");
    expect(await links()).toEqual([]);
  });
});
