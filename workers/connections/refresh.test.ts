import { env } from "cloudflare:workers";
import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import { offerConnector } from "../testing/offer-connector";
import { emailOf } from "../testing/people";
import { mailsTo } from "../testing/visitor";
import type { ConnectionSession } from "./session.object";
import {
  forgetAll,
  losePatience,
  renewingConnection,
  renewingConnector,
  type Renewing,
} from "../testing/renewing";

const connector = "renewing";
offerConnector(renewingConnector(connector));
const expired = (token?: Parameters<typeof renewingConnection>[1]) =>
  renewingConnection(connector, token);

afterEach(() => vi.restoreAllMocks());
afterAll(() => forgetAll(connector));

const many = (count: number, work: () => Promise<{ status: number; body: any }>) =>
  Promise.all(Array.from({ length: count }, work));

/** What the vendor does to the next renewals. */
const misbehave = (at: Renewing, how: string, times?: number) =>
  at.control("PATCH", "", {
    misbehave: { refresh: { how: how as "lost", ...(times === undefined ? {} : { times }) } },
  });

describe("an expired token", () => {
  it("is renewed once for a hundred calls at once, and none of them is lost", async () => {
    const at = await expired();
    const get = vi.spyOn(env.TOKENS, "get");
    const answers = await many(100, at.call);
    expect(answers.map(({ status }) => status)).toEqual(Array(100).fill(200));
    expect(await at.refreshes()).toBe(1);
    await expect.poll(() => at.versions()).toEqual([2]);
    await expect.poll(async () => (await at.row()).credentialVersion).toBe(2);
    expect(await at.show()).toMatchObject({
      status: "connected",
      errorCount: 0,
      auth: { refreshes: true, expiresAt: expect.toSatisfy((at: number) => at > Date.now()) },
    });
    expect(await at.notices()).toEqual([]);
    expect((await at.call()).status).toBe(200);
    expect(await at.refreshes()).toBe(1);
    // What it was renewed with was read once, and the new one, which its session hands over, never.
    const read = get.mock.calls.filter(([name]) => String(name).includes(at.credentialId));
    expect(read).toHaveLength(1);
    const { items } = (await at.team.ask("/api/v1/audit?action=connection.renew")).body;
    expect(items).toMatchObject([
      { actor: { kind: "system" }, subjectId: at.id, details: { version: 2 } },
    ]);
  });

  it("whose renewal is lost on its way is tried once more, and a vendor that forgives it goes on", async () => {
    const at = await expired({ token: { rotation: "rolling" } });
    await misbehave(at, "lost", 1);
    const answers = await many(10, at.call);
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200));
    expect(await at.refreshes()).toBe(2);
    expect(await at.notices()).toEqual([]);
  });

  it("whose renewal is lost at a vendor that ends each refresh token with its use asks for a sign-in", async () => {
    const at = await expired();
    await misbehave(at, "lost", 1);
    const answers = await many(10, at.call);
    for (const { status, body } of answers) {
      expect(status).toBe(409);
      expect(body.error.code).toBe("connection_needs_auth");
    }
    expect(await at.refreshes()).toBe(2);
    await expectsSignIn(at);
  });

  it("whose vendor takes the sign-in back asks for another, says so once, and asks the vendor no more", async () => {
    const at = await expired();
    const admin = await at.team.join("admin");
    const member = await at.team.join("member");
    await at.control("POST", "/revoke");
    await many(10, at.call);
    await at.call();
    expect(await at.refreshes()).toBe(1);
    await expectsSignIn(at);
    expect(await at.notices(admin)).toHaveLength(1);
    expect(await at.notices(member)).toEqual([]);
    await expect
      .poll(() => mailsTo(emailOf(admin)))
      .toMatchObject([{ subject: expect.stringContaining("signed in again") }]);
    expect(await mailsTo(emailOf(at.team))).toHaveLength(1);
    const { items } = (await at.team.ask("/api/v1/audit?action=connection.needs_reauth")).body;
    expect(items).toMatchObject([
      { actor: { kind: "system", personId: null }, details: { reason: "revoked" } },
    ]);
  });

  it.each([["500"], ["429"]])(
    "whose vendor answers with %s is in error until the vendor is well",
    async (how) => {
      const at = await expired({ token: { rotation: "none" } });
      await misbehave(at, how);
      const [first] = await many(5, at.call);
      expect(first?.body.error.code).toBe("upstream_unreachable");
      expect(await at.refreshes()).toBeLessThanOrEqual(2);
      await expect.poll(async () => (await at.show()).status).toBe("error");
      expect(await at.notices()).toEqual([]);
      await at.control("PATCH", "", { misbehave: {} });
      await later(60 * 60_000);
      expect((await at.call()).status).toBe(200);
      await expect.poll(() => at.show()).toMatchObject({ status: "connected", lastError: null });
    },
  );

  it("whose vendor does not answer is in error too, and calls do not wait for ever", async () => {
    const at = await expired();
    await misbehave(at, "hang");
    losePatience();
    const [first] = await many(5, at.call);
    expect(first?.body.error.code).toBe("upstream_unreachable");
    await expect.poll(async () => (await at.show()).status).toBe("error");
    expect(await at.notices()).toEqual([]);
  });

  it("whose app the vendor does not know is in error with a notice of what to mend", async () => {
    const at = await expired({ token: { rotation: "none" } });
    await misbehave(at, "invalid_client");
    const { body } = await at.call();
    expect(body.error).toMatchObject({
      code: "upstream_unauthorized",
      message: expect.stringContaining("OAuth app"),
    });
    await expect.poll(async () => (await at.show()).status).toBe("error");
    expect(await at.notices()).toMatchObject([
      { kind: "connection.misconfigured", subjectId: at.id, settled: false },
    ]);
    await at.control("PATCH", "", { misbehave: {} });
    await at.team.ask(`/api/v1/connections/${at.id}/refresh`, { method: "POST" });
    expect(await at.show()).toMatchObject({ status: "connected" });
    expect(await at.notices()).toMatchObject([{ settled: true }]);
  });
});

describe("a token that is about to end", () => {
  it("goes on being used while its vendor is down, and nobody hears of it", async () => {
    const at = await expired({ endsInMs: 4 * 60_000 });
    await misbehave(at, "500");
    const answers = await many(10, at.call);
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200));
    await expect.poll(() => at.refreshes()).toBeGreaterThan(0);
    expect(await at.show()).toMatchObject({ status: "connected" });
    expect(await at.notices()).toEqual([]);
  });

  it("is renewed while calls go on with it", async () => {
    const at = await expired({ endsInMs: 4 * 60_000 });
    expect((await many(20, at.call)).map(({ status }) => status)).toEqual(Array(20).fill(200));
    await expect.poll(async () => (await at.row()).credentialVersion).toBe(2);
    expect(await at.refreshes()).toBe(1);
  });
});

describe("a token that the server refuses before its end", () => {
  it("is renewed once for many calls, each of which is sent again", async () => {
    const at = await expired({ endsInMs: 3_600_000 });
    await at.control("POST", "/expire");
    const answers = await many(30, at.call);
    expect(answers.map(({ status }) => status)).toEqual(Array(30).fill(200));
    expect(await at.refreshes()).toBe(1);
    expect((await at.show()).status).toBe("connected");
  });

  it("and its successor is dead: the connection asks for a sign-in", async () => {
    const at = await expired({ endsInMs: 3_600_000 });
    at.server.script.instead = () => new Response("", { status: 401 });
    const { body } = await at.call();
    expect(body.error.code).toBe("upstream_unauthorized");
    await expectsSignIn(at);
    expect((await at.call()).body.error.code).toBe("connection_needs_auth");
  });
});

describe("what a session knows", () => {
  it("is there after it was evicted, and what it had not told is told by its alarm", async () => {
    const at = await expired();
    // An object is evicted once the last of its timers is over.
    losePatience(1000);
    const put = vi.spyOn(env.TOKENS, "put").mockRejectedValue(new Error("KV is down"));
    expect((await at.call()).status).toBe(200);
    put.mockRestore();
    expect(await at.versions()).toEqual([1]);

    await evictDurableObject(at.session);

    const given = await at.session.token({ teamId: at.team.id, connectionId: at.id });
    expect(given).toMatchObject({ ok: true, version: 2 });
    expect(await at.refreshes()).toBe(1);
    await runDurableObjectAlarm(at.session);
    expect(await at.versions()).toEqual([2]);
    expect((await at.row()).credentialVersion).toBe(2);
  });

  it("is no other connection's", async () => {
    const at = await expired();
    await runInDurableObject(at.session, async (session: ConnectionSession) => {
      const asked = { teamId: at.team.id, connectionId: "con_other" };
      await expect(session.token(asked)).rejects.toThrow("another connection");
    });
  });
});

describe("a renewal that is under way", () => {
  /** The vendor is asked, and before its answer is here, something else is done to the connection. */
  async function renewWhile(at: Renewing, meanwhile: () => Promise<unknown>) {
    await runInDurableObject(at.session, async (session: ConnectionSession) => {
      const open = session as unknown as { env: Env };
      const fetchAfter = async (url: string, init: RequestInit) => {
        const answer = await fetch(url, init);
        if (url.endsWith("/token")) await meanwhile();
        return answer;
      };
      open.env = { ...env, NET: { fetch: fetchAfter } as unknown as Fetcher };
      await session.token({ teamId: at.team.id, connectionId: at.id, force: true });
      open.env = env;
    });
    expect(await at.refreshes()).toBe(1);
  }
  const path = (at: Renewing) => `/api/v1/connections/${at.id}`;

  it.each<[string, (at: Renewing) => Promise<unknown>]>([
    ["revoked", (at) => at.team.ask(`${path(at)}/revoke`, { method: "POST" })],
    ["deleted", (at) => at.team.ask(path(at), { method: "DELETE" })],
    ["revoked, and nobody told its session,", (at) => at.change({ credentialId: null })],
  ])("while its connection is %s leaves no token at the vendor", async (how, meanwhile) => {
    const at = await expired({ endsInMs: 3_600_000 });
    await renewWhile(at, () => meanwhile(at));
    await expect.poll(() => at.revoked()).toBe(how.endsWith(",") ? 1 : 2);
    expect(await at.versions()).not.toContain(2);
  });

  it("leaves a sign-in that was made anew alone", async () => {
    const at = await expired({ endsInMs: 3_600_000 });
    await renewWhile(at, at.reconnect);
    const { credentialId: id, credentialVersion: version } = await at.row();
    const known = { id: id ?? "", version };
    const asked = { teamId: at.team.id, connectionId: at.id, known };
    expect(await at.session.token(asked)).toMatchObject({ ok: true, credentialId: id });
    expect(await at.revoked()).toBe(0);
  });

  it("and ends just before its connection is revoked leaves none either", async () => {
    const at = await expired({ endsInMs: 3_600_000 });
    const before = await at.row();
    await at.session.token({ teamId: at.team.id, connectionId: at.id, force: true });
    await at.change({ credentialId: null });
    await at.session.forget(before);
    await expect.poll(() => at.revoked()).toBe(1);
    await expect.poll(() => at.versions()).not.toContain(2);
  });
});

async function expectsSignIn(at: Renewing): Promise<void> {
  await expect.poll(async () => (await at.show()).status).toBe("needs_reauth");
  expect(await at.notices()).toMatchObject([
    { kind: "connection.needs_reauth", subjectId: at.id, settled: false },
  ]);
}

/** As if so much time had gone by. */
async function later(ms: number): Promise<void> {
  const now = Date.now.bind(Date);
  vi.spyOn(Date, "now").mockImplementation(() => now() + ms);
}
