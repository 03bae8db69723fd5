import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { AuthMethod, type OAuthCodeMethod } from "../../../shared/catalogue/manifest";
import { strictClient } from "../../testing/vendor/strict-provider";
import type { SecretRecord, SignIn } from "../auth/types";
import { authorizeUrl } from "./authorize";
import { readCallback } from "./callback";
import { exchangeCode } from "./exchange";
import { refreshToken } from "./refresh";
import { revokeToken } from "./revoke";

const { redirectUri, ...client } = strictClient;
const state = "s".repeat(43);
const verifier = "v".repeat(43);
const nonce = "n".repeat(43);
const manifest = { params: [] };

let provider = "";
beforeAll(async () => {
  const response = await fetch(`${env.VENDOR_URL}/strict-provider`, { method: "POST" });
  provider = (await response.json<{ url: string }>()).url;
});

const methodOf = (more: object = {}) =>
  AuthMethod.parse({
    kind: "oauth2_code",
    id: "oauth",
    label: "Sign in",
    authorizeUrl: `${provider}/auth`,
    authorizeParams: { prompt: "consent" },
    tokenUrl: `${provider}/token`,
    clientAuth: "basic",
    pkce: "required",
    issuer: provider,
    nonce: true,
    rotation: "strict",
    revoke: { url: `${provider}/token/revocation` },
    app: { where: { text: "Nowhere" } },
    ...more,
  }) as OAuthCodeMethod;

/** As a browser does: follows every step until it is sent back to the hub. */
async function visit(url: string): Promise<URL> {
  const cookies = new Map<string, string>();
  let at = new URL(url);
  for (let step = 0; step < 12; step++) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await fetch(at, { redirect: "manual", headers: { cookie } });
    for (const set of response.headers.getSetCookie()) {
      const [pair = ""] = set.split(";");
      const [name = "", value = ""] = pair.split(/=(.*)/s);
      cookies.set(name, value);
    }
    const location = response.headers.get("location");
    if (location === null) throw new Error(`${at.pathname}: ${await response.text()}`);
    at = new URL(location, at);
    if (at.href.startsWith(redirectUri)) return at;
  }
  throw new Error("It goes round in circles.");
}

async function comeBack(method: OAuthCodeMethod) {
  const url = await authorizeUrl({
    method,
    params: {},
    client,
    scopes: ["openid", "offline_access"],
    redirectUri,
    state,
    verifier,
    nonce,
  });
  return visit(url);
}

const read = (method: OAuthCodeMethod, { searchParams: query }: URL) =>
  readCallback({ manifest, method, params: {}, query, state, client });

async function signIn(method = methodOf({ scopes: [{ scope: "openid", label: "Sign in" }] })) {
  const answer = await read(method, await comeBack(method));
  if (!answer.ok) throw new Error(answer.fault.code);
  const told = { manifest, method, params: {}, client, code: answer.code, redirectUri, nonce };
  return { method, told, got: await exchangeCode(env, { ...told, verifier }) };
}

const renew = (method: OAuthCodeMethod, record: SecretRecord) =>
  refreshToken(env, signInOf(method), { record, client });
const signInOf = (method: OAuthCodeMethod): SignIn => ({
  connector: "strict",
  method,
  params: {},
  scopes: [],
  state: null,
});
const whoAmI = async (record: SecretRecord) =>
  fetch(`${provider}/me`, {
    headers: { authorization: `Bearer ${record["accessToken"] ?? ""}` },
  });

describe("an authorization server nobody here wrote", () => {
  it("lets the hub in, with PKCE, its name in the redirect and a nonce", async () => {
    const { method, got } = await signIn();
    if (!got.ok) throw new Error(got.failure.message);
    expect(got.scopes).toEqual(["openid", "offline_access"]);
    expect(await (await whoAmI(got.record)).json()).toEqual({ sub: "ada" });
    const renewed = await renew(method, got.record);
    if (!renewed.ok) throw new Error(renewed.failure.message);
    expect(renewed.record["refreshToken"]).not.toBe(got.record["refreshToken"]);
    expect((await whoAmI(renewed.record)).status).toBe(200);

    const revoked = await revokeToken(env, signInOf(method), { record: renewed.record, client });
    expect(revoked).toEqual({ ok: true, revoked: true });
    expect(await renew(method, renewed.record)).toMatchObject({
      ok: false,
      failure: { kind: "revoked", error: "invalid_grant" },
    });
  });

  it("ends the whole sign-in when an old refresh token comes back", async () => {
    const { method, got } = await signIn();
    if (!got.ok) throw new Error(got.failure.message);
    const first = await renew(method, got.record);
    if (!first.ok) throw new Error(first.failure.message);
    expect(await renew(method, got.record)).toMatchObject({ failure: { kind: "revoked" } });
    expect(await renew(method, first.record)).toMatchObject({ failure: { kind: "revoked" } });
  });

  it("takes a code once, and with the verifier it was asked for with", async () => {
    const { told, got } = await signIn();
    expect(got.ok).toBe(true);
    const dead = { ok: false, failure: { kind: "revoked", error: "invalid_grant" } };
    expect(await exchangeCode(env, { ...told, verifier })).toMatchObject(dead);
    const method = methodOf();
    const answer = await read(method, await comeBack(method));
    if (!answer.ok) throw new Error(answer.fault.code);
    const wrong = { ...told, code: answer.code, verifier: "w".repeat(43) };
    expect(await exchangeCode(env, wrong)).toMatchObject(dead);
  });

  it("says what is wrong with the app in words the hub understands", async () => {
    const without = methodOf({ pkce: "forbidden" });
    expect(await read(without, await comeBack(without))).toMatchObject({
      ok: false,
      fault: { code: "misconfigured" },
    });
    const back = await comeBack(methodOf());
    const elsewhere = methodOf({ issuer: "https://login.example.com" });
    expect(await read(elsewhere, back)).toMatchObject({ fault: { code: "issuer_mismatch" } });
    const { told } = await signIn();
    const answer = await read(methodOf(), await comeBack(methodOf()));
    if (!answer.ok) throw new Error(answer.fault.code);
    const stranger = { ...told, code: answer.code, verifier };
    const wrongSecret = { ...client, clientSecret: "another" };
    expect(await exchangeCode(env, { ...stranger, client: wrongSecret })).toMatchObject({
      failure: { kind: "misconfigured", error: "invalid_client" },
    });
  });
});
