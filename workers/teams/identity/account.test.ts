import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { createTeam, signIn as signInByLink, type TestTeam } from "../../testing/team";
import {
  createVisitor,
  linkTo,
  mailsTo,
  newAddress,
  password,
  signUp,
  type Visitor,
} from "../../testing/visitor";

let ada: Awaited<ReturnType<typeof signUp>>;
beforeEach(async () => {
  ada = await signUp();
});

async function joins(personId: string, role = "member"): Promise<TestTeam> {
  const team = await createTeam();
  await env.DB.prepare("INSERT INTO members VALUES (?, ?, ?, ?)")
    .bind(team.id, personId, role, Date.now())
    .run();
  return team;
}
async function again(): Promise<Visitor> {
  const visitor = createVisitor();
  await visitor.ask("/api/auth/sign-in/email", { body: { email: ada.email, password } });
  return visitor;
}
const idOf = async (visitor: Visitor): Promise<string> =>
  (await visitor.ask("/api/v1/account")).body.session.id;
async function actionsOf(team: TestTeam): Promise<unknown[]> {
  const { results } = await env.DB.prepare(
    "SELECT action FROM audit_entries WHERE team_id = ? ORDER BY seq",
  )
    .bind(team.id)
    .all();
  return results.map(({ action }) => action);
}

describe("somebody in no team", () => {
  it("reads and changes their account, and is told what is missing everywhere else", async () => {
    const renamed = await ada.ask("/api/v1/account", { method: "PATCH", body: { name: "Ada L." } });
    expect([renamed.status, renamed.body.person.name]).toEqual([200, "Ada L."]);
    for (const path of ["/api/v1/me", "/api/v1/tools", "/api/v1/connections"])
      expect((await ada.ask(path)).body.error.code, path).toBe("no_team");
  });

  it("signs out", async () => {
    expect((await ada.ask("/api/auth/sign-out", { method: "POST" })).status).toBe(204);
    expect((await ada.ask("/api/v1/account")).status).toBe(401);
  });
});

describe("an account", () => {
  it("is for its person's session alone: keys are refused, and so is who is nobody", async () => {
    const team = await createTeam();
    for (const [method, path] of [
      ["GET", ""],
      ["PATCH", ""],
      ["GET", "/sessions"],
      ["POST", "/sessions/end-others"],
    ] as const) {
      const init = { method, ...(method === "PATCH" ? { body: { name: "Eve" } } : {}) };
      const refused = await team.ask(`/api/v1/account${path}`, init);
      expect([refused.status, refused.body.error.code]).toEqual([403, "forbidden"]);
      expect((await createVisitor().ask(`/api/v1/account${path}`, init)).status).toBe(401);
    }
  });

  it("changes for no page of another site", async () => {
    for (const from of ["null", "http://evil.example", "http://127.0.0.1:8788"]) {
      const { status } = await ada.ask("/api/v1/account", {
        method: "PATCH",
        body: { name: "Eve" },
        headers: { origin: from },
      });
      expect(status).toBe(403);
    }
    expect((await ada.ask("/api/v1/account")).body.person.name).toBe("Ada");
  });
});

describe("choosing a team", () => {
  it("goes on in that team at once, with the role there", async () => {
    const [one, two] = [await joins(ada.personId), await joins(ada.personId, "viewer")];
    for (const [team, role] of [
      [one, "member"],
      [two, "viewer"],
      [one, "member"],
    ] as const) {
      const chosen = await ada.ask("/api/v1/account/team", { body: { teamId: team.id } });
      expect([chosen.status, chosen.body.teamId]).toEqual([200, team.id]);
      const me = await ada.ask("/api/v1/me");
      expect([me.body.team.id, me.body.role]).toEqual([team.id, role]);
    }
    expect(await actionsOf(two)).toContain("session.choose_team");
    expect((await (await again()).ask("/api/v1/me")).body.team.id).toBe(one.id);
  });

  it("answers for a team one does not belong to as for one nobody has", async () => {
    const foreign = await createTeam();
    const ask = async (teamId: string) => {
      const { status, body } = await ada.ask("/api/v1/account/team", { body: { teamId } });
      return [status, body.error.code, body.error.message];
    };
    expect(await ask(foreign.id)).toEqual(await ask("team_nobody"));
    expect((await ask(foreign.id))[0]).toBe(404);
    expect((await ada.ask("/api/v1/account")).body.teamId).toBeNull();
  });

  it("keeps a session that a team's own provider opened in that team", async () => {
    const [own, other] = [await joins(ada.personId), await joins(ada.personId)];
    await env.DB.prepare("UPDATE sessions SET team_id = ?, only_team_id = ? WHERE person_id = ?")
      .bind(own.id, own.id, ada.personId)
      .run();
    const { body } = await ada.ask("/api/v1/account");
    expect(body.teams.map(({ id }: { id: string }) => id)).toEqual([own.id]);
    const refused = await ada.ask("/api/v1/account/team", { body: { teamId: other.id } });
    expect(refused.status).toBe(404);
  });
});

it("lets a team's own provider change nothing of how its people sign in elsewhere", async () => {
  const team = await joins(ada.personId);
  const elsewhere = await again();
  await env.DB.prepare("UPDATE sessions SET team_id = ?, only_team_id = ? WHERE id = ?")
    .bind(team.id, team.id, await idOf(ada))
    .run();
  const asks: [string, object][] = [
    ["/api/v1/account/email", { email: newAddress() }],
    ["/api/v1/account/password", { newPassword: "a new password" }],
    ["/api/auth/change-email", { newEmail: newAddress() }],
    ["/api/auth/change-password", { currentPassword: password, newPassword: "a new password" }],
    ["/api/auth/two-factor/enable", { password }],
    ["/api/auth/two-factor/verify-totp", { code: "000000" }],
    ["/api/auth/passkey/verify-registration", { response: {} }],
  ];
  for (const [path, body] of asks)
    expect((await ada.ask(path, { body })).body.error.code, path).toBe("forbidden");
  const begun = await ada.ask("/api/auth/passkey/generate-register-options");
  expect(begun.body.error.code).toBe("forbidden");
  const renamed = await ada.ask("/api/v1/account", { method: "PATCH", body: { name: "Eve" } });
  expect(renamed.status).toBe(403);
  expect((await ada.ask("/api/v1/account/sessions")).body.items).toHaveLength(1);
  const ended = await ada.ask("/api/v1/account/sessions/end-others", { method: "POST" });
  expect(ended.body).toEqual({ ended: 0 });
  expect((await elsewhere.ask("/api/v1/account")).status).toBe(200);
});

describe("sessions", () => {
  it("are listed without their tokens, and the present one is marked", async () => {
    const other = await again();
    const { body, text } = await ada.ask("/api/v1/account/sessions");
    expect(
      body.items.map((item: { id: string; current: boolean }) => [item.id, item.current]),
    ).toEqual([
      [await idOf(other), false],
      [await idOf(ada), true],
    ]);
    expect(body.items[0].address).toMatch(/^10\./);
    for (const { cookies } of [ada, other])
      expect(text).not.toContain((cookies.get("__Host-plugboard") ?? "").split(".")[0]);
  });

  it("end at once where their person ends them", async () => {
    const team = await joins(ada.personId);
    const other = await again();
    expect((await other.ask("/api/v1/me")).status).toBe(200);
    const id = await idOf(other);
    const ended = await ada.ask(`/api/v1/account/sessions/${id}`, { method: "DELETE" });
    expect(ended.status).toBe(204);
    expect((await other.ask("/api/v1/me")).status).toBe(401);
    expect(await actionsOf(team)).toContain("session.end");
    const third = await again();
    await third.ask("/api/v1/me");
    const all = await ada.ask("/api/v1/account/sessions/end-others", { method: "POST" });
    expect(all.body).toEqual({ ended: 1 });
    expect((await third.ask("/api/v1/me")).status).toBe(401);
    expect((await ada.ask("/api/v1/account")).status).toBe(200);
  });

  it("of somebody else answer as those nobody has", async () => {
    const eve = await signUp();
    const end = async (id: string) => {
      const { status, body } = await eve.ask(`/api/v1/account/sessions/${id}`, {
        method: "DELETE",
      });
      return [status, body?.error.code, body?.error.message];
    };
    expect(await end(await idOf(ada))).toEqual(await end("ses_nobody"));
    expect((await ada.ask("/api/v1/account")).status).toBe(200);
  });
});

describe("a password", () => {
  it("is set once by whoever has none", async () => {
    const team = await createTeam();
    const page = await signInByLink(team);
    const set = (newPassword: string) =>
      createVisitor(page).ask("/api/v1/account/password", { body: { newPassword } });
    const answers = await Promise.all([set("first password"), set("second password")]);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([204, 409]);
    expect((await createVisitor(page).ask("/api/v1/account")).body.hasPassword).toBe(true);
    expect(await actionsOf(team)).toContain("password.set");
  });

  it("is changed with the present one, and other sessions end where that is asked", async () => {
    const other = await again();
    const change = (currentPassword: string) =>
      ada.ask("/api/auth/change-password", {
        body: { currentPassword, newPassword: "a new password", revokeOtherSessions: true },
      });
    const wrong = await change("wrong password");
    expect([wrong.status, wrong.body.error.code]).toEqual([403, "forbidden"]);
    expect((await change(password)).text).toBe('{"status":true}');
    expect((await ada.ask("/api/v1/account")).status).toBe(200);
    expect((await other.ask("/api/v1/account")).status).toBe(401);
    expect((await mailsTo(ada.email))[0]?.subject).toBe("Your password was changed");
  });
});

describe("an email address", () => {
  it("changes once the link to the new one is opened, once", async () => {
    const email = newAddress();
    const team = await joins(ada.personId);
    const other = await again();
    expect((await other.ask("/api/v1/me")).status).toBe(200);
    await ada.ask("/api/auth/request-password-reset", { body: { email: ada.email } });
    const resetToken = await linkTo(ada.email);
    const asked = await ada.ask("/api/v1/account/email", { body: { email, password } });
    expect(asked.status).toBe(204);
    expect((await ada.ask("/api/v1/account")).body.person.email).toBe(ada.email);
    const token = await linkTo(email);
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        createVisitor().ask(`/api/auth/verify-email?token=${token}`),
      ),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    for (const { headers } of answers) expect(headers.getSetCookie()).toEqual([]);
    expect((await ada.ask("/api/v1/account")).body.person).toMatchObject({
      email,
      emailVerified: true,
    });
    expect((await mailsTo(ada.email))[0]?.subject).toBe("Your email address was changed");
    expect((await actionsOf(team)).filter((action) => action === "email.change")).toHaveLength(1);
    expect((await other.ask("/api/v1/me")).status).toBe(401);
    const reset = { newPassword: "a new password", token: resetToken };
    const late = await createVisitor().ask("/api/auth/reset-password", { body: reset });
    expect(late.body.error.code).toBe("link_expired");
  });

  it("is changed by nobody who has the session alone", async () => {
    const email = newAddress();
    const change = (more: object) => ada.ask("/api/v1/account/email", { body: { email, ...more } });
    for (const refused of [
      await change({}),
      await change({ password: "wrong password" }),
      await ada.ask("/api/auth/change-email", { body: { newEmail: email } }),
    ])
      expect([refused.status, refused.body.error]).toMatchObject([
        403,
        { code: "forbidden", message: "The password is not right." },
      ]);
    expect(await mailsTo(email)).toEqual([]);
    for (let n = 3; n < 10; n++) await change({ password: "wrong password" });
    expect((await change({ password })).body.error.code).toBe("locked_out");
    const currentPassword = password;
    const changed = await ada.ask("/api/auth/change-password", {
      body: { currentPassword, newPassword: "a new password" },
    });
    expect(changed.body.error.code).toBe("locked_out");
    expect(await mailsTo(email)).toEqual([]);
  });

  it("that somebody has already is answered alike, and stays theirs", async () => {
    const eve = await signUp();
    const answer = await eve.ask("/api/auth/change-email", {
      body: { newEmail: ada.email, password },
    });
    expect([answer.status, answer.text]).toEqual([200, '{"status":true}']);
    expect((await mailsTo(ada.email))[0]?.subject).toBe("You have an account already");
    expect((await eve.ask("/api/v1/account")).body.person.email).toBe(eve.email);
  });

  it("is given by whoever signed in by link and has none", async () => {
    const team = await createTeam();
    await env.DB.prepare("UPDATE people SET email = ?, email_verified = 0 WHERE id = ?")
      .bind(`${team.personId}@no-email.invalid`, team.personId)
      .run();
    const owner = createVisitor(await signInByLink(team));
    expect((await owner.ask("/api/v1/account")).body.person.email).toBeNull();
    const email = newAddress();
    await owner.ask("/api/v1/account/email", { body: { email } });
    await createVisitor().ask(`/api/auth/verify-email?token=${await linkTo(email)}`);
    expect((await owner.ask("/api/v1/account")).body.person.email).toBe(email);
  });
});

describe("somebody who signed in an hour ago and has no second factor", () => {
  const age = (personId: string, ms: number) =>
    env.DB.prepare("UPDATE sessions SET created_at = ? WHERE person_id = ?")
      .bind(Date.now() - ms, personId)
      .run();
  const hour = 60 * 60_000;
  const again = { code: "forbidden", details: { reason: "sign_in_again" } };
  async function told(visitor: Visitor, path: string, body?: object): Promise<unknown> {
    const { status, body: answer } = await visitor.ask(path, body ? { body } : {});
    return [status, answer?.error];
  }

  it("signs in again before they change how they sign in", async () => {
    const team = await createTeam();
    const owner = createVisitor(await signInByLink(team));
    const asks: [string, object?][] = [
      ["/api/v1/account/email", { email: newAddress() }],
      ["/api/auth/change-email", { newEmail: newAddress() }],
      ["/api/v1/account/password", { newPassword: "a first password" }],
      ["/api/auth/passkey/generate-register-options"],
      ["/api/auth/passkey/verify-registration", { response: {} }],
      ["/api/auth/passkey/delete-passkey", { id: "pas_nobody" }],
      ["/api/auth/two-factor/enable", {}],
      ["/api/auth/two-factor/verify-totp", { code: "000000" }],
      ["/api/auth/two-factor/get-totp-uri", {}],
      ["/api/auth/two-factor/disable", {}],
      ["/api/auth/two-factor/generate-backup-codes", {}],
    ];
    await age(team.personId, hour + 1000);
    for (const [path, body] of asks)
      expect(await told(owner, path, body), path).toMatchObject([403, again]);
    await age(team.personId, hour - 60_000);
    for (const [path, body] of asks)
      expect(JSON.stringify(await told(owner, path, body)), path).not.toContain("sign_in_again");
  });

  it("does so for passkeys and a second factor with a password too, and not for a new address", async () => {
    await age(ada.personId, hour + 1000);
    for (const [path, body] of [
      ["/api/auth/passkey/generate-register-options"],
      ["/api/auth/two-factor/enable", { password }],
    ] as [string, object?][])
      expect(await told(ada, path, body), path).toMatchObject([403, again]);
    const change = { email: newAddress(), password };
    expect(await told(ada, "/api/v1/account/email", change)).toEqual([204, undefined]);
  });

  it("is not younger for a session that takes the place of theirs", async () => {
    await age(ada.personId, 2 * hour);
    const changed = await ada.ask("/api/auth/change-password", {
      body: {
        currentPassword: password,
        newPassword: "a new password",
        revokeOtherSessions: true,
      },
    });
    expect(changed.status).toBe(200);
    const options = "/api/auth/passkey/generate-register-options";
    expect(await told(ada, options)).toMatchObject([403, again]);
  });
});

describe("an access token", () => {
  const withToken = (token: string, path = "/api/v1/me") =>
    createVisitor().ask(path, { headers: { authorization: `Bearer ${token}` } });

  it("is its session's: it does what that may do, and ends with it", async () => {
    const team = await joins(ada.personId);
    const page = await again();
    const made = await page.ask("/api/v1/account/access-token", { method: "POST" });
    expect(made.body).toEqual({
      accessToken: expect.stringMatching(/^eyJ/),
      tokenType: "Bearer",
      expiresAt: expect.any(Number),
    });
    const { accessToken } = made.body;
    const me = await withToken(accessToken);
    expect([me.status, me.body.team.id, me.body.role]).toEqual([200, team.id, "member"]);
    const minted = await createVisitor().ask("/api/v1/account/access-token", {
      method: "POST",
      headers: { authorization: `Bearer ${accessToken}` },
    });
    expect(minted.status).toBe(403);
    expect((await withToken(accessToken, "/api/v1/account")).status).toBe(403);
    await page.ask("/api/auth/sign-out", { method: "POST" });
    expect((await withToken(accessToken)).status).toBe(401);
  });

  it("is its key's, and is good nowhere else", async () => {
    const team = await createTeam();
    const { body } = await team.ask("/api/v1/account/access-token", { method: "POST" });
    const me = await withToken(body.accessToken);
    expect([me.status, me.body.apiKey.id]).toEqual([200, team.keyId]);
    const mcp = await createVisitor().ask("/mcp", {
      body: { jsonrpc: "2.0", id: 1, method: "ping" },
      headers: { authorization: `Bearer ${body.accessToken}` },
    });
    expect(mcp.status).toBe(401);
    await env.DB.prepare("UPDATE api_keys SET revoked_at = 1 WHERE id = ?").bind(team.keyId).run();
    await env.TEAM_GATE.getByName(team.id).bump();
    expect((await withToken(body.accessToken)).status).toBe(401);
  });

  it("stays behind in the team it was made in", async () => {
    const [one, two] = [await joins(ada.personId), await joins(ada.personId)];
    await ada.ask("/api/v1/account/team", { body: { teamId: one.id } });
    const { body } = await ada.ask("/api/v1/account/access-token", { method: "POST" });
    expect((await withToken(body.accessToken)).body.team.id).toBe(one.id);
    await ada.ask("/api/v1/account/team", { body: { teamId: two.id } });
    expect((await withToken(body.accessToken)).status).toBe(401);
  });
});
