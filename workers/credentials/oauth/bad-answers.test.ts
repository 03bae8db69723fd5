import { describe, expect, it } from "vitest";
import {
  AuthMethod,
  Manifest,
  type DeviceCodeMethod,
  type OAuthCodeMethod,
} from "../../../shared/catalogue/manifest";
import { atVendor, type AtVendor } from "../../testing/at-vendor";
import type { Misbehaviour } from "../../testing/vendor/quirks";
import type { SignIn } from "../auth/types";
import { authorizeUrl } from "./authorize";
import { readCallback } from "./callback";
import { pollDevice, startDevice } from "./device";
import { exchangeCode } from "./exchange";
import { discoverParams } from "./discover";
import { refreshToken } from "./refresh";

const host = "https://accounts.example.com";
const redirectUri = "https://hub.example.org/oauth/callback";
const client = { clientId: "hub-client", clientSecret: "hub-secret" };
const app = { where: { text: "Developer console" } };
const state = "s".repeat(43);
const verifier = "v".repeat(43);
const method = AuthMethod.parse({
  kind: "oauth2_code",
  id: "oauth",
  label: "Sign in",
  authorizeUrl: `${host}/authorize`,
  tokenUrl: `${host}/token`,
  app,
}) as OAuthCodeMethod;
const manifest = { params: [] };
const timeoutMs = 150;

async function codeOf(vendor: AtVendor): Promise<string> {
  const url = await authorizeUrl({
    method,
    params: {},
    client,
    scopes: ["read"],
    redirectUri,
    state,
    verifier,
  });
  const { searchParams: query } = await vendor.visit(url);
  const answer = await readCallback({ manifest, method, params: {}, query, state, client });
  if (!answer.ok) throw new Error(answer.fault.code);
  return answer.code;
}

const exchange = (vendor: AtVendor, code: string) =>
  exchangeCode(vendor.env, {
    manifest,
    method,
    params: {},
    client,
    code,
    redirectUri,
    verifier,
    timeoutMs,
  });

const signIn: SignIn = { connector: "vendor", method, params: {}, scopes: [], state: null };

async function recordOf(vendor: AtVendor) {
  const got = await exchange(vendor, await codeOf(vendor));
  if (!got.ok) throw new Error(got.failure.message);
  return got.record;
}

const answers: [Misbehaviour, kind: string, fault: string, error?: string][] = [
  ["html", "transient", "token_invalid"],
  ["html-404", "misconfigured", "misconfigured"],
  ["html-as-json", "transient", "token_invalid"],
  ["json-as-html", "transient", "token_invalid"],
  ["huge", "transient", "token_invalid"],
  ["huge-unannounced", "transient", "token_invalid"],
  ["array", "transient", "token_invalid"],
  ["empty", "transient", "token_invalid"],
  ["no-token", "transient", "token_invalid"],
  ["token-is-object", "transient", "token_invalid"],
  ["token-with-newline", "transient", "token_invalid"],
  ["endless-token", "transient", "token_invalid"],
  ["redirect-private", "misconfigured", "refused_address"],
  ["redirect-public", "misconfigured", "refused_address"],
  ["401", "misconfigured", "misconfigured", "invalid_client"],
  ["429", "transient", "unreachable"],
  ["500", "transient", "unreachable"],
  ["503", "transient", "unreachable"],
  ["hang", "transient", "unreachable"],
  ["hang-in-body", "transient", "unreachable"],
  ["lost", "transient", "unreachable"],
  ["truncated", "transient", "unreachable"],
  ["invalid_grant", "revoked", "token_refused", "invalid_grant"],
  ["invalid_client", "misconfigured", "misconfigured", "invalid_client"],
  ["unauthorized_client", "misconfigured", "misconfigured", "unauthorized_client"],
  ["unsupported_grant_type", "misconfigured", "misconfigured", "unsupported_grant_type"],
  ["invalid_scope", "misconfigured", "scope_refused", "invalid_scope"],
  ["server_error", "transient", "unreachable", "server_error"],
  ["a-secret-in-the-error", "revoked", "token_refused", "invalid_grant"],
];

describe("a token endpoint that does not answer as it should", () => {
  it.each(answers)("with %s is %s", async (how, kind, fault, error) => {
    const vendor = await atVendor();
    const record = await recordOf(vendor);
    const code = await codeOf(vendor);
    await vendor.change({ misbehave: { token: { how }, refresh: { how } } });
    for (const got of [
      await exchange(vendor, code),
      await refreshToken(vendor.env, signIn, { record, client, timeoutMs }),
    ]) {
      if (got.ok) throw new Error("It took the answer for a token.");
      const { message, ...failure } = got.failure;
      expect(failure).toEqual({
        kind,
        fault,
        ...(error && { error }),
        ...(how === "429" && { retryAfterSeconds: 17 }),
      });
      // Our own words, with a next step, and nothing of what was sent or came back.
      expect(message).toMatch(/\. .+\.$/);
      expect(message).not.toMatch(/vendor's own|<|hub-secret|at_|rt_|code_|undefined/);
    }
    const last = (await vendor.log()).filter(({ place }) => place !== "authorize");
    expect(last.map(({ path }) => path)).toEqual(["/token", "/token", "/token"]);
  });

  it("ends a strict vendor's sign-in once an answer got lost, for the token in it cannot be had again", async () => {
    const vendor = await atVendor({ token: { rotation: "strict" } });
    const record = await recordOf(vendor);
    await vendor.change({ misbehave: { refresh: { how: "lost", times: 1 } } });
    const renew = () => refreshToken(vendor.env, signIn, { record, client, timeoutMs });
    expect(await renew()).toMatchObject({ failure: { kind: "transient" } });
    expect(await renew()).toMatchObject({ failure: { kind: "revoked" } });
  });

  it.each([["rfc"], ["200-error"], ["ok-false"]] as const)(
    "hears a no that is said as %s",
    async (errors) => {
      const vendor = await atVendor({ token: { errors } });
      const ruled = AuthMethod.parse({
        ...method,
        ...(errors === "ok-false" && { successWhen: [{ pointer: "/ok", equals: true }] }),
      }) as OAuthCodeMethod;
      const got = await exchangeCode(vendor.env, {
        manifest,
        method: ruled,
        params: {},
        client,
        code: "code_of_nobody",
        redirectUri,
        verifier,
      });
      expect(got).toMatchObject({
        ok: false,
        failure: { kind: "revoked", error: "invalid_grant" },
      });
    },
  );

  it("does not believe an answer that says ok: false and brings a token all the same", async () => {
    const vendor = await atVendor({ token: { answer: { ok: false, error: "invalid_client_id" } } });
    const got = await exchange(vendor, await codeOf(vendor));
    expect(got).toMatchObject({ failure: { kind: "misconfigured", error: "invalid_client" } });
  });

  it("holds an answer to what the manifest calls a success", async () => {
    const vendor = await atVendor({ token: { answer: { ok: false } } });
    const strict = { ...method, successWhen: [{ pointer: "/ok", equals: true }] };
    const given = { manifest, method: strict, params: {}, client, redirectUri, verifier };
    const got = await exchangeCode(vendor.env, { ...given, code: await codeOf(vendor) });
    expect(got).toMatchObject({ ok: false, failure: { kind: "revoked" } });
  });

  it("refuses an id token of another sign-in", async () => {
    for (const [claims, nonce] of [
      [{}, "another"],
      [{ aud: "somebody-else" }, "n"],
      [{ iss: "https://evil.example.com" }, "n"],
      [{ exp: 1 }, "n"],
    ] as const) {
      const vendor = await atVendor({ token: { idToken: { issuer: host, claims } } });
      const named = AuthMethod.parse({ ...method, nonce: true, issuer: host }) as OAuthCodeMethod;
      const url = await authorizeUrl({
        method: named,
        params: {},
        client,
        scopes: [],
        redirectUri,
        state,
        verifier,
        nonce,
      });
      const code = (await vendor.visit(url)).searchParams.get("code") ?? "";
      const given = { manifest, method: named, params: {}, client, code, redirectUri, verifier };
      const got = await exchangeCode(vendor.env, { ...given, nonce: "n" });
      expect(got).toMatchObject({ ok: false, failure: { fault: "token_invalid" } });
    }
  });

  it.each([
    [-5, null],
    [0, null],
    ["soon", null],
    [1e300, 10 * 365 * 86_400],
    ["Infinity", null],
    [60, 60],
  ])("takes a life of %s seconds for what it is worth", async (expiresIn, seconds) => {
    const vendor = await atVendor({ token: { expiresIn } });
    const before = Date.now();
    const got = await exchange(vendor, await codeOf(vendor));
    if (!got.ok) throw new Error(got.failure.message);
    if (seconds === null) expect(got.expiresAt).toBeNull();
    else {
      expect(got.expiresAt).toBeGreaterThanOrEqual(before + seconds * 1000);
      expect(got.expiresAt).toBeLessThan(before + seconds * 1000 + 60_000);
    }
  });
});

describe("a code for a device", () => {
  const device = AuthMethod.parse({
    kind: "oauth2_device",
    id: "device",
    label: "Enter a code",
    deviceUrl: `${host}/device`,
    tokenUrl: `${host}/token`,
    app,
  }) as DeviceCodeMethod;
  const told = { manifest, method: device, params: {}, client, timeoutMs };
  const start = (vendor: AtVendor) => startDevice(vendor.env, { ...told, scopes: ["read"] });

  it("waits for the person, and then gets the token", async () => {
    const vendor = await atVendor();
    const begun = await start(vendor);
    if (!begun.ok) throw new Error(begun.fault.message);
    expect(begun).toMatchObject({ intervalSeconds: 1, lifetimeSeconds: 600 });
    const poll = () => pollDevice(vendor.env, { ...told, deviceCode: begun.deviceCode });
    expect(await poll()).toEqual({ status: "pending", slower: false });
    await vendor.change({ misbehave: { token: { how: "500", times: 1 } } });
    expect(await poll()).toEqual({ status: "pending", slower: true });
    await vendor.decideDevice(begun.userCode, "grant");
    expect(await poll()).toMatchObject({
      status: "done",
      obtained: { ok: true, scopes: ["read"] },
    });
  });

  it("ends when the person says no, and when the code is not known any more", async () => {
    const vendor = await atVendor();
    const begun = await start(vendor);
    if (!begun.ok) throw new Error(begun.fault.message);
    await vendor.decideDevice(begun.userCode, "denied");
    const poll = () => pollDevice(vendor.env, { ...told, deviceCode: begun.deviceCode });
    expect(await poll()).toMatchObject({ status: "failed", fault: { code: "denied" } });
    expect(await poll()).toMatchObject({ status: "failed", fault: { code: "expired" } });
  });

  it("shows nobody a link that is no web page", async () => {
    for (const verificationUri of ["javascript:alert(1)", "http://vendor.example.com", "", "x"]) {
      const vendor = await atVendor({ device: { verificationUri } });
      expect(await start(vendor)).toMatchObject({ ok: false, fault: { code: "token_invalid" } });
    }
  });

  it.each([
    ["html", "token_invalid"],
    ["array", "token_invalid"],
    ["500", "unreachable"],
    ["hang", "unreachable"],
    ["redirect-private", "refused_address"],
    ["invalid_client", "misconfigured"],
    ["invalid_scope", "scope_refused"],
  ] as const)("does not begin with %s", async (how, code) => {
    const vendor = await atVendor({ misbehave: { device: { how } } });
    expect(await start(vendor)).toMatchObject({ ok: false, fault: { code } });
  });
});

describe("asking which account it is", () => {
  const asked = (more: object = {}) =>
    Manifest.parse({
      id: "vendor",
      name: "Vendor",
      category: "crm",
      description: "A vendor.",
      auth: [method],
      request: { base: `${host}/ex/{cloudId}`, headers: { "x-cloud": "{cloudId}" } },
      params: [{ name: "cloudId", label: "site", source: "discovered", pattern: "[a-z0-9-]+" }],
      discover: [
        {
          param: "cloudId",
          label: "site",
          request: { url: `${host}/sites` },
          list: "/sites",
          value: "/id",
          name: "/name",
          ...more,
        },
      ],
    });
  const find = async (sites: unknown, more: object = {}, params: Record<string, string> = {}) => {
    const vendor = await atVendor({ api: { routes: [{ at: "/sites", answer: { sites } }] } });
    const { accessToken = "" } = await recordOf(vendor);
    const presented = { headers: { Authorization: `Bearer ${accessToken}` }, query: {} };
    return discoverParams(vendor.env, asked(more), { params, presented, timeoutMs });
  };

  it("takes the only one, lets the person choose among several, and asks nothing of what is known", async () => {
    const sites = [
      { id: "one", name: "First\u202e site" },
      { id: "two", name: "Second" },
    ];
    expect(await find(sites.slice(0, 1))).toEqual({ params: { cloudId: "one" } });
    expect(await find(sites)).toEqual({
      choices: {
        param: "cloudId",
        label: "site",
        options: [
          { value: "one", name: "First  site" },
          { value: "two", name: "Second" },
        ],
      },
    });
    expect(await find(sites, { pick: "first" })).toEqual({ params: { cloudId: "one" } });
    expect(await find(sites, {}, { cloudId: "two" })).toEqual({ params: {} });
  });

  it("lets no account through whose id does not look like one", async () => {
    const sites = [
      { id: "../../evil" },
      { id: "evil.example.com/" },
      { id: { deep: 1 } },
      {},
      null,
      { id: "good" },
    ];
    expect(await find(sites)).toEqual({ params: { cloudId: "good" } });
    await expect(find([{ id: "UP" }])).rejects.toMatchObject({ code: "upstream_error" });
    await expect(find([])).rejects.toMatchObject({ code: "upstream_error" });
    await expect(find("page")).rejects.toMatchObject({ code: "upstream_error" });
  });

  it.each([
    ["html", "upstream_invalid"],
    ["401", "upstream_unauthorized"],
    ["500", "upstream_error"],
    ["hang", "upstream_timeout"],
    ["redirect-private", "outbound_refused"],
  ] as const)("fails with %s", async (how, code) => {
    const vendor = await atVendor({ misbehave: { api: { how } } });
    const presented = { headers: {}, query: {} };
    const told = { params: {}, presented, timeoutMs };
    await expect(discoverParams(vendor.env, asked(), told)).rejects.toMatchObject({ code });
  });
});
