import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import {
  createVisitor,
  linkTo,
  mailsTo,
  newAddress,
  password,
  signUp,
} from "../../testing/visitor";

const shape = (value: unknown): unknown =>
  typeof value === "object" && value !== null
    ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shape(inner)]))
    : typeof value;

describe("signing up", () => {
  it("makes an account that signs in once its address is confirmed", async () => {
    const email = newAddress();
    const visitor = createVisitor();
    const made = await visitor.ask("/api/auth/sign-up/email", {
      body: { name: "Ada", email: email.toUpperCase(), password },
    });
    expect(made).toMatchObject({
      status: 200,
      body: {
        user: { id: expect.stringMatching(/^per_/), name: "Ada", email, emailVerified: false },
      },
    });
    expect(visitor.cookies.size).toBe(0);
    const early = await visitor.ask("/api/auth/sign-in/email", { body: { email, password } });
    expect(early).toMatchObject({
      status: 403,
      body: { error: { code: "forbidden", details: { reason: "email_not_verified" } } },
    });
    const verified = await visitor.ask(`/api/auth/verify-email?token=${await linkTo(email)}`);
    expect(verified.status).toBe(200);
    const account = await visitor.ask("/api/v1/account");
    expect(account.body).toEqual({
      person: { id: made.body.user.id, name: "Ada", email, emailVerified: true, image: null },
      session: {
        id: expect.stringMatching(/^ses_/),
        expiresAt: expect.any(Number),
        secondFactorAt: null,
      },
      teamId: null,
      teams: [],
      secondFactor: { enabled: false },
      hasPassword: true,
      providers: [],
    });
  });

  it("fills nobody's mailbox: whose address is known gets five mails an hour", async () => {
    const { email } = await signUp();
    const before = (await mailsTo(email)).length;
    for (let n = 0; n < 7; n++) {
      const again = await createVisitor().ask("/api/auth/sign-up/email", {
        body: { name: "Eve", email, password: "another password" },
      });
      expect(again.status).toBe(200);
    }
    expect((await mailsTo(email)).length - before).toBe(5);
  });

  it("answers for a known address as for a new one, and tells its owner by mail", async () => {
    const { email } = await signUp();
    const ask = (address: string) =>
      createVisitor().ask("/api/auth/sign-up/email", {
        body: { name: "Eve", email: address, password: "another password" },
      });
    const [known, fresh] = [await ask(email), await ask(newAddress())];
    expect(shape(known.body)).toEqual(shape(fresh.body));
    expect([known.status, [...known.headers.keys()]]).toEqual([
      fresh.status,
      [...fresh.headers.keys()],
    ]);
    expect((await mailsTo(email))[0]?.subject).toBe("You have an account already");
    const old = await createVisitor().ask("/api/auth/sign-in/email", { body: { email, password } });
    expect(old.status).toBe(200);
  });

  it("makes one account when the same address comes several times at once", async () => {
    const email = newAddress();
    const answers = await Promise.all(
      Array.from({ length: 6 }, () =>
        createVisitor().ask("/api/auth/sign-up/email", { body: { name: "Ada", email, password } }),
      ),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    const row = await env.DB.prepare("SELECT count(*) n FROM people WHERE email = ?")
      .bind(email)
      .first("n");
    expect(row).toBe(1);
  });

  it.each([
    ["a short password", { password: "short" }, "body.password"],
    ["a password too long", { password: "x".repeat(129) }, "body.password"],
    ["no address", { email: "nobody" }, "body.email"],
    ["an address nobody can have", { email: "x@no-email.invalid" }, "body.email"],
    ["a number for a name", { name: 1 }, "body.name"],
    ["a field it does not take", { role: "owner" }, "body"],
    ["an image of their own", { image: "https://example.com/x" }, "body"],
    ["100 KB of name", { name: "x".repeat(100_000) }, "body.name"],
  ])("refuses %s, and names the field", async (_, wrong, field) => {
    const email = newAddress();
    const refused = await createVisitor().ask("/api/auth/sign-up/email", {
      body: { name: "Ada", email, password, ...wrong },
    });
    expect(refused).toMatchObject({
      status: 400,
      body: { error: { code: "invalid_input", details: { field } } },
    });
    expect(await mailsTo(email)).toEqual([]);
  });

  it("is by invitation where the deployment says so, whether the address is known or not", async () => {
    const { email } = await signUp();
    const ask = (address: string) =>
      createVisitor().ask("/api/auth/sign-up/email", {
        body: { name: "Ada", email: address, password },
        env: { PLUGBOARD_SIGN_UP: "invited" },
      });
    const [known, fresh] = [await ask(email), await ask(newAddress())];
    for (const { status, body } of [known, fresh])
      expect([status, body.error.code]).toEqual([403, "forbidden"]);
    expect(known.body.error.message).toBe(fresh.body.error.message);
    const invited = newAddress();
    await env.DB.prepare(
      "INSERT INTO invitations (id, team_id, email, role, hash, invited_by, created_at, expires_at) VALUES (?, 'team_x', ?, 'member', ?, 'per_x', 0, ?)",
    )
      .bind(`inv_${invited}`, invited, invited, Date.now() + 60_000)
      .run();
    expect((await ask(invited)).status).toBe(200);
  });

  it("says what is missing where the hub cannot send mail", async () => {
    const refused = await createVisitor().ask("/api/auth/sign-up/email", {
      body: { name: "Ada", email: newAddress(), password },
      env: { PLUGBOARD_ALLOW_LOOPBACK: "false", PLUGBOARD_HOSTS: "127.0.0.1" },
    });
    expect(refused).toMatchObject({ status: 503, body: { error: { code: "unavailable" } } });
    expect(refused.body.error.message).toContain("PLUGBOARD_RESEND_KEY");
  });
});

describe("signing in", () => {
  it("opens a session in a cookie of the host alone, and shows its token nowhere", async () => {
    const { email } = await signUp();
    const visitor = createVisitor();
    const { status, body, text, headers } = await visitor.ask("/api/auth/sign-in/email", {
      body: { email, password },
    });
    expect([status, body]).toEqual([
      200,
      { user: { id: expect.any(String), name: "Ada", email, emailVerified: true } },
    ]);
    const set = headers.getSetCookie().filter((cookie) => cookie.startsWith("__Host-plugboard="));
    expect(set).toHaveLength(1);
    for (const part of [
      /; Path=\//i,
      /; Secure/i,
      /; HttpOnly/i,
      /; SameSite=Lax/i,
      /Max-Age=604800/,
    ])
      expect(set[0]).toMatch(part);
    expect(set[0]).not.toMatch(/domain=/i);
    const token = decodeURIComponent(visitor.cookies.get("__Host-plugboard") ?? "").split(".")[0];
    expect(token).toMatch(/^\w{32}$/);
    expect(text).not.toContain(token);
    for (const path of ["/api/v1/account", "/api/v1/account/sessions"])
      expect((await visitor.ask(path)).text).not.toContain(token);
    expect(headers.get("cache-control")).toBe("no-store");
  });

  it("answers for a wrong password as for an address nobody has", async () => {
    const { email } = await signUp();
    const ask = async (address: string) =>
      createVisitor().ask("/api/auth/sign-in/email", {
        body: { email: address, password: "wrong password" },
      });
    const [known, unknown] = [await ask(email), await ask(newAddress())];
    for (const { status, body } of [known, unknown]) {
      expect(status).toBe(401);
      expect({ ...body.error, requestId: "" }).toEqual({
        code: "unauthorized",
        message: "Email or password is not right.",
        requestId: "",
      });
    }
    expect([...known.headers.keys()]).toEqual([...unknown.headers.keys()]);
  });

  it("takes no cookie that was changed, and none that another secret signed", async () => {
    const ada = await signUp();
    const good = ada.cookies.get("__Host-plugboard") ?? "";
    const eve = await signUp();
    const [token] = good.split(".");
    const [, signature] = (eve.cookies.get("__Host-plugboard") ?? "").split(".");
    for (const value of [`${token}.${signature}`, token, `${good}x`, good.replace(/^./, "_"), ""]) {
      const { status } = await createVisitor({ cookie: `__Host-plugboard=${value}` }).ask(
        "/api/v1/account",
      );
      expect(status, value).toBe(401);
    }
    const other = await ada.ask("/api/v1/account", {
      env: { PLUGBOARD_AUTH_SECRET: "another secret of thirty-two characters" },
    });
    expect(other.status).toBe(401);
  });

  it.each(["get-session", "list-sessions", "revoke-sessions", "update-user", "delete-user", "ok"])(
    "offers nothing else of the library (%s)",
    async (name) => {
      const ada = await signUp();
      for (const method of ["GET", "POST"])
        expect((await ada.ask(`/api/auth/${name}`, { method })).status).toBe(404);
    },
  );
});

describe("a confirmation link", () => {
  it("is good once, also when it is opened twenty times at once", async () => {
    const email = newAddress();
    await createVisitor().ask("/api/auth/sign-up/email", {
      body: { name: "Ada", email, password },
    });
    const token = await linkTo(email);
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        createVisitor().ask(`/api/auth/verify-email?token=${token}`),
      ),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    for (const { status, body } of answers)
      if (status !== 200) expect([status, body.error.code]).toEqual([410, "link_used"]);
    expect(
      await env.DB.prepare(
        "SELECT count(*) n FROM sessions JOIN people ON people.id = person_id WHERE email = ?",
      )
        .bind(email)
        .first("n"),
    ).toBe(1);
  });

  it.each(["nonsense", "eyJhbGciOiJub25lIn0.eyJlbWFpbCI6ImEifQ.", "x".repeat(2000)])(
    "that nobody sent is refused (%#)",
    async (token) => {
      const refused = await createVisitor().ask(`/api/auth/verify-email?token=${token}`);
      expect([refused.status, refused.body.error.code]).toEqual([410, "link_expired"]);
    },
  );

  it("is sent again for whoever waits for it, with the same answer for everybody", async () => {
    const waiting = newAddress();
    await createVisitor().ask("/api/auth/sign-up/email", {
      body: { name: "Ada", email: waiting, password },
    });
    const { email: known } = await signUp();
    const answers = [];
    for (const email of [waiting, known, newAddress()])
      answers.push(
        await createVisitor().ask("/api/auth/send-verification-email", { body: { email } }),
      );
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`))).toEqual(
      new Set(['200 {"status":true}']),
    );
    expect((await mailsTo(waiting)).length).toBe(2);
    expect((await mailsTo(known)).length).toBe(1);
  });
});
