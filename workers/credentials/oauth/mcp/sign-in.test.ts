import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import {
  error,
  internet,
  issuer,
  metadata,
  page,
  redirectUri,
  server,
  signingIn,
  type Internet,
  type Says,
} from "../../../testing/mcp-internet";

const prm = "GET https://mcp.example.com/.well-known/oauth-protected-resource/mcp";
const asMetadata = `GET ${issuer}/.well-known/oauth-authorization-server`;
const says = (more: object) => internet({ [asMetadata]: { ...metadata, ...more } });

let team: Awaited<ReturnType<typeof signingIn>>;
beforeAll(async () => {
  team = await signingIn();
});

describe("a sign-in", () => {
  it("sends the person away with PKCE, the resource and the state, and comes back with a token", async () => {
    const net = internet();
    const params = await team.page(net);
    expect(Object.fromEntries(params)).toMatchObject({
      response_type: "code",
      client_id: "registered-1",
      redirect_uri: redirectUri,
      state: "state-1",
      code_challenge_method: "S256",
      resource: server,
    });
    expect(params.get("code_challenge")).toMatch(/^[\w-]{43}$/);
    const { obtained, authState } = await team.finish(net);
    expect(obtained).toMatchObject({
      ok: true,
      scopes: null,
      record: { accessToken: "at-canary-1", refreshToken: "rt-canary-1", tokenType: "Bearer" },
    });
    expect(authState).toMatchObject({ issuer, tokenUrl: `${issuer}/token`, resource: server });
    const token = net.asked("/token").at(-1);
    expect(Object.fromEntries(token?.body ?? [])).toMatchObject({
      grant_type: "authorization_code",
      code: "code-1",
      client_id: "registered-1",
      redirect_uri: redirectUri,
      resource: server,
    });
    expect(token?.body.get("code_verifier")).toMatch(/^[\w-]{43}$/);
  });

  it("renews the token for the same resource, and keeps what is not given anew", async () => {
    const net = internet();
    const { authState } = await team.finish(net);
    net.sites[`POST ${issuer}/token`] = { access_token: "at-2", token_type: "bearer" };
    const before = { refreshToken: "rt-1", accessToken: "at-1", expiresAt: "1", scope: "a" };
    const renewed = await team.refresh(net, authState, before);
    expect(renewed).toMatchObject({ ok: true, expiresAt: null, scopes: null });
    expect(renewed.ok && renewed.record).toEqual({
      accessToken: "at-2",
      refreshToken: "rt-1",
      tokenType: "Bearer",
      obtainedAt: expect.any(String),
    });
    expect(Object.fromEntries(net.asked("/token").at(-1)?.body ?? [])).toMatchObject({
      grant_type: "refresh_token",
      refresh_token: "rt-1",
      resource: server,
    });
  });

  it("is of 2025-03-26 where the server describes nothing: the usual endpoints of its host", async () => {
    const own = "https://mcp.example.com";
    const net = internet({
      [prm]: null,
      [`POST ${own}/register`]: () => Response.json({ client_id: "own" }, { status: 201 }),
    });
    const begun = await team.start(net);
    expect(begun).toMatchObject({
      ok: true,
      authState: { issuer: own, tokenUrl: `${own}/token` },
    });
    expect(begun.ok && begun.authorizeUrl).toMatch(`${own}/authorize?`);
  });
});

describe("nobody is sent", () => {
  const refusals: [what: string, net: () => Internet, code: string][] = [
    [
      "where PKCE is not advertised",
      () => says({ code_challenge_methods_supported: undefined }),
      "discovery_failed",
    ],
    [
      "where PKCE is plain alone",
      () => says({ code_challenge_methods_supported: ["plain"] }),
      "discovery_failed",
    ],
    [
      "to a script",
      () => says({ authorization_endpoint: "javascript:alert(1)" }),
      "refused_address",
    ],
    [
      "to a page without TLS",
      () => says({ authorization_endpoint: "http://login.example.com/authorize" }),
      "refused_address",
    ],
    [
      "to a private address",
      () => says({ authorization_endpoint: "https://10.0.0.1/authorize" }),
      "refused_address",
    ],
    [
      "to this machine by a server that is not on it",
      () => says({ authorization_endpoint: "http://127.0.0.1:8080/authorize" }),
      "refused_address",
    ],
    [
      "to a place with a name and password in it",
      () => says({ authorization_endpoint: "https://a:b@login.example.com/" }),
      "refused_address",
    ],
    [
      "where only programs sign in",
      () => says({ grant_types_supported: ["client_credentials"] }),
      "discovery_failed",
    ],
    [
      "where the server asks for nothing",
      () =>
        internet({
          [`POST ${server}`]: { jsonrpc: "2.0", id: 1, result: {} },
          [prm]: null,
        }),
      "discovery_failed",
    ],
    [
      "by metadata at a private address",
      () =>
        internet({
          [prm]: null,
          [`POST ${server}`]: () =>
            new Response(null, {
              status: 401,
              headers: {
                "www-authenticate": 'Bearer resource_metadata="https://169.254.169.254/x"',
              },
            }),
        }),
      "refused_address",
    ],
    [
      "by metadata that leads to a private address",
      () =>
        internet({
          [asMetadata]: () =>
            new Response(null, { status: 302, headers: { location: "https://192.168.1.1/m" } }),
        }),
      "refused_address",
    ],
    [
      "to an authorization server on this machine",
      () =>
        internet({ [prm]: { resource: server, authorization_servers: ["http://localhost:9"] } }),
      "refused_address",
    ],
    [
      "by metadata that is a page",
      () => internet({ [asMetadata]: () => page() }),
      "discovery_failed",
    ],
    [
      "by metadata of 2 MB",
      () => internet({ [asMetadata]: { ...metadata, more: "x".repeat(2_000_000) } }),
      "discovery_failed",
    ],
    [
      "by metadata whose fields are of other types",
      () => says({ token_endpoint: { at: "here" } }),
      "discovery_failed",
    ],
  ];
  it.each(refusals)("%s", async (_, net, code) => {
    const at = net();
    const begun = await team.start(at);
    expect(begun).toMatchObject({ ok: false, fault: { code } });
    expect(at.asked("/register")).toEqual([]);
  });

  it("at all where the guard refuses the token endpoint: the code stays here", async () => {
    const net = says({ token_endpoint: "https://10.0.0.1/token" });
    const { obtained } = await team.finish(net);
    expect(obtained).toMatchObject({ failure: { fault: "refused_address" } });
    expect(net.seen.filter(({ line }) => line.includes("10.0.0.1"))).toEqual([]);
  });
});

describe("what comes back", () => {
  const strict = { authorization_response_iss_parameter_supported: true };
  const back = (query: string) => new URLSearchParams(query);
  const answers: [what: string, more: object, query: URLSearchParams, fault: string][] = [
    ["without the issuer that was promised", strict, back("code=c"), "issuer_mismatch"],
    ["from another issuer", strict, back("code=c&iss=https://evil.example"), "issuer_mismatch"],
    [
      "from another one, none promised",
      {},
      back("code=c&iss=https://x.example"),
      "issuer_mismatch",
    ],
    ["from almost the same issuer", strict, back(`code=c&iss=${issuer}/`), "issuer_mismatch"],
    ["from two issuers", strict, back(`code=c&iss=${issuer}&iss=${issuer}`), "issuer_mismatch"],
    [
      "as another's error: it is not told",
      strict,
      back("error=access_denied&iss=https://evil.example"),
      "issuer_mismatch",
    ],
    ["as a no", strict, back(`error=access_denied&iss=${issuer}`), "denied"],
    ["as a scope refused", {}, back("error=invalid_scope"), "scope_refused"],
    ["as a failure", {}, back("error=server_error"), "unreachable"],
    ["as words nobody knows", {}, back("error=oh%20no"), "callback_invalid"],
    ["without a code", {}, back("state=s"), "callback_invalid"],
    ["with two codes", {}, back("code=a&code=b"), "callback_invalid"],
  ];
  it.each(answers)("%s", async (_, more, query, fault) => {
    const net = says(more);
    const { obtained } = await team.finish(net, { back: query });
    expect(obtained).toMatchObject({ ok: false, failure: { fault } });
    expect(net.asked("/token")).toEqual([]);
  });

  it("with the issuer that was promised is redeemed", async () => {
    const { obtained } = await team.finish(says(strict), { back: { iss: issuer } });
    expect(obtained.ok).toBe(true);
  });

  const tokens: [what: string, said: Says, fault: string][] = [
    ["a page", () => page(), "token_invalid"],
    [
      "a token of 2 MB",
      { access_token: "x".repeat(2_000_000), token_type: "Bearer" },
      "token_invalid",
    ],
    ["no token", { token_type: "Bearer" }, "token_invalid"],
    ["a number for a token", { access_token: 7, token_type: "Bearer" }, "token_invalid"],
    ["a token of another type", { access_token: "a", token_type: "DPoP" }, "token_invalid"],
    ["a token with a line break", { access_token: "a\nb", token_type: "Bearer" }, "token_invalid"],
    ["a list", () => Response.json([1, 2]), "token_invalid"],
    ["that the code is spent", () => error("invalid_grant"), "token_refused"],
    ["that it knows no such client", () => error("invalid_client", 401), "misconfigured"],
    ["a failure of its own", () => error("boom", 500), "unreachable"],
    [
      "a way elsewhere",
      () => new Response(null, { status: 307, headers: { location: "https://evil.example/" } }),
      "refused_address",
    ],
  ];
  it.each(tokens)("for the code: %s", async (_, said, fault) => {
    const net = internet({ [`POST ${issuer}/token`]: said });
    const { obtained } = await (await signingIn()).finish(net);
    expect(obtained).toMatchObject({ ok: false, failure: { fault } });
    expect(net.seen.filter(({ line }) => line.includes("evil"))).toEqual([]);
  });

  it("is never in what the person is told", async () => {
    const net = internet({
      [`POST ${issuer}/token`]: () =>
        Response.json(
          { error: "invalid_grant", error_description: "words-canary-1" },
          { status: 400 },
        ),
    });
    const query = back("error=access_denied&error_description=words-canary-2");
    const told = [await team.finish(net), await team.finish(net, { back: query })];
    expect(JSON.stringify(told)).not.toContain("canary");
  });
});

it("describes the hub as a client whose id is the document's own address, or that of its copy", async () => {
  const { default: hub } = await import("../../../index");
  const { createExecutionContext } = await import("cloudflare:test");
  const read = async (origin: string, copy = "") => {
    const hosts = "hub.example.org,127.0.0.1";
    const settings = { ...env, PLUGBOARD_CLIENT_METADATA_URL: copy, PLUGBOARD_HOSTS: hosts };
    const request = new Request(`${origin}/oauth/client.json`);
    return (await hub.fetch(request, settings, createExecutionContext())).json();
  };
  expect(await read("https://hub.example.org")).toEqual({
    client_id: "https://hub.example.org/oauth/client.json",
    client_name: "Plugboard",
    client_uri: "https://hub.example.org",
    redirect_uris: ["https://hub.example.org/oauth/callback"],
    grant_types: ["authorization_code", "refresh_token"],
    response_types: ["code"],
    token_endpoint_auth_method: "none",
    application_type: "web",
  });
  const copy = "https://example.net/plugboard.json";
  expect(await read("http://127.0.0.1", copy)).toMatchObject({ client_id: copy });
});
