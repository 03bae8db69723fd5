import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { newId } from "../../../shared/ids";
import { emailOf, giveEmail, giveRole, invitationFor, makeRole } from "../../testing/people";
import { askHub, createTeam, signIn, type TestTeam } from "../../testing/team";

let owner: TestTeam;
let email: string;
let invitations = 0;
beforeEach(async () => {
  owner = await createTeam();
  invitations += 1;
  email = `invited-${invitations}-${owner.id.slice(-8)}@example.com`;
});

const invite = (by: TestTeam, to = email, role = "member") =>
  by.ask("/api/v1/invitations", { body: { email: to, role } });
const show = (token: string) => askHub("/api/auth/invitation", { body: { token } });
const acceptNew = (token: string, name = "Colleague") =>
  askHub("/api/auth/invitation/accept", {
    body: { token, name, password: "correct horse battery" },
  });
const accept = async (who: TestTeam, token: string) =>
  askHub("/api/v1/account/invitations", { body: { token }, headers: await signIn(who) });
const isMember = async (of: TestTeam, personId: string) =>
  env.DB.prepare("SELECT role FROM members WHERE team_id = ? AND person_id = ?")
    .bind(of.id, personId)
    .first<string>("role");
const audited = async (action: string) =>
  (await owner.ask("/api/v1/audit")).body.items.filter((entry: any) => entry.action === action);
const cookieOf = ({ headers }: { headers: Headers }) => ({
  cookie: (headers.get("set-cookie") ?? "").split(";")[0] ?? "",
  origin: "http://127.0.0.1",
});

describe("an invitation", () => {
  it("goes out by mail, says what it is for, and makes an account, a member and a session", async () => {
    const { status, body, text } = await invite(owner, email.toUpperCase());
    expect(status).toBe(201);
    expect(body).toEqual({
      id: expect.stringMatching(/^inv_/),
      email,
      role: "member",
      roleName: "member",
      invitedBy: { id: owner.personId, name: "Somebody" },
      createdAt: expect.any(Number),
      expiresAt: body.createdAt + 7 * 24 * 3_600_000,
    });
    const token = await invitationFor(email);
    expect(token).toHaveLength(32);
    expect(text).not.toContain(token);
    expect((await owner.ask("/api/v1/invitations")).body.items).toEqual([body]);
    expect((await show(token)).body).toEqual({
      team: { id: owner.id, name: `Team ${owner.id}` },
      email,
      role: "member",
      invitedBy: "Somebody",
      expiresAt: body.expiresAt,
      hasAccount: false,
    });
    const accepted = await acceptNew(token);
    expect(accepted.body).toMatchObject({
      team: { id: owner.id },
      person: { name: "Colleague" },
      role: "member",
    });
    const me = await askHub("/api/v1/me", { headers: cookieOf(accepted) });
    expect(me.body).toMatchObject({ team: { id: owner.id }, role: "member" });
    const person = await env.DB.prepare("SELECT * FROM people WHERE email = ?").bind(email).first();
    expect(person).toMatchObject({ email_verified: 1, id: accepted.body.person.id });
    const signedIn = await askHub("/api/auth/sign-in/email", {
      body: { email, password: "correct horse battery" },
      headers: { origin: "http://127.0.0.1" },
    });
    expect(signedIn.status).toBe(200);
    expect((await owner.ask("/api/v1/invitations")).body.items).toEqual([]);
    expect(await audited("invitation.accept")).toMatchObject([
      { subjectId: body.id, actor: { personId: person?.["id"] }, after: { email, role: "member" } },
    ]);
    const stored = await env.DB.prepare("SELECT * FROM invitations").all();
    expect(JSON.stringify(stored.results)).not.toContain(token);
  });

  it("is accepted once, by twenty at once", async () => {
    await invite(owner);
    const token = await invitationFor(email);
    const answers = await Promise.all(Array.from({ length: 20 }, () => acceptNew(token)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    for (const { status } of answers) expect([200, 409, 410]).toContain(status);
    const rows = await env.DB.prepare("SELECT count(*) AS n FROM members WHERE team_id = ?")
      .bind(owner.id)
      .first("n");
    expect(rows).toBe(2);
    expect(await audited("invitation.accept")).toHaveLength(1);
    expect((await show(token)).body.error.code).toBe("link_used");
    expect((await acceptNew(token)).body.error.code).toBe("link_used");
  });

  it("is accepted by who has the address and signed in, who then works in the team", async () => {
    const guest = await createTeam("viewer");
    await invite(owner, emailOf(guest), "admin");
    const token = await invitationFor(emailOf(guest));
    expect((await show(token)).body.hasAccount).toBe(true);
    expect((await acceptNew(token)).body.error.code).toBe("conflict");
    const headers = await signIn(guest);
    expect((await askHub("/api/v1/me", { headers })).body.team.id).toBe(guest.id);
    const accepted = await askHub("/api/v1/account/invitations", { body: { token }, headers });
    expect(accepted).toMatchObject({
      status: 200,
      body: { team: { id: owner.id }, role: "admin" },
    });
    expect((await askHub("/api/v1/me", { headers })).body).toMatchObject({
      team: { id: owner.id },
      role: "admin",
    });
    expect((await askHub("/api/v1/account/invitations", { body: { token }, headers })).status).toBe(
      410,
    );
  });

  it("is for nobody else", async () => {
    await invite(owner);
    const token = await invitationFor(email);
    const thief = await createTeam();
    expect((await accept(thief, token)).body.error.code).toBe("forbidden");
    expect(await isMember(owner, thief.personId)).toBeNull();
    const key = await thief.ask("/api/v1/account/invitations", { body: { token } });
    expect(key).toMatchObject({ status: 403, body: { error: { code: "forbidden" } } });
    await giveEmail(thief, email);
    expect((await accept(thief, token)).status).toBe(200);
  });

  it("waits for whoever has confirmed the address, and is accepted by its id", async () => {
    const guest = await createTeam();
    const { body } = await invite(owner, emailOf(guest));
    const headers = await signIn(guest);
    const mine = () => askHub("/api/v1/account/invitations", { headers });
    const acceptIt = (id: string, who = headers) =>
      askHub(`/api/v1/account/invitations/${id}/accept`, { method: "POST", headers: who });
    expect((await mine()).body.items).toEqual([
      {
        id: body.id,
        team: { id: owner.id, name: `Team ${owner.id}` },
        role: "member",
        invitedBy: "Somebody",
        expiresAt: body.expiresAt,
      },
    ]);
    const other = await signIn(await createTeam());
    const unknown = newId("inv");
    const [theirs, nobodys] = [await acceptIt(body.id, other), await acceptIt(unknown, other)];
    expect(theirs.status).toBe(404);
    expect(theirs.body.error.message.replace(body.id, unknown)).toBe(nobodys.body.error.message);
    const verify = (value: number) =>
      env.DB.prepare("UPDATE people SET email_verified = ? WHERE id = ?")
        .bind(value, guest.personId)
        .run();
    await verify(0);
    expect((await mine()).body.items).toEqual([]);
    expect((await acceptIt(body.id)).status).toBe(404);
    await verify(1);
    expect((await acceptIt(body.id)).status).toBe(200);
    expect((await acceptIt(body.id)).status).toBe(410);
    expect(await isMember(owner, guest.personId)).toBe("member");
  });

  it("is void once it was sent again, withdrawn, or its time is over", async () => {
    const { body } = await invite(owner);
    const first = await invitationFor(email);
    const again = await owner.ask(`/api/v1/invitations/${body.id}/resend`, { method: "POST" });
    expect(again).toMatchObject({ status: 200, body: { id: body.id, email } });
    const second = await invitationFor(email);
    expect(second).not.toBe(first);
    expect((await acceptNew(first)).status).toBe(401);
    await env.DB.prepare("UPDATE invitations SET expires_at = 1 WHERE id = ?").bind(body.id).run();
    expect((await show(second)).body.error.code).toBe("link_expired");
    expect((await acceptNew(second)).body.error.code).toBe("link_expired");
    const { body: other } = await invite(owner);
    const third = await invitationFor(email);
    expect((await owner.ask(`/api/v1/invitations/${other.id}`, { method: "DELETE" })).status).toBe(
      204,
    );
    expect((await acceptNew(third)).body.error.code).toBe("link_expired");
    for (const method of ["DELETE", "POST"])
      expect(
        (
          await owner.ask(`/api/v1/invitations/${other.id}${method === "POST" ? "/resend" : ""}`, {
            method,
          })
        ).status,
      ).toBe(404);
    expect(
      await env.DB.prepare("SELECT 1 FROM people WHERE email = ?").bind(email).first(),
    ).toBeNull();
  });

  it("is none for a secret that nobody sent", async () => {
    for (const token of ["a".repeat(32), "' OR 1=1 --", owner.apiKey])
      for (const ask of [show, acceptNew])
        expect(await ask(token)).toMatchObject({
          status: 401,
          body: { error: { code: "unauthorized" } },
        });
  });

  it("gives no more than who sends it has, when it is sent and when it is accepted", async () => {
    const admin = await owner.join("admin");
    expect((await invite(admin, email, "owner")).status).toBe(403);
    const clerk = await owner.join("member");
    await giveRole(clerk, await makeRole(owner, ["members.manage", "tools.read"]));
    for (const role of ["viewer", "admin"])
      expect((await invite(clerk, email, role)).status).toBe(403);
    for (const role of ["superuser", "rol_00000000000000000000000000"])
      expect((await invite(owner, email, role)).body.error.code).toBe("invalid_input");
    expect((await invite(await owner.join("operator"))).status).toBe(403);

    const { body } = await invite(admin, email, "admin");
    const token = await invitationFor(email);
    expect(
      (await clerk.ask(`/api/v1/invitations/${body.id}/resend`, { method: "POST" })).status,
    ).toBe(403);
    await giveRole(admin, "viewer");
    expect((await acceptNew(token)).body.error.code).toBe("link_expired");
    await giveRole(admin, "admin");
    expect((await show(token)).status).toBe(200);
    await owner.ask(`/api/v1/members/${admin.personId}`, { method: "DELETE" });
    expect((await acceptNew(token)).body.error.code).toBe("link_expired");
    expect((await owner.ask("/api/v1/invitations")).body.items).toEqual([]);
  });

  it("is sent to nobody who belongs to the team or is invited, nor twice at once", async () => {
    const member = await owner.join("member");
    expect((await invite(owner, emailOf(member).toUpperCase())).body.error.code).toBe("conflict");
    const answers = await Promise.all(Array.from({ length: 8 }, () => invite(owner)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    for (const { status } of answers) expect([201, 409]).toContain(status);
    const elsewhere = await createTeam();
    expect((await invite(elsewhere)).status).toBe(201);
  });

  it("is one of fifty an hour and a hundred open ones, however many are asked for at once", async () => {
    const entry = `INSERT INTO audit_entries (id, team_id, seq, at, actor_kind, actor_id, action, subject_id, request_id, details, hash) VALUES (?, ?, ?, ?, 'user', 'x', 'invitation.create', 'x', 'x', '{}', 'x')`;
    const row = `INSERT INTO invitations (id, team_id, email, role, hash, invited_by, created_at, expires_at) VALUES (?, ?, ?, 'viewer', ?, 'x', 1, ?)`;
    await env.DB.batch(
      Array.from({ length: 47 }, (_, n) =>
        env.DB.prepare(entry).bind(newId("aud"), owner.id, n + 1, Date.now() - 1000),
      ),
    );
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, n) => invite(owner, `hour-${n}-${email}`)),
    );
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([
      201, 201, 201, 429, 429, 429,
    ]);
    const open = answers.find(({ status }) => status === 201)?.body.id;
    const resend = await owner.ask(`/api/v1/invitations/${open}/resend`, { method: "POST" });
    expect(resend).toMatchObject({ status: 429, body: { error: { code: "rate_limited" } } });
    const full = await createTeam();
    await env.DB.batch(
      Array.from({ length: 98 }, (_, n) =>
        env.DB.prepare(row).bind(
          newId("inv"),
          full.id,
          `${n}@x.example`,
          crypto.randomUUID(),
          Date.now() + 1e6,
        ),
      ),
    );
    const last = await Promise.all(
      Array.from({ length: 5 }, (_, n) => invite(full, `full-${n}-${email}`)),
    );
    expect(last.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([
      201, 201, 409, 409, 409,
    ]);
  });

  it("of another team is as unknown as one that nobody has", async () => {
    const { body } = await invite(owner);
    const stranger = await createTeam();
    const unknown = newId("inv");
    for (const [method, path] of [
      ["DELETE", ""],
      ["POST", "/resend"],
    ] as const) {
      const ask = (id: string) => stranger.ask(`/api/v1/invitations/${id}${path}`, { method });
      const [theirs, nobodys] = [await ask(body.id), await ask(unknown)];
      expect(theirs.status).toBe(404);
      expect(theirs.body.error.message.replace(body.id, unknown)).toBe(nobodys.body.error.message);
    }
    expect(
      (await stranger.ask(`/api/v1/invitations?cursor=${newId("inv", 2 ** 45)}`)).body.items,
    ).toEqual([]);
    expect((await show(await invitationFor(email))).status).toBe(200);
  });

  it.each([
    ["no address", { email: "nobody", role: "viewer" }],
    ["a header in the address", { email: "a@example.com\r\nBcc: b@example.com", role: "viewer" }],
    ["an address that cannot exist", { email: "a@no-email.invalid", role: "viewer" }],
    ["two addresses", { email: "a@example.com,b@example.com", role: "viewer" }],
    ["a team", { email: "a@example.com", role: "viewer", teamId: "team_1" }],
  ])("is refused with %s", async (_, body) => {
    expect((await owner.ask("/api/v1/invitations", { body })).body.error.code).toBe(
      "invalid_input",
    );
  });
});
