import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { Asked } from "./exchange.ts";
import type { PartialQuirks } from "./quirks.ts";
import { createVendor } from "./vendor.ts";

const redirect = "https://hub.example.org/oauth/callback";
const verifier = "v".repeat(43);
const challenge = createHash("sha256").update(verifier).digest("base64url");
const good = {
  client_id: "hub-client",
  response_type: "code",
  redirect_uri: redirect,
  state: "s".repeat(43),
  code_challenge: challenge,
  code_challenge_method: "S256",
};
const form = { "content-type": "application/x-www-form-urlencoded" };

const asked = (path: string, more: Partial<Asked> = {}): Asked => ({
  method: "GET",
  host: null,
  path,
  query: new URLSearchParams(),
  headers: {},
  body: "",
  ...more,
});

function vendorWith(quirks: PartialQuirks = {}) {
  const vendor = createVendor(quirks);
  const go = async (query: Record<string, string>) => {
    const told = asked("/authorize", { query: new URLSearchParams(query) });
    const { headers } = await vendor.answer(told);
    return headers?.["location"];
  };
  const post = async (
    params: Record<string, string>,
    headers: Record<string, string> = form,
    body = new URLSearchParams(params).toString(),
  ) => {
    const reply = await vendor.answer(asked("/token", { method: "POST", headers, body }));
    return JSON.parse(reply.body) as Record<string, string>;
  };
  const code = async () => new URL((await go(good)) ?? "").searchParams.get("code") ?? "";
  const trade = async (more: Record<string, string> = {}) => ({
    grant_type: "authorization_code",
    code: await code(),
    redirect_uri: redirect,
    code_verifier: verifier,
    client_id: "hub-client",
    client_secret: "hub-secret",
    ...more,
  });
  const lastComplaint = () => vendor.log.at(-1)?.complaint;
  return { vendor, go, post, code, trade, lastComplaint };
}

const without = (params: Record<string, string>, name: string) =>
  Object.fromEntries(Object.entries(params).filter(([key]) => key !== name));

describe("the vendor of the tests", () => {
  it.each([
    ["another client", { ...good, client_id: "x" }, {}],
    ["no state to speak of", { ...good, state: "short" }, {}],
    ["no redirect", without(good, "redirect_uri"), {}],
    ["a redirect nobody registered", good, { redirectUris: ["https://other.example.org"] }],
    ["PKCE in plain", { ...good, code_challenge_method: "plain" }, {}],
    ["no PKCE", without(good, "code_challenge"), { authorize: { pkce: "required" } }],
    ["PKCE where it is refused", good, { authorize: { pkce: "forbidden" } }],
    ["other scopes", { ...good, scope: "a b" }, { authorize: { scopes: { scope: "a,b" } } }],
    ["a missing parameter", good, { authorize: { params: { prompt: "consent" } } }],
    ["an unwanted one", { ...good, scope: "a" }, { authorize: { refuses: ["scope"] } }],
    ["no nonce", good, { authorize: { nonce: true } }],
  ] as const)("sends nobody back with %s", async (_, query, quirks) => {
    const { go, lastComplaint } = vendorWith(quirks as PartialQuirks);
    expect(await go(query)).toBeUndefined();
    expect(lastComplaint()).toEqual(expect.any(String));
  });

  it.each([
    ["another verifier", { code_verifier: "w".repeat(43) }, {}, "invalid_grant"],
    ["another redirect", { redirect_uri: "https://evil.example.org" }, {}, "invalid_request"],
    ["a wrong secret", { client_secret: "x" }, {}, "invalid_client"],
    ["a secret in the body", {}, { token: { clientAuth: "basic" } }, "invalid_client"],
    ["a secret at all", {}, { token: { clientAuth: "none" } }, "invalid_client"],
    ["a body that is no JSON", {}, { token: { body: "json" } }, "invalid_request"],
    ["a missing parameter", {}, { token: { params: { expiring: "1" } } }, "invalid_request"],
    ["a missing header", {}, { token: { headers: { accept: "x" } } }, "invalid_request"],
    ["a grant it does not know", { grant_type: "password" }, {}, "unsupported_grant_type"],
  ] as const)("gives no token for %s", async (_, more, quirks, error) => {
    const { post, trade } = vendorWith(quirks);
    expect(await post(await trade(more))).toMatchObject({ error });
  });

  it("takes a code once, and knows a secret that is shown twice", async () => {
    const { post, trade } = vendorWith();
    const once = await trade();
    expect(await post(once)).toHaveProperty("access_token");
    expect(await post(once)).toMatchObject({ error: "invalid_grant" });
    const basic = `Basic ${btoa("hub-client:hub-secret")}`;
    expect(await post(await trade(), { ...form, authorization: basic })).toMatchObject({
      error: "invalid_client",
    });
  });

  it("ends a strict family when an old refresh token comes back, and no other", async () => {
    const { vendor, post, trade } = vendorWith({ token: { rotation: "strict" } });
    const renew = (refresh_token = "") =>
      post({
        grant_type: "refresh_token",
        refresh_token,
        client_id: "hub-client",
        client_secret: "hub-secret",
      });
    const other = await post(await trade());
    const first = await post(await trade());
    const second = await renew(first["refresh_token"]);
    expect(vendor.grants.isAlive(second["access_token"] ?? "")).toBe(true);
    expect(await renew(first["refresh_token"])).toMatchObject({ error: "invalid_grant" });
    expect(await renew(second["refresh_token"])).toMatchObject({ error: "invalid_grant" });
    expect(vendor.grants.isAlive(second["access_token"] ?? "")).toBe(false);
    expect(await renew(other["refresh_token"])).toHaveProperty("access_token");
  });

  it("answers its API for tokens it gave, until they are revoked", async () => {
    const { vendor, post, trade } = vendorWith();
    const { access_token: token = "" } = await post(await trade());
    const call = async (authorization: string) =>
      (await vendor.answer(asked("/api/me", { headers: { authorization } }))).status;
    expect(await call(`Bearer ${token}`)).toBe(200);
    expect(await call(`Bearer ${token}x`)).toBe(401);
    expect(await call("Bearer ")).toBe(401);
    vendor.grants.revokeAll();
    expect(await call(`Bearer ${token}`)).toBe(401);
  });
});
