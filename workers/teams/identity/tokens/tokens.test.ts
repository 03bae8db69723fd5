import { env } from "cloudflare:workers";
import { createLocalJWKSet, exportJWK, generateKeyPair, jwtVerify, SignJWT } from "jose";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { askHub, createTeam, type TestTeam } from "../../../testing/team";
import { signingKey } from "./keys";
import { signAccessToken } from "./sign";

const day = 24 * 60 * 60_000;
const issuer = "http://127.0.0.1";
const audience = `${issuer}/api`;
let team: TestTeam;
beforeEach(async () => {
  team = await createTeam();
});
afterEach(() => {
  vi.useRealTimers();
});

const me = (token: string) =>
  askHub("/api/v1/me", { headers: { authorization: `Bearer ${token}` } });
const about = (more: object = {}) => ({
  issuer,
  audience,
  subject: team.personId,
  credentialId: team.keyId,
  teamId: team.id,
  now: Date.now(),
  ...more,
});
const signed = async (more: object = {}) => (await signAccessToken(env, about(more))).accessToken;

describe("an access token", () => {
  it("is a JWT that anybody can check by the hub's public keys", async () => {
    const { body } = await team.ask("/api/v1/account/access-token", { method: "POST" });
    const keys = await askHub("/api/auth/jwks");
    expect(keys.text).not.toContain('"d"');
    const { payload, protectedHeader } = await jwtVerify(
      body.accessToken,
      createLocalJWKSet(keys.body),
      { issuer, audience, typ: "at+jwt" },
    );
    expect(protectedHeader.alg).toBe("EdDSA");
    expect(payload).toMatchObject({ sub: team.personId, sid: team.keyId, team: team.id });
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(3600);
    expect(payload.exp).toBe(body.expiresAt / 1000);
  });

  it("may do what its scopes name, and nothing its key may not", async () => {
    const { body } = await me(await signed({ scopes: ["tools.read", "nothing.known"] }));
    expect(body.permissions).toEqual(["tools.read"]);
  });

  const hour = 60 * 60_000;
  it.each([
    ["for another resource", { audience: `${issuer}/mcp` }],
    ["for another hub's API", { audience: "http://hub.example/api" }],
    ["of another issuer", { issuer: "http://hub.example" }],
    ["that has expired", { now: Date.now() - hour - 31_000 }],
    ["from the future", { now: Date.now() + 40_000 }],
    ["of another person", { subject: "per_other" }],
    ["of another team", { teamId: "team_other" }],
    ["of a credential nobody has", { credentialId: "key_nobody" }],
    ["of a session nobody has", { credentialId: "ses_nobody" }],
  ])("%s is refused", async (_, more) => {
    expect((await me(await signed())).status).toBe(200);
    const refused = await me(await signed(more));
    expect([refused.status, refused.body.error.code]).toEqual([401, "unauthorized"]);
  });

  it("is taken from a clock that is a little off", async () => {
    expect((await me(await signed({ now: Date.now() + 20_000 }))).status).toBe(200);
  });

  it("is refused with a changed signature, another algorithm, another type or another key", async () => {
    const good = await signed();
    const { id, privateJwk } = await signingKey(env);
    const [header = "", payload = "", signature = ""] = good.split(".");
    const claims = () =>
      new SignJWT({ sid: team.keyId, team: team.id })
        .setIssuer(issuer)
        .setAudience(audience)
        .setSubject(team.personId)
        .setJti("1")
        .setIssuedAt()
        .setExpirationTime("1h");
    const { privateKey, publicKey } = await generateKeyPair("EdDSA");
    const shared = new TextEncoder().encode(JSON.stringify(await exportJWK(publicKey)));
    const b64 = (value: object) => btoa(JSON.stringify(value)).replaceAll("=", "");
    const spoilt = [
      `${header}.${payload}.${signature.replace(/^./, (c) => (c === "A" ? "B" : "A"))}`,
      `${header}.${payload}.`,
      `${b64({ alg: "none", typ: "at+jwt", kid: id })}.${payload}.`,
      await claims().setProtectedHeader({ alg: "HS256", typ: "at+jwt", kid: id }).sign(shared),
      await claims().setProtectedHeader({ alg: "EdDSA", typ: "at+jwt", kid: id }).sign(privateKey),
      await claims()
        .setProtectedHeader({ alg: "EdDSA", typ: "at+jwt", kid: "jwk_nobody" })
        .sign(privateKey),
      await claims()
        .setProtectedHeader({ alg: "EdDSA", typ: "JWT", kid: id })
        .sign(
          await crypto.subtle.importKey("jwk", privateJwk as JsonWebKey, "Ed25519", false, [
            "sign",
          ]),
        ),
      `eyJ${"x".repeat(100_000)}`,
    ];
    for (const token of spoilt) expect((await me(token)).status, token.slice(0, 80)).toBe(401);
    expect((await me(good)).status).toBe(200);
  });
});

describe("the keys", () => {
  it("are kept with their private half encrypted", async () => {
    await signingKey(env);
    const { results } = await env.DB.prepare("SELECT * FROM jwks").all();
    expect(results.length).toBeGreaterThan(0);
    expect(JSON.stringify(results)).not.toContain('\\"d\\"');
  });

  it("are replaced after thirty days, and the old one is good for as long as its tokens", async () => {
    const now = Date.now();
    vi.useFakeTimers({ toFake: ["Date"], now });
    const first = await signingKey(env);
    vi.setSystemTime(now + 30 * day - 60_000);
    const late = await signed();
    vi.setSystemTime(now + 30 * day + 60_000);
    const second = await signingKey(env);
    expect(second.id).not.toBe(first.id);
    expect((await me(late)).status).toBe(200);
    const ids = async () =>
      (await askHub("/api/auth/jwks")).body.keys.map(({ kid }: { kid: string }) => kid);
    expect(await ids()).toEqual(expect.arrayContaining([first.id, second.id]));
    vi.setSystemTime(now + 31 * day);
    expect(await ids()).not.toContain(first.id);
  });
});
