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

const ask = (email: string) =>
  createVisitor().ask("/api/auth/request-password-reset", { body: { email } });
const reset = (token: string, newPassword: string) =>
  createVisitor().ask("/api/auth/reset-password", { body: { token, newPassword } });
const signIn = (email: string, secret: string) =>
  createVisitor().ask("/api/auth/sign-in/email", { body: { email, password: secret } });

describe("a link to set a new password", () => {
  it("is sent where there is an account, with the same answer where there is none", async () => {
    const { email } = await signUp();
    const unknown = newAddress();
    const [known, other] = [await ask(email), await ask(unknown)];
    expect([known.status, known.text]).toEqual([200, '{"status":true}']);
    expect([other.status, other.text]).toEqual([known.status, known.text]);
    expect([...known.headers.keys()]).toEqual([...other.headers.keys()]);
    expect((await mailsTo(email))[0]?.subject).toBe("Set a new password");
    expect(await mailsTo(unknown)).toEqual([]);
  });

  it("sets it, ends every session at once, and tells the person", async () => {
    const ada = await signUp();
    await ask(ada.email);
    expect((await reset(await linkTo(ada.email), "a new password")).status).toBe(200);
    expect((await ada.ask("/api/v1/account")).status).toBe(401);
    expect((await signIn(ada.email, password)).status).toBe(401);
    expect((await signIn(ada.email, "a new password")).status).toBe(200);
    expect((await mailsTo(ada.email))[0]?.subject).toBe("Your password was changed");
  });

  it("is good once, also when it is used twenty times at once", async () => {
    const { email } = await signUp();
    await ask(email);
    const token = await linkTo(email);
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => reset(token, `new password ${n}`)),
    );
    const won = answers.flatMap(({ status }, n) => (status === 200 ? [n] : []));
    expect(won).toHaveLength(1);
    for (const { status, body } of answers)
      if (status !== 200) expect([status, body.error.code]).toEqual([410, "link_expired"]);
    expect((await signIn(email, `new password ${won[0]}`)).status).toBe(200);
  });

  it("is refused where nobody sent it, and where an hour has gone by", async () => {
    const { email } = await signUp();
    expect((await reset("nonsense", "a new password")).body.error.code).toBe("link_expired");
    await ask(email);
    await env.DB.prepare("UPDATE verifications SET expires_at = ?")
      .bind(Date.now() - 1)
      .run();
    expect((await reset(await linkTo(email), "a new password")).body.error.code).toBe(
      "link_expired",
    );
    expect((await signIn(email, password)).status).toBe(200);
  });

  it("is kept as a hash: whoever reads the table sets no password", async () => {
    const { email } = await signUp();
    await ask(email);
    const token = await linkTo(email);
    const { results } = await env.DB.prepare("SELECT * FROM verifications").all();
    expect(JSON.stringify(results)).not.toContain(token);
    for (const { identifier } of results)
      expect((await reset(String(identifier), "a thief's password")).status).toBe(410);
  });

  it("takes every other link with it: to a new password, and to another address", async () => {
    const ada = await signUp();
    await ask(ada.email);
    const older = await linkTo(ada.email);
    const elsewhere = newAddress();
    await ada.ask("/api/auth/change-email", { body: { newEmail: elsewhere, password } });
    await ask(ada.email);
    expect((await reset(await linkTo(ada.email), "a new password")).status).toBe(200);
    expect((await reset(older, "a thief's password")).body.error.code).toBe("link_expired");
    const taken = await createVisitor().ask(
      `/api/auth/verify-email?token=${await linkTo(elsewhere)}`,
    );
    expect(taken.status).toBe(410);
    expect((await signIn(ada.email, "a new password")).status).toBe(200);
  });

  it("proves the address: whoever took it before its owner confirmed it is shut out", async () => {
    const email = newAddress();
    await createVisitor().ask("/api/auth/sign-up/email", {
      body: { name: "Eve", email, password },
    });
    await ask(email);
    await reset(await linkTo(email), "the owner's password");
    expect((await signIn(email, "the owner's password")).status).toBe(200);
    expect((await signIn(email, password)).status).toBe(401);
  });
});
