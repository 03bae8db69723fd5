import { env } from "cloudflare:workers";
import { base64url, SignJWT, type JWK, type JWTPayload } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { sha256Hex } from "./platform/encoding";
import { signingKey } from "./teams/identity/tokens/keys";
import { newSession } from "./teams/identity/new-session";
import { sessionCookie } from "./teams/session-cookie";
import { sessions } from "./teams/tables";
import { registryOf } from "./platform/registry";
import { askHub, createTeam, signIn, type TestTeam } from "./testing/team";

let team: TestTeam;
let good: { cookie: string; origin: string };
beforeAll(async () => {
  team = await createTeam();
  good = await signIn(team);
});

const me = (headers: Record<string, string>) => askHub("/api/v1/me", { headers });
const refused = { status: 401, body: { error: { code: "unauthorized" } } };
/** The session's token, without what proves that the hub made the cookie. */
const tokenOf = ({ cookie }: { cookie: string }) => /=([0-9A-Za-z]{32})/.exec(cookie)?.[1] ?? "";

describe("a session's cookie", () => {
  it("is taken as the hub made it", async () => {
    expect((await me(good)).status).toBe(200);
  });

  it("of a hub with another secret is refused", async () => {
    const other = { ...env, PLUGBOARD_AUTH_SECRET: "another-secret-of-another-hub-0123456789" };
    const [cookie = ""] = sessionCookie(other, tokenOf(good)).split(";");
    expect(await me({ ...good, cookie })).toMatchObject(refused);
  });

  it("that has expired is refused, however well it is signed", async () => {
    const { token, row } = newSession({
      personId: team.personId,
      teamId: team.id,
      secondFactorAt: null,
      address: null,
      userAgent: null,
      now: Date.now() - 8 * 24 * 60 * 60_000,
    });
    await registryOf(env).insert(sessions).values(row);
    const [cookie = ""] = sessionCookie(env, token).split(";");
    expect(await me({ ...good, cookie })).toMatchObject(refused);
  });

  it.each([
    ["with no signature", (token: string) => token],
    ["with an empty signature", (token: string) => `${token}.`],
    ["with a hash for a signature", (token: string) => `${token}.${"0".repeat(64)}`],
    ["with another's token before the signature", (token: string) => `${token.toUpperCase()}.`],
    ["that is not encoded rightly", (token: string) => `${token}.%E0%A4%A${"A".repeat(40)}`],
    ["with a signature of 100 KB", (token: string) => `${token}.${"A".repeat(100_000)}`],
  ])("%s is refused", async (_, spoil) => {
    const cookie = `__Host-plugboard=${spoil(tokenOf(good))}`;
    expect(await me({ ...good, cookie })).toMatchObject(refused);
  });

  it("is refused with the hash of the token for a bearer token", async () => {
    const token = tokenOf(good);
    for (const secret of [token, await sha256Hex(token)])
      expect(await me({ authorization: `Bearer ${secret}` })).toMatchObject(refused);
  });

  it("under a name without its prefix is nobody's", async () => {
    for (const name of ["plugboard", "__Secure-plugboard", "__host-plugboard"])
      expect(await me({ ...good, cookie: good.cookie.replace(/^[^=]+/, name) })).toMatchObject(
        refused,
      );
  });
});

describe("an access token", () => {
  const claims = (more: Record<string, unknown> = {}): JWTPayload => {
    const now = Math.floor(Date.now() / 1000);
    return {
      iss: "http://127.0.0.1",
      aud: "http://127.0.0.1/api",
      sub: team.personId,
      sid: team.keyId,
      team: team.id,
      jti: crypto.randomUUID(),
      iat: now,
      exp: now + 3600,
      ...more,
    };
  };
  async function signed(payload: JWTPayload, header: object = {}): Promise<string> {
    const { id, privateJwk } = await signingKey(env);
    const key = await crypto.subtle.importKey("jwk", privateJwk as JsonWebKey, "Ed25519", false, [
      "sign",
    ]);
    return new SignJWT(payload)
      .setProtectedHeader({ alg: "EdDSA", typ: "at+jwt", kid: id, ...header })
      .sign(key);
  }
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
  const soon = () => Math.floor(Date.now() / 1000);

  it("is taken as the hub signs it", async () => {
    expect((await me(bearer(await signed(claims())))).status).toBe(200);
  });

  it.each([
    ["from the future", () => ({ iat: soon() + 120, exp: soon() + 3600 })],
    ["that is not good yet", () => ({ nbf: soon() + 120 })],
    ["that has expired", () => ({ iat: soon() - 7200, exp: soon() - 120 })],
    ["that never expires", () => ({ exp: undefined })],
    ["that says not when it was made", () => ({ iat: undefined })],
    ["of another issuer", () => ({ iss: "http://127.0.0.1:1" })],
    ["for the MCP endpoint", () => ({ aud: "http://127.0.0.1/mcp" })],
    ["for several resources", () => ({ aud: ["http://127.0.0.1/api", "http://127.0.0.1/mcp"] })],
    ["for what only begins like the API", () => ({ aud: "http://127.0.0.1/api/v1" })],
    ["of a session that is another's", () => ({ sid: "ses_00000000000000000000000000" })],
    ["of another team", () => ({ team: "team_00000000000000000000000000" })],
    ["with an object for a person", () => ({ sub: { id: team.personId } })],
  ])("%s is refused", async (_, more) => {
    expect(await me(bearer(await signed(claims(more()))))).toMatchObject(refused);
  });

  it("of another type is refused", async () => {
    for (const typ of ["JWT", "id+jwt", "logout+jwt", undefined])
      expect(await me(bearer(await signed(claims(), { typ })))).toMatchObject(refused);
  });

  it("that asks for no signature, or for one made with the public key, is refused", async () => {
    const { keys } = (await askHub("/api/auth/jwks")).body;
    const [{ kid, x }] = keys;
    const part = (value: object) => base64url.encode(JSON.stringify(value));
    const none = ["none", "None", "NONE", "nOnE"].map(
      (alg) => `${part({ alg, typ: "at+jwt", kid })}.${part(claims())}.`,
    );
    const secrets = [base64url.decode(x), new TextEncoder().encode(x as string)];
    const shared = await Promise.all(
      [...secrets, new TextEncoder().encode(JSON.stringify(keys[0]))].map((secret) =>
        new SignJWT(claims())
          .setProtectedHeader({ alg: "HS256", typ: "at+jwt", kid })
          .sign(secret.length < 32 ? new Uint8Array(32) : secret),
      ),
    );
    for (const token of [...none, ...shared])
      expect(await me(bearer(token)), token.slice(0, 60)).toMatchObject(refused);
  });

  it("brings no key of its own", async () => {
    const { privateKey, publicKey } = (await crypto.subtle.generateKey("Ed25519", true, [
      "sign",
      "verify",
    ])) as CryptoKeyPair;
    const jwk = (await crypto.subtle.exportKey("jwk", publicKey)) as JWK;
    const { id } = await signingKey(env);
    for (const header of [
      { jwk },
      { kid: id, jwk },
      { jku: "http://127.0.0.1:1/jwks", kid: "mine" },
      { kid: "../../etc/passwd" },
    ]) {
      const token = new SignJWT(claims())
        .setProtectedHeader({ alg: "EdDSA", typ: "at+jwt", ...header })
        .sign(privateKey);
      expect(await me(bearer(await token))).toMatchObject(refused);
    }
  });
});
