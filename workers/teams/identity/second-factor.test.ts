import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { codeOf } from "../../testing/one-time-code";
import { createVisitor, password, signUp, type Visitor } from "../../testing/visitor";

let ada: Awaited<ReturnType<typeof signUp>>;
let totpURI: string;
let backupCodes: string[];
// The clock stands where a code has just begun, so that none ends while it is typed.
let now = Math.ceil(Date.now() / 30_000) * 30_000;
const later = (ms: number) => vi.setSystemTime((now += ms));

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["Date"], now });
  ada = await signUp();
  const begun = await ada.ask("/api/auth/two-factor/enable", { body: { password } });
  expect(begun.status).toBe(200);
  ({ totpURI, backupCodes } = begun.body);
  const on = await ada.ask("/api/auth/two-factor/verify-totp", { body: { code: codeOf(totpURI) } });
  expect(on.text).toBe("{}");
  expect(on.status).toBe(200);
  later(60_000);
});
afterEach(() => {
  vi.useRealTimers();
});

async function halfSignedIn(): Promise<Visitor> {
  const visitor = createVisitor();
  const { status, body } = await visitor.ask("/api/auth/sign-in/email", {
    body: { email: ada.email, password },
  });
  expect([status, body]).toEqual([200, { twoFactorRedirect: true }]);
  expect((await visitor.ask("/api/v1/account")).status).toBe(401);
  return visitor;
}
const account = async (visitor: Visitor) => (await visitor.ask("/api/v1/account")).body;

describe("a second factor", () => {
  it("is asked for after the password, and remembered in the session", async () => {
    expect((await account(ada)).secondFactor).toEqual({ enabled: true });
    expect((await account(ada)).session.secondFactorAt).toBe(now - 60_000);
    const visitor = await halfSignedIn();
    const done = await visitor.ask("/api/auth/two-factor/verify-totp", {
      body: { code: codeOf(totpURI, now) },
    });
    expect(done).toMatchObject({ status: 200, body: { user: { email: ada.email } } });
    expect((await account(visitor)).session.secondFactorAt).toBe(now);
  });

  it("takes no code twice", async () => {
    const code = codeOf(totpURI, now);
    const first = await halfSignedIn();
    const second = await halfSignedIn();
    const verify = (visitor: Visitor) =>
      visitor.ask("/api/auth/two-factor/verify-totp", { body: { code } });
    expect((await verify(first)).status).toBe(200);
    expect(await verify(second)).toMatchObject({
      status: 401,
      body: { error: { code: "unauthorized" } },
    });
  });

  it("takes a recovery code once, also when it is shown twenty times at once", async () => {
    const visitors: Visitor[] = [];
    // No more than the lock-out lets in at once.
    for (let n = 0; n < 4; n++)
      visitors.push(...(await Promise.all(Array.from({ length: 5 }, halfSignedIn))));
    const answers = await Promise.all(
      visitors.map((visitor) =>
        visitor.ask("/api/auth/two-factor/verify-backup-code", {
          body: { code: backupCodes[0] },
        }),
      ),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    for (const { status } of answers) expect([200, 401, 409, 429]).toContain(status);
    later(31 * 60_000);
    const again = await (
      await halfSignedIn()
    ).ask("/api/auth/two-factor/verify-backup-code", {
      body: { code: backupCodes[0] },
    });
    expect(again.status).toBe(401);
    const other = await (
      await halfSignedIn()
    ).ask("/api/auth/two-factor/verify-backup-code", {
      body: { code: backupCodes[1] },
    });
    expect(other.status).toBe(200);
  });

  it("cannot be shown without the password before it", async () => {
    for (const [path, code] of [
      ["verify-totp", codeOf(totpURI, now)],
      ["verify-backup-code", backupCodes[0]],
    ]) {
      const refused = await createVisitor().ask(`/api/auth/two-factor/${path}`, { body: { code } });
      expect([refused.status, refused.body.error.code]).toEqual([401, "unauthorized"]);
    }
  });

  it("locks after ten wrong codes, whatever browser they come from, and opens after a quarter of an hour", async () => {
    for (let n = 0; n < 10; n++) {
      const wrong = await (
        await halfSignedIn()
      ).ask("/api/auth/two-factor/verify-totp", {
        body: { code: "000000" },
      });
      expect(wrong.status).toBe(401);
    }
    const right = () => ({ body: { code: codeOf(totpURI, now) } });
    const locked = await (await halfSignedIn()).ask("/api/auth/two-factor/verify-totp", right());
    expect(locked).toMatchObject({ status: 429, body: { error: { code: "locked_out" } } });
    expect(Number(locked.headers.get("retry-after"))).toBeGreaterThan(0);
    later(31 * 60_000);
    const open = await (await halfSignedIn()).ask("/api/auth/two-factor/verify-totp", right());
    expect(open.status).toBe(200);
  });

  it("is shown again in a session that goes on", async () => {
    later(60_000);
    const wrong = await ada.ask("/api/v1/account/second-factor", { body: { code: "000000" } });
    expect([wrong.status, wrong.body.error.code]).toEqual([403, "forbidden"]);
    const code = codeOf(totpURI, now);
    expect((await ada.ask("/api/v1/account/second-factor", { body: { code } })).status).toBe(204);
    expect((await account(ada)).session.secondFactorAt).toBe(now);
    expect((await ada.ask("/api/v1/account/second-factor", { body: { code } })).status).toBe(403);
    const recovery = { body: { code: backupCodes[0] } };
    expect((await ada.ask("/api/v1/account/second-factor", recovery)).status).toBe(204);
    expect((await ada.ask("/api/v1/account/second-factor", recovery)).status).toBe(403);
  });

  it("is asked for before anything that weakens it, once twelve hours have gone by", async () => {
    later(13 * 60 * 60_000);
    const asks: [string, object][] = [
      ["/api/auth/two-factor/disable", { password }],
      ["/api/auth/two-factor/generate-backup-codes", { password }],
      ["/api/auth/two-factor/get-totp-uri", { password }],
      ["/api/auth/change-password", { currentPassword: password, newPassword: "new password 1" }],
      ["/api/auth/change-email", { newEmail: "elsewhere@example.com" }],
      ["/api/v1/account/email", { email: "elsewhere@example.com" }],
    ];
    for (const [path, body] of asks)
      expect((await ada.ask(path, { body })).body?.error?.code, path).toBe(
        "second_factor_required",
      );
    expect((await ada.ask("/api/auth/passkey/generate-register-options")).body.error.code).toBe(
      "second_factor_required",
    );
  });

  it("is switched off by its person, with the password", async () => {
    const wrong = await ada.ask("/api/auth/two-factor/disable", { body: { password: "wrong" } });
    expect([wrong.status, wrong.body.error.code]).toEqual([403, "forbidden"]);
    expect((await ada.ask("/api/auth/two-factor/disable", { body: {} })).status).toBe(403);
    const off = await ada.ask("/api/auth/two-factor/disable", { body: { password } });
    expect([off.status, off.text]).toEqual([200, '{"status":true}']);
    expect((await account(ada)).secondFactor).toEqual({ enabled: false });
    expect((await account(ada)).session.secondFactorAt).toBeNull();
  });

  it("is not asked for in a browser that was trusted, until the password is changed", async () => {
    const visitor = await halfSignedIn();
    await visitor.ask("/api/auth/two-factor/verify-totp", {
      body: { code: codeOf(totpURI, now), trustDevice: true },
    });
    visitor.cookies.delete("__Host-plugboard");
    const signIn = (secret: string) =>
      visitor.ask("/api/auth/sign-in/email", { body: { email: ada.email, password: secret } });
    expect((await signIn(password)).body.user.email).toBe(ada.email);
    expect((await account(visitor)).session.secondFactorAt).toBeNull();
    const newPassword = "another password";
    const changed = await ada.ask("/api/auth/change-password", {
      body: { currentPassword: password, newPassword },
    });
    expect(changed.status).toBe(200);
    visitor.cookies.delete("__Host-plugboard");
    expect((await signIn(newPassword)).body).toEqual({ twoFactorRedirect: true });
  });

  it("keeps its secret and codes from whoever reads the database", async () => {
    const secret = new URL(totpURI).searchParams.get("secret") ?? "";
    const row = JSON.stringify(
      await env.DB.prepare("SELECT * FROM two_factors WHERE person_id = ?")
        .bind(ada.personId)
        .first(),
    );
    for (const hidden of [secret, ...backupCodes]) expect(row).not.toContain(hidden);
  });
});
