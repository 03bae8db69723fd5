import { elsewhere } from "../../testing/redirect-vectors";
import { beforeAll, describe, expect, it } from "vitest";
import { askHub, createTeam, signIn } from "../../testing/team";
import {
  authorizeQuery,
  consent,
  origin,
  postForm,
  redirectUri,
  register,
  resource,
} from "../../testing/oauth-client";

let clientId: string;
const claude = "https://claude.ai/api/mcp/auth_callback";
beforeAll(async () => {
  clientId = (
    await register({
      redirect_uris: [redirectUri, claude, "cursor://anysphere.cursor-mcp/oauth/callback"],
    })
  ).body.client_id;
});

const authorize = (query: string) => askHub(`/oauth/authorize?${query}`);

describe("a redirect address that is not the client's own", () => {
  it("is never followed, whatever else is wrong, in any of fifty spellings", async () => {
    expect(elsewhere.length).toBeGreaterThanOrEqual(50);
    for (const redirect_uri of elsewhere)
      for (const more of [{}, { response_type: "token" }, { scope: "" }, { resource: "x" }]) {
        const shown = await authorize(await authorizeQuery(clientId, { redirect_uri, ...more }));
        expect([shown.status, redirect_uri]).toEqual([400, redirect_uri]);
        expect(shown.headers.has("location")).toBe(false);
        expect(shown.text).not.toContain("evil");
      }
  });

  it("is refused on the consent page too, with the same words for all", async () => {
    const page = await signIn(await createTeam());
    const words = new Set<string>();
    for (const redirect_uri of elsewhere) {
      const answer = await consent(page, await authorizeQuery(clientId, { redirect_uri }));
      expect(answer.status).toBe(400);
      words.add(answer.body.error.message);
    }
    expect(words.size).toBe(1);
  });

  it("cannot be another client's", async () => {
    const other = (await register({ redirect_uris: ["https://other.example/callback"] })).body
      .client_id;
    expect((await authorize(await authorizeQuery(other, { redirect_uri: claude }))).status).toBe(
      400,
    );
  });

  it("may differ in the port of this machine only", async () => {
    const moved = "http://127.0.0.1:50123/callback";
    expect((await authorize(await authorizeQuery(clientId, { redirect_uri: moved }))).status).toBe(
      302,
    );
  });
});

describe("a fault in an authorization request", () => {
  const faults: [string, Record<string, string>, string][] = [
    ["another response type", { response_type: "token" }, "unsupported_response_type"],
    ["no response type", { response_type: "" }, "invalid_request"],
    ["plain PKCE", { code_challenge_method: "plain" }, "invalid_request"],
    ["no PKCE method", { code_challenge_method: "" }, "invalid_request"],
    ["no code challenge", { code_challenge: "" }, "invalid_request"],
    ["a code challenge of another length", { code_challenge: "short" }, "invalid_request"],
    ["a resource elsewhere", { resource: "https://evil.example/mcp" }, "invalid_target"],
    ["the same path at another origin", { resource: "http://localhost/mcp" }, "invalid_target"],
    ["the REST API as resource", { resource: `${origin}/api` }, "invalid_target"],
    ["a resource with dots", { resource: `${origin}/mcp/c/../c/x` }, "invalid_target"],
    ["a toolset, which nobody has yet", { resource: `${origin}/mcp/t/x` }, "invalid_target"],
  ];

  it.each(faults)(
    "is told to an app on this machine, with issuer and state: %s",
    async (_what, more, error) => {
      const query = new URLSearchParams(await authorizeQuery(clientId, more));
      const shown = await authorize(query.toString());
      expect(shown.status).toBe(302);
      const back = new URL(shown.headers.get("location") ?? "");
      expect(back.origin + back.pathname).toBe(redirectUri);
      expect(Object.fromEntries(back.searchParams)).toMatchObject({
        error,
        state: "st4te",
        iss: origin,
      });
    },
  );

  it.each(faults)(
    "sends nobody to an https address anybody could have registered: %s",
    async (_what, more) => {
      const query = await authorizeQuery(clientId, { ...more, redirect_uri: claude });
      const shown = await authorize(query);
      expect(shown.status).toBe(400);
      expect(shown.headers.has("location")).toBe(false);
      const page = await signIn(await createTeam());
      expect((await consent(page, query)).status).toBe(400);
    },
  );

  it("that is a parameter sent twice is followed nowhere", async () => {
    const query = await authorizeQuery(clientId);
    for (const more of [
      "state=x",
      "scope=tools.call",
      `redirect_uri=${redirectUri}`,
      "client_id=x",
      "code_challenge=x",
      "response_type=code",
    ]) {
      const shown = await authorize(`${query}&${more}`);
      expect([shown.status, more]).toEqual([400, more]);
    }
    const other = encodeURIComponent(`${resource}/c/x`);
    const twice = await authorize(`${query}&resource=${other}`);
    expect(twice.headers.get("location")).toContain("error=invalid_target");
  });

  it("puts nothing of the request into the page", async () => {
    const mark = "<script>alert(1)</script>";
    for (const name of ["client_id", "redirect_uri"]) {
      const shown = await authorize(await authorizeQuery(clientId, { [name]: mark }));
      expect(shown.status).toBe(400);
      expect(shown.text).not.toContain("alert");
      expect(shown.headers.get("content-security-policy")).toContain("default-src 'none'");
      expect(shown.headers.get("x-frame-options")).toBe("DENY");
    }
  });

  it("that is too long, or a client nobody knows, is a page", async () => {
    expect(
      (await authorize(await authorizeQuery(clientId, { state: "x".repeat(9000) }))).status,
    ).toBe(400);
    for (const id of ["", "x", "x".repeat(3000), "../grant", "client:x", "\u0000"])
      expect((await authorize(await authorizeQuery(id))).status).toBe(400);
  });

  it("asks for scopes no client has: they are not offered", async () => {
    const page = await signIn(await createTeam());
    const query = await authorizeQuery(clientId, {
      scope: "team.delete tools.call\u0020offline_access *",
    });
    const { body } = await consent(page, query);
    expect(body.scopes.map(({ name }: { name: string }) => name)).toEqual([
      "tools.read",
      "tools.call",
    ]);
  });
});

describe("registering", () => {
  it.each([
    "javascript:alert(1)",
    "JavaScript:alert(1)",
    " javascript:alert(1)",
    "java\nscript:alert(1)",
    "data:text/html,x",
    "vbscript:x",
    "file:///etc/passwd",
    "blob:https://x/y",
    "http://evil.example/cb",
    "http://127.0.0.1.evil.example/cb",
    "https://u:p@x.example/cb",
    "https://x.example/cb#f",
    "https://x.example/cb#",
    "https://x.example/\\evil",
    "ws://x.example/cb",
    "about:blank",
    "mailto:x@example.com",
    "//x.example",
    "x",
    "",
    `https://x.example/${"x".repeat(1000)}`,
  ])("takes no redirect address like %s", async (uri) => {
    for (const redirect_uris of [[uri], [redirectUri, uri]])
      expect(await register({ redirect_uris })).toMatchObject({
        status: 400,
        body: { error: "invalid_redirect_uri" },
      });
  });

  it.each([
    ["none", { redirect_uris: [] }],
    ["too many", { redirect_uris: Array.from({ length: 21 }, () => redirectUri) }],
    ["no list", { redirect_uris: redirectUri }],
    ["a list of numbers", { redirect_uris: [1] }],
    ["a name without end", { client_name: "x".repeat(501) }],
    ["a logo that is script", { logo_uri: "javascript:alert(1)" }],
    ["the implicit grant", { grant_types: ["implicit"], response_types: ["token"] }],
    ["passwords", { grant_types: ["password"] }],
  ])("is refused with %s", async (_what, metadata) => {
    const { status, body, headers } = await register(metadata);
    expect(status).toBe(400);
    expect(body.error).toMatch(/^invalid_(client_metadata|redirect_uri)$/);
    expect(headers.get("cache-control")).toBe("no-store");
  });

  it("is bounded in size, declared or not", async () => {
    const body = JSON.stringify({ redirect_uris: [redirectUri], x: "x".repeat(20_000) });
    expect((await askHub("/oauth/register", { body })).status).toBe(413);
    expect((await askHub("/oauth/register", { body: "{" })).status).toBe(400);
    expect((await askHub("/oauth/register", { body: "[]" })).status).toBe(400);
    expect((await askHub("/oauth/register")).status).toBe(405);
  });

  it("lets Cursor in, at its own scheme", async () => {
    const redirect_uri = "cursor://anysphere.cursor-mcp/oauth/callback";
    expect((await authorize(await authorizeQuery(clientId, { redirect_uri }))).status).toBe(302);
  });

  it("stops where an address asks without end", async () => {
    const ask = () =>
      askHub("/oauth/register", {
        body: { redirect_uris: [redirectUri] },
        headers: { "cf-connecting-ip": "192.0.2.77" },
      });
    let last = await ask();
    for (let tries = 0; tries < 250 && last.status === 201; tries++) last = await ask();
    expect(last).toMatchObject({ status: 429, body: { error: "temporarily_unavailable" } });
    expect(Number(last.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await register()).status).toBe(201);
  });
});

describe("the token endpoint", () => {
  it.each([
    ["no grant type", {}, 400, "invalid_request"],
    [
      "a grant type nobody has",
      { grant_type: "password", client_id: "x" },
      400,
      "unsupported_grant_type",
    ],
    [
      "a client nobody knows",
      { grant_type: "refresh_token", refresh_token: "x", client_id: "x" },
      401,
      "invalid_client",
    ],
    ["no client", { grant_type: "refresh_token", refresh_token: "x" }, 401, "invalid_client"],
    [
      "a client id without end",
      { grant_type: "refresh_token", refresh_token: "x", client_id: "x".repeat(5000) },
      401,
      "invalid_client",
    ],
  ])("refuses %s in OAuth's own words", async (_what, form, status, error) => {
    const answer = await postForm("/oauth/token", form);
    expect(answer).toMatchObject({ status, body: { error } });
    expect(answer.headers.get("cache-control")).toBe("no-store");
  });

  it("takes each parameter once, as a form, by POST, and no more than 100 KiB", async () => {
    const twice = [
      ["grant_type", "authorization_code"],
      ["client_id", clientId],
      ["code", "a"],
      ["code", "b"],
    ];
    expect((await postForm("/oauth/token", twice)).body.error).toBe("invalid_request");
    const json = await askHub("/oauth/token", { body: { grant_type: "authorization_code" } });
    expect(json).toMatchObject({ status: 400, body: { error: "invalid_request" } });
    expect((await askHub("/oauth/token")).status).toBe(405);
    const large = await postForm("/oauth/token", { grant_type: "x", code: "x".repeat(110_000) });
    expect(large).toMatchObject({ status: 413, body: { error: "invalid_request" } });
  });

  it("takes codes and tokens of any form for what they are: none", async () => {
    for (const value of [
      "x",
      "a:b:c",
      "::",
      `per_${"0".repeat(26)}:x:y`,
      "x:".repeat(200),
      "grant:x:y",
      "\u0000",
    ]) {
      const code = { grant_type: "authorization_code", code: value, code_verifier: "x".repeat(43) };
      const refresh = { grant_type: "refresh_token", refresh_token: value };
      for (const form of [code, refresh])
        expect(await postForm("/oauth/token", { client_id: clientId, ...form })).toMatchObject({
          status: 400,
          body: { error: "invalid_grant" },
        });
    }
  });

  it("answers no page of another site", async () => {
    const form = { grant_type: "refresh_token", refresh_token: "x", client_id: clientId };
    expect((await postForm("/oauth/token", form, { origin: "https://evil.example" })).status).toBe(
      403,
    );
  });
});
