import { env } from "cloudflare:workers";
import { evictDurableObject } from "cloudflare:test";
import { afterEach, describe, expect, it, vi } from "vitest";
import { sha256Hex } from "../../platform/encoding";
import { createVisitor, mailsTo, newAddress, password, signUp } from "../../testing/visitor";

const minute = 60_000;
afterEach(() => {
  vi.useRealTimers();
});

let networks = 0;
const newNetwork = (): string => `198.18.${Math.floor(++networks / 250)}.${networks % 250}`;
const signIn = (email: string, secret: string, address?: string) =>
  createVisitor(address === undefined ? {} : { "cf-connecting-ip": address }).ask(
    "/api/auth/sign-in/email",
    { body: { email, password: secret } },
  );
/** Counts for the account as a whole, or for tries from one network. */
const counterOf = async (email: string, network = "") =>
  env.ATTEMPTS.getByName(`account/${await sha256Hex(email)}${network && `/${network}`}`);
const wide = { failures: 100, withinMs: 15 * minute, lockMs: 15 * minute };

describe("guessing a password", () => {
  it("ends after ten tries, for an account as for an address nobody has, also all at once", async () => {
    const { email } = await signUp();
    const unknown = newAddress();
    const told = async (address: string) => {
      const from = newNetwork();
      const tries = await Promise.all(
        Array.from({ length: 20 }, () => signIn(address, "wrong password", from)),
      );
      const last = await signIn(address, password, from);
      return {
        tries: tries.map(({ status }) => status).toSorted((a, b) => a - b),
        last: [last.status, last.body.error.code, last.body.error.message],
        waits: Number(last.headers.get("retry-after")) > 0,
      };
    };
    const known = await told(email);
    expect(known.tries).toEqual([...Array(10).fill(401), ...Array(10).fill(429)]);
    expect(known.last.slice(0, 2)).toEqual([429, "locked_out"]);
    expect(known.waits).toBe(true);
    expect(await told(unknown)).toEqual(known);
  });

  it("is forgotten after a quarter of an hour, and not by an eviction", async () => {
    const now = Date.now();
    vi.useFakeTimers({ toFake: ["Date"], now });
    const { email } = await signUp();
    const from = newNetwork();
    for (let n = 0; n < 11; n++) await signIn(email, "wrong password", from);
    await evictDurableObject(await counterOf(email, from));
    expect((await signIn(email, password, from)).status).toBe(429);
    vi.setSystemTime(now + 16 * minute);
    expect((await signIn(email, password, from)).status).toBe(200);
  });

  it("begins anew once the right password was shown", async () => {
    const { email } = await signUp();
    const from = newNetwork();
    for (let round = 0; round < 2; round++) {
      for (let n = 0; n < 9; n++) await signIn(email, "wrong password", from);
      expect((await signIn(email, password, from)).status).toBe(200);
    }
  });

  it("keeps nobody out who comes from another network, however often it is tried", async () => {
    const { email } = await signUp();
    const eve = newNetwork();
    for (let n = 0; n < 120; n++) await signIn(email, "wrong password", eve);
    expect((await signIn(email, password, eve)).status).toBe(429);
    expect((await signIn(email, password, newNetwork())).status).toBe(200);
  });

  it("ends after a hundred tries for one account, wherever they come from", async () => {
    const { email } = await signUp();
    const counter = await counterOf(email);
    for (let n = 0; n < 99; n++) await counter.begin(wide);
    expect((await signIn(email, "wrong password", newNetwork())).status).toBe(401);
    expect((await signIn(email, password, newNetwork())).status).toBe(429);
  });

  it("by a stranger locks nothing that somebody signed in does", async () => {
    const ada = await signUp();
    const counter = await counterOf(ada.email);
    for (let n = 0; n < 101; n++) await counter.begin(wide);
    expect((await signIn(ada.email, password)).status).toBe(429);
    const changed = await ada.ask("/api/auth/change-password", {
      body: { currentPassword: password, newPassword: "a new password" },
    });
    expect(changed.status).toBe(200);
    const begun = await ada.ask("/api/auth/two-factor/enable", {
      body: { password: "a new password" },
    });
    expect(begun.status).toBe(200);
  });

  it("from nowhere known is counted for one account, and not against others", async () => {
    const [one, other] = [await signUp(), await signUp()];
    const nowhere = (email: string, secret: string) =>
      createVisitor({ "cf-connecting-ip": "" }).ask("/api/auth/sign-in/email", {
        body: { email, password: secret },
      });
    for (let n = 0; n < 10; n++)
      expect((await nowhere(one.email, "wrong password")).status).toBe(401);
    expect((await nowhere(one.email, password)).status).toBe(429);
    const everywhere = env.ATTEMPTS.getByName("address/unknown");
    for (let n = 0; n < 101; n++) await everywhere.begin(wide);
    expect((await nowhere(other.email, password)).status).toBe(200);
    expect((await signIn(one.email, password, newNetwork())).status).toBe(200);
  });

  it("ends after a hundred tries from one network, whatever accounts they are for", async () => {
    const counter = env.ATTEMPTS.getByName("address/2001:db8:1:2::/64");
    for (let n = 0; n < 100; n++) await counter.begin(wide);
    const { email } = await signUp();
    expect((await signIn(email, password, "2001:db8:1:2::1")).status).toBe(429);
    expect((await signIn(email, password, "2001:db8:1:2:ffff::9")).status).toBe(429);
    expect((await signIn(email, password, "2001:db8:1:3::1")).status).toBe(200);
  });

  it("is recorded with address and browser where the account exists", async () => {
    const { email, personId } = await signUp();
    await env.DB.prepare("INSERT INTO members VALUES ('team_locked', ?, 'owner', 0)")
      .bind(personId)
      .run();
    const eve = createVisitor({ "cf-connecting-ip": "203.0.113.9", "user-agent": "Guess/1.0" });
    await eve.ask("/api/auth/sign-in/email", { body: { email, password: "wrong password" } });
    await eve.ask("/api/auth/sign-in/email", { body: { email: newAddress(), password } });
    await eve.ask("/api/auth/sign-in/email", { body: { email, password } });
    const { results } = await env.DB.prepare(
      "SELECT action, subject_id, address, user_agent, details FROM audit_entries WHERE team_id = 'team_locked' ORDER BY seq",
    ).all();
    expect(results).toEqual([
      {
        action: "session.create.failed",
        subject_id: personId,
        address: "203.0.113.9",
        user_agent: "Guess/1.0",
        details: '{"by":"password","why":"unauthorized"}',
      },
      {
        action: "session.create",
        subject_id: expect.stringMatching(/^ses_/),
        address: "203.0.113.9",
        user_agent: "Guess/1.0",
        details: '{"by":"password"}',
      },
    ]);
  });
});

describe("mails that anybody can ask for", () => {
  it("are five an hour from one network and twenty in all for an address; the next answers alike", async () => {
    const { email } = await signUp();
    const askSeven = async () => {
      const visitor = createVisitor();
      for (let n = 0; n < 7; n++) {
        const { status, text } = await visitor.ask("/api/auth/request-password-reset", {
          body: { email },
        });
        expect([status, text]).toEqual([200, '{"status":true}']);
      }
      const mails = await mailsTo(email);
      return mails.filter(({ subject }) => subject === "Set a new password").length;
    };
    const sent = [];
    for (let network = 0; network < 5; network++) sent.push(await askSeven());
    expect(sent).toEqual([5, 10, 15, 20, 20]);
  });

  it("are thirty an hour from one network", async () => {
    const eve = createVisitor();
    const ask = () =>
      eve.ask("/api/auth/request-password-reset", { body: { email: newAddress() } });
    for (let n = 0; n < 30; n++) expect((await ask()).status).toBe(200);
    expect((await ask()).body.error.code).toBe("locked_out");
  });

  it("are twenty accounts an hour from one network", async () => {
    const eve = createVisitor();
    const ask = () =>
      eve.ask("/api/auth/sign-up/email", {
        body: { name: "Eve", email: newAddress(), password },
        env: { PLUGBOARD_SIGN_UP: "invited" },
      });
    for (let n = 0; n < 20; n++) expect((await ask()).status).toBe(403);
    expect((await ask()).body.error.code).toBe("locked_out");
  });
});
