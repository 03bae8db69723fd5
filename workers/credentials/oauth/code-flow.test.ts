import { describe, expect, it } from "vitest";
import { AuthMethod, Manifest, type OAuthCodeMethod } from "../../../shared/catalogue/manifest";
import { atVendor, type AtVendor } from "../../testing/at-vendor";
import type { PartialQuirks } from "../../testing/vendor/quirks";
import type { SignIn } from "../auth/types";
import { authorizeUrl } from "./authorize";
import { readCallback } from "./callback";
import { exchangeCode } from "./exchange";
import { refreshToken } from "./refresh";
import { revokeToken } from "./revoke";

const host = "https://accounts.example.com";
const redirectUri = "https://hub.example.org/oauth/callback";
const client = { clientId: "hub-client", clientSecret: "hub-secret" };
const state = "s".repeat(43);
const verifier = "v".repeat(43);
const base = {
  kind: "oauth2_code",
  id: "oauth",
  label: "Sign in",
  authorizeUrl: `${host}/authorize`,
  tokenUrl: `${host}/token`,
  app: { where: { text: "Developer console" } },
};

const methodOf = (more: object = {}) => AuthMethod.parse({ ...base, ...more }) as OAuthCodeMethod;
const manifestOf = (method: object, more: object = {}) =>
  Manifest.parse({
    id: "vendor",
    name: "Vendor",
    category: "crm",
    description: "A vendor.",
    auth: [method],
    ...more,
  });

type Told = {
  more?: object;
  manifest?: object;
  params?: Record<string, string>;
  scopes?: string[];
};

/** The whole way of a sign-in but for storing it. */
async function signIn(vendor: AtVendor, told: Told = {}) {
  const method = methodOf(told.more);
  const manifest = manifestOf({ ...base, ...told.more }, told.manifest);
  const params = told.params ?? {};
  const nonce = "n".repeat(43);
  const scopes = told.scopes ?? ["read"];
  const url = await authorizeUrl({
    method,
    params,
    client,
    scopes,
    redirectUri,
    state,
    verifier,
    nonce,
  });
  const back = await vendor.visit(url);
  const answer = await readCallback({
    manifest,
    method,
    params,
    query: back.searchParams,
    state,
    client,
  });
  if (!answer.ok) return { ...answer, method };
  const { code } = answer;
  const known = { ...params, ...answer.params };
  const obtained = await exchangeCode(vendor.env, {
    manifest,
    method,
    params: known,
    client,
    code,
    redirectUri,
    verifier,
    nonce,
    timeoutMs: 2000,
  });
  return { ...obtained, method, known };
}

const signInOf = (method: OAuthCodeMethod, params: Record<string, string> = {}): SignIn => ({
  connector: "vendor",
  method,
  params,
  scopes: [],
  state: null,
});

async function recordOf(vendor: AtVendor, more: object = {}) {
  const got = await signIn(vendor, { more });
  if (!got.ok) throw new Error(JSON.stringify(got));
  return { record: got.record, method: got.method };
}

describe("signing in with a code", () => {
  it("walks from the address to a token, with PKCE", async () => {
    const vendor = await atVendor({
      authorize: {
        pkce: "required",
        params: { prompt: "consent" },
        scopes: { scope: "read write" },
      },
      token: { clientAuth: "post", headers: { accept: "application/json" } },
    });
    const got = await signIn(vendor, {
      more: { authorizeParams: { prompt: "consent" } },
      scopes: ["read", "write"],
    });
    expect(got).toMatchObject({ ok: true, scopes: ["read", "write"] });
    if (!got.ok) throw new Error();
    expect(got.record).toMatchObject({ tokenType: "Bearer", scope: "read write" });
    expect(got.expiresAt).toBeGreaterThan(Date.now() + 3_500_000);
    expect(got.record["expiresAt"]).toBe(String(got.expiresAt));
    expect((await vendor.log()).map(({ complaint }) => complaint)).toEqual([null, null]);
  });

  it.each([
    [
      "no PKCE where a vendor refuses it",
      { authorize: { pkce: "forbidden" } },
      { pkce: "forbidden" },
    ],
    ["the secret in the header", { token: { clientAuth: "basic" } }, { clientAuth: "basic" }],
    [
      "a body of JSON",
      { token: { clientAuth: "basic", body: "json" } },
      { clientAuth: "basic", tokenBody: "json" },
    ],
    ["an answer as a form", { token: { type: "form" } }, {}],
    ["a form unless JSON is asked for", { token: { type: "form-unless-asked" } }, {}],
    [
      "a 201, and a date for the end",
      {
        token: {
          status: 201,
          expiresIn: 600,
          omit: ["expires_in"],
          expiry: { at: "/ends", as: "iso" },
        },
      },
      { expiry: { kind: "answer", pointer: "/ends" } },
    ],
    ["a count of seconds as text", { token: { expiresIn: "3600" } }, {}],
    ["no token_type", { token: { omit: ["token_type"] } }, {}],
    ["a token_type of its own", { token: { tokenType: "bot" } }, {}],
    [
      "the token elsewhere, its scope beside it",
      { token: { tokenAt: "/authed_user/access_token", errors: "ok-false" } },
      {
        tokenPointers: ["/access_token", "/authed_user/access_token"],
        successWhen: [{ pointer: "/ok", equals: true }],
      },
    ],
    [
      "parameters of its own",
      { token: { params: { expiring: "1" } } },
      { tokenParams: { expiring: "1" } },
    ],
    [
      "headers of its own",
      { token: { headers: { "x-app": "hub-client" } } },
      { tokenHeaders: { "x-app": "{app.clientId}" } },
    ],
    [
      "the code under another name",
      { authorize: { codeParam: "spapi_oauth_code" } },
      { codeParam: "spapi_oauth_code" },
    ],
    [
      "a signed redirect",
      { authorize: { signed: true, extra: { shop: "a.example.com", host: "YWRtaW4=" } } },
      { callbackSignature: { param: "hmac", algorithm: "hmac-sha256-hex" } },
    ],
    ["its name in the redirect", { authorize: { iss: host } }, { issuer: host }],
    [
      "a nonce in the id token",
      { authorize: { nonce: true, iss: host }, token: { idToken: { issuer: host, claims: {} } } },
      { nonce: true, issuer: host },
    ],
    [
      "an id token of whatever tenant",
      { authorize: { nonce: true }, token: { idToken: { issuer: `${host}/t-1`, claims: {} } } },
      { nonce: true },
    ],
    [
      "another separator",
      { authorize: { scopes: { scope: "a,b" } } },
      { scopeSeparator: "," },
      ["a", "b"],
    ],
    [
      "scopes of two kinds",
      { authorize: { scopes: { scope: "a", user_scope: "b" } } },
      {
        scopes: [
          { scope: "a", label: "A" },
          { scope: "b", label: "B", param: "user_scope" },
        ],
      },
      ["a", "b"],
    ],
    ["no scopes at all", { authorize: { refuses: ["scope"] } }, { sendScope: false }],
  ] as const)(
    "speaks to a vendor that wants %s",
    async (_, quirks, more, scopes: readonly string[] = ["read"]) => {
      const vendor = await atVendor(quirks as object);
      const got = await signIn(vendor, { more, scopes: [...scopes] });
      expect((await vendor.log()).map(({ complaint }) => complaint)).toEqual([null, null]);
      expect(got.ok).toBe(true);
    },
  );

  it("tells which scopes were granted, where they are fewer than were asked for", async () => {
    const vendor = await atVendor({ authorize: { grants: "read" } });
    expect(await signIn(vendor, { scopes: ["read", "write"] })).toMatchObject({ scopes: ["read"] });
    await vendor.change({ token: { omit: ["scope"] } });
    expect(await signIn(vendor, { scopes: ["read", "write"] })).toMatchObject({ scopes: null });
  });

  it("reads what the redirect, the answer and the id token say of the account", async () => {
    const vendor = await atVendor({
      authorize: { extra: { realmId: "9130", "accounts-server": "https://accounts.vendor.eu" } },
      token: {
        answer: { instance_url: "https://acme.my.vendor.com", team: { id: "T1" } },
        idToken: { issuer: host, claims: { tid: "tenant-1" } },
      },
    });
    const got = await signIn(vendor, {
      more: {
        captureCallback: { realmId: "realmId", accounts: "accounts-server" },
        capture: { instance: "/instance_url", team: "/team/id" },
        captureClaims: { tenant: "/tid" },
        tokenUrl: "{accounts}/token",
      },
      manifest: {
        params: [
          { name: "realmId", label: "Company", source: "callback", pattern: "\\d+" },
          { name: "accounts", label: "Server", source: "callback", hostSuffixes: [".vendor.eu"] },
          { name: "instance", label: "Instance", source: "token", hostSuffixes: [".vendor.com"] },
          { name: "team", label: "Team", source: "token" },
          { name: "tenant", label: "Tenant", source: "claims" },
        ],
      },
    });
    expect(got).toMatchObject({
      ok: true,
      known: { realmId: "9130", accounts: "https://accounts.vendor.eu" },
      params: { instance: "https://acme.my.vendor.com", team: "T1", tenant: "tenant-1" },
    });
    expect((await vendor.log()).at(-1)?.host).toBe("accounts.vendor.eu");
  });

  it.each([
    ["https://evil.example.net", "refused_address"],
    ["https://vendor.com.evil.net", "refused_address"],
    ["https://user@a.vendor.com", "refused_address"],
    ["https://evilvendor.com", "refused_address"],
    ["javascript:alert(1)//.vendor.com", "refused_address"],
    ["http://169.254.169.254/.vendor.com", "refused_address"],
  ])("sends no secret to %s, whoever says so", async (value, code) => {
    const server = [
      { name: "server", label: "Server", source: "callback", hostSuffixes: [".vendor.com"] },
    ];
    const callback = await atVendor({ authorize: { extra: { server: value } } });
    const redirected = await signIn(callback, {
      more: { captureCallback: { server: "server" }, tokenUrl: "{server}/token" },
      manifest: { params: server },
    });
    expect(redirected).toMatchObject({ ok: false, fault: { code } });
    expect((await callback.log()).map(({ place }) => place)).toEqual(["authorize"]);

    const answering = await atVendor({ token: { answer: { server: value } } });
    const told = await signIn(answering, {
      more: { capture: { server: "/server" } },
      manifest: { params: [{ ...server[0], source: "token" }] },
    });
    expect(told).toMatchObject({ ok: false, failure: { kind: "misconfigured", fault: code } });
  });

  it("refuses an answer for another account than was entered", async () => {
    const vendor = await atVendor({ authorize: { extra: { shop: "other.example.com" } } });
    const got = await signIn(vendor, {
      more: { captureCallback: { shop: "shop" } },
      params: { shop: "mine.example.com" },
      manifest: { params: [{ name: "shop", label: "Shop", pattern: "[a-z.]+" }] },
    });
    expect(got).toMatchObject({ ok: false, fault: { code: "wrong_account" } });
  });
});

describe("what comes back with the browser", () => {
  const method = methodOf({
    issuer: host,
    callbackSignature: { param: "hmac", algorithm: "hmac-sha256-hex" },
  });
  const plain = methodOf();
  const read = (query: string, told: { method?: OAuthCodeMethod; secret?: string } = {}) =>
    readCallback({
      manifest: { params: [] },
      method: told.method ?? plain,
      params: {},
      query: new URLSearchParams(query),
      state,
      client: { clientId: "hub-client", clientSecret: told.secret ?? "hub-secret" },
    });

  it.each([
    ["", "state_mismatch"],
    ["code=c", "state_mismatch"],
    ["code=c&state=another", "state_mismatch"],
    [`state=${state}`, "callback_invalid"],
    [`state=${state}&code=`, "callback_invalid"],
    [`state=${state}&code=a&code=b`, "callback_invalid"],
    [`state=${state}&state=${state}&code=a`, "callback_invalid"],
    [`state=${state}&code=a%0d%0ab`, "callback_invalid"],
    [`state=${state}&code=${"c".repeat(5000)}`, "callback_invalid"],
    [`state=${state}&error=access_denied`, "denied"],
    [`state=${state}&error=user_cancelled_login`, "denied"],
    [`state=${state}&error=invalid_scope&error_description=<b>`, "scope_refused"],
    [`state=${state}&error=server_error`, "unreachable"],
    [`state=${state}&error=temporarily_unavailable`, "unreachable"],
    [`state=${state}&error=unauthorized_client`, "misconfigured"],
    [`state=${state}&error=%3Cscript%3E`, "misconfigured"],
    [`state=${state}&error=access_denied&code=c`, "denied"],
  ])("takes %j for %s", async (query, code) => {
    const answer = await read(query);
    expect(answer).toMatchObject({ ok: false, fault: { code } });
    expect(JSON.stringify(answer)).not.toMatch(/<|script/);
  });

  it("holds a vendor to the name it signs with (RFC 9207)", async () => {
    const named = { method: methodOf({ issuer: host }) };
    const query = `state=${state}&code=c`;
    expect(await read(`${query}&iss=${host}`, named)).toMatchObject({ ok: true });
    for (const iss of ["", "&iss=", "&iss=https://evil.example.com", `&iss=${host}/`])
      expect(await read(query + iss, named)).toMatchObject({
        ok: false,
        fault: { code: "issuer_mismatch" },
      });
    const denied = `state=${state}&error=access_denied&iss=https://evil.example.com`;
    expect(await read(denied, named)).toMatchObject({ fault: { code: "issuer_mismatch" } });
  });

  it("knows the signature of Shopify's own example, and no other", async () => {
    // From Shopify's documentation; the secret is `hush`.
    const signed =
      "code=0907a61c0c8d55e99db179b68161bc00&hmac=700e2dadb827fcc8609e9d5ce208b2e9cdaab9df07390d2cbca10d7c328fc4bf&shop=some-shop.myshopify.com&state=0.6784241404160823&timestamp=1337178173";
    const shopify = methodOf({
      callbackSignature: { param: "hmac", algorithm: "hmac-sha256-hex" },
    });
    const back = (query: string, secret = "hush") =>
      readCallback({
        manifest: { params: [] },
        method: shopify,
        params: {},
        query: new URLSearchParams(query),
        state: "0.6784241404160823",
        client: { clientId: "key", clientSecret: secret },
      });
    expect(await back(signed)).toMatchObject({ ok: true });
    for (const [query, secret] of [
      [signed, "hussh"],
      [signed.replace("some-shop", "evil-shop"), "hush"],
      [`${signed}&more=1`, "hush"],
      [signed.replace("fc4bf", "fc4be"), "hush"],
      [signed.replace(/&hmac=\w+/, ""), "hush"],
      [`${signed}&hmac=${"0".repeat(64)}`, "hush"],
      [signed, ""],
    ])
      expect(await back(query ?? "", secret)).toMatchObject({
        ok: false,
        fault: { code: "callback_invalid" },
      });
    expect(await read(`state=${state}&code=c&iss=${host}`, { method })).toMatchObject({
      ok: false,
    });
  });
});

describe("renewing", () => {
  it("keeps the refresh token, the scopes and what was typed where the answer is silent", async () => {
    const vendor = await atVendor({ token: { refreshParams: { resource: "r" } } });
    const { record, method } = await recordOf(vendor, { refreshParams: { resource: "r" } });
    await vendor.change({ token: { omit: ["scope", "expires_in"] } });
    const before = { ...record, extra: "typed" };
    const renewed = await refreshToken(vendor.env, signInOf(method), { record: before, client });
    expect(renewed).toMatchObject({
      ok: true,
      expiresAt: null,
      scopes: null,
      record: { refreshToken: record["refreshToken"], scope: "read", extra: "typed" },
    });
    if (!renewed.ok) throw new Error();
    expect(renewed.record["accessToken"]).not.toBe(record["accessToken"]);
    expect(renewed.record).not.toHaveProperty("expiresAt");
  });

  it("takes the new refresh token of a strict vendor, which ends everything where the old one comes back", async () => {
    const vendor = await atVendor({ token: { rotation: "strict" } });
    const { record, method } = await recordOf(vendor);
    const renew = (record: Record<string, string>) =>
      refreshToken(vendor.env, signInOf(method), { record, client });
    const first = await renew(record);
    if (!first.ok) throw new Error();
    expect(first.record["refreshToken"]).not.toBe(record["refreshToken"]);
    const second = await renew(first.record);
    expect(second.ok).toBe(true);
    expect(await renew(record)).toMatchObject({
      ok: false,
      failure: { kind: "revoked", error: "invalid_grant" },
    });
    if (!second.ok) throw new Error();
    expect(await renew(second.record)).toMatchObject({ ok: false, failure: { kind: "revoked" } });
  });

  it("asks at the address for renewing, where there is one", async () => {
    const vendor = await atVendor({ token: { refreshAt: "/renew" } });
    const { record, method } = await recordOf(vendor, { refreshUrl: `${host}/renew` });
    const renewed = await refreshToken(vendor.env, signInOf(method), { record, client });
    expect(renewed.ok).toBe(true);
    expect((await vendor.log()).at(-1)).toMatchObject({ path: "/renew", complaint: null });
  });

  it("says what is missing where it cannot be tried at all", async () => {
    const vendor = await atVendor();
    const { record, method } = await recordOf(vendor);
    const { refreshToken: _, ...without } = record;
    expect(
      await refreshToken(vendor.env, signInOf(method), { record: without, client }),
    ).toMatchObject({ ok: false, failure: { kind: "revoked" } });
    expect(
      await refreshToken(vendor.env, signInOf(method), { record, client: null }),
    ).toMatchObject({ ok: false, failure: { kind: "misconfigured" } });
    expect((await vendor.log()).filter(({ place }) => place === "refresh")).toEqual([]);
  });
});

describe("revoking", () => {
  const at = `${host}/revoke`;
  const wishes: [string, NonNullable<PartialQuirks["revoke"]>, object][] = [
    ["RFC 7009", {}, { url: at }],
    ["with the secret in the header", { auth: "basic" }, { url: at, auth: "basic" }],
    ["as JSON", { body: "json" }, { url: at, body: "json" }],
    [
      "by DELETE of the app's token, as GitHub",
      {
        at: "/applications/hub-client/token",
        method: "DELETE",
        auth: "basic",
        body: "json",
        tokenParam: "access_token",
        status: 204,
        answer: null,
        takes: "access",
      },
      {
        url: `${host}/applications/{app.clientId}/token`,
        method: "DELETE",
        auth: "basic",
        body: "json",
        params: { access_token: "{token}" },
        which: "access",
      },
    ],
    [
      "with the token itself, as Slack",
      { auth: "bearer", tokenParam: null, takes: "access", answer: { ok: true, revoked: true } },
      {
        url: at,
        auth: "bearer",
        params: {},
        which: "access",
        successWhen: [{ pointer: "/ok", equals: true }],
      },
    ],
    [
      "in the query, as Zoho",
      { method: "GET", auth: "none", body: "query", takes: "refresh" },
      { url: at, method: "GET", auth: "none" },
    ],
  ];
  it.each(wishes)("asks for it %s", async (_, quirk, revoke) => {
    const vendor = await atVendor({ revoke: quirk });
    const { record, method } = await recordOf(vendor, { revoke });
    const signIn = signInOf(method);
    expect(await revokeToken(vendor.env, signIn, { record, client })).toEqual({
      ok: true,
      revoked: true,
    });
    expect((await vendor.log()).at(-1)).toMatchObject({ place: "revoke", complaint: null });
    expect(await refreshToken(vendor.env, signIn, { record, client })).toMatchObject({
      ok: false,
      failure: { kind: "revoked" },
    });
  });

  it("says so where a vendor has no way to, and where it does not answer", async () => {
    const vendor = await atVendor();
    const { record, method } = await recordOf(vendor);
    expect(await revokeToken(vendor.env, signInOf(method), { record, client })).toEqual({
      ok: true,
      revoked: false,
    });
    await vendor.change({ misbehave: { revoke: { how: "500" } } });
    const able = methodOf({ revoke: { url: at } });
    expect(await revokeToken(vendor.env, signInOf(able), { record, client })).toMatchObject({
      ok: false,
      failure: { kind: "transient" },
    });
  });
});
