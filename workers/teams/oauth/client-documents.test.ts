import { beforeAll, beforeEach, describe, expect, it, vi, afterEach } from "vitest";
import { askHub, createTeam, signIn, type TestTeam } from "../../testing/team";
import {
  authorizeQuery,
  consent,
  letIn,
  postForm,
  redeem,
  redirectUri,
  refresh,
  speak,
} from "../../testing/oauth-client";

let team: TestTeam;
beforeAll(async () => {
  team = await createTeam();
});

/** What stands at each address outside, and what was asked for. */
let world: Record<string, () => Response>;
let asked: string[];
beforeEach(() => {
  world = {};
  asked = [];
  vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init) => {
    const url = String(input instanceof Request ? input.url : input);
    asked.push(url);
    expect(init?.redirect).toBe("manual");
    const answer = world[url]?.() ?? new Response("", { status: 404 });
    return Object.defineProperty(answer, "url", { value: url });
  });
});
afterEach(() => {
  vi.restoreAllMocks();
});

let number = 0;
const freshId = () => `https://app.example/clients/${++number}.json`;
const document = (clientId: string, more: object = {}) => ({
  client_id: clientId,
  client_name: "Documented",
  redirect_uris: [redirectUri, "https://app.example/callback"],
  token_endpoint_auth_method: "none",
  ...more,
});
const serve = (clientId: string, body: unknown, init: ResponseInit = {}) => {
  world[clientId] = () =>
    new Response(typeof body === "string" ? body : JSON.stringify(body), {
      headers: { "content-type": "application/json" },
      ...init,
    });
};

async function refused(clientId: string): Promise<void> {
  const shown = await askHub(`/oauth/authorize?${await authorizeQuery(clientId)}`);
  expect([shown.status, clientId]).toEqual([400, clientId]);
  expect(shown.headers.has("location")).toBe(false);
  const form = { grant_type: "refresh_token", refresh_token: "x", client_id: clientId };
  expect(await postForm("/oauth/token", form)).toMatchObject({
    status: 401,
    body: { error: "invalid_client" },
  });
}

describe("a client with a metadata document", () => {
  it("signs in, and the page says which host vouches for it", async () => {
    const clientId = freshId();
    serve(clientId, document(clientId));
    const shown = await consent(await signIn(team), await authorizeQuery(clientId));
    expect(shown.body.client).toMatchObject({
      id: clientId,
      name: "Documented",
      domain: "app.example",
    });
    const code = (await letIn(team, clientId)).get("code") ?? "";
    const { body } = await redeem(clientId, code);
    expect((await speak(body.access_token)).status).toBe(200);
    expect((await refresh(clientId, body.refresh_token)).status).toBe(200);
    expect(asked).toEqual([clientId]);
  });

  it("sends nobody to its own host by a fault: anybody can publish a document", async () => {
    const clientId = freshId();
    serve(clientId, document(clientId));
    const query = await authorizeQuery(clientId, {
      redirect_uri: "https://app.example/callback",
      response_type: "token",
    });
    const shown = await askHub(`/oauth/authorize?${query}`);
    expect(shown.status).toBe(400);
    expect(shown.headers.get("location")).toBeNull();
  });

  it("does not sign out the same app on another machine", async () => {
    const clientId = freshId();
    serve(clientId, document(clientId));
    const tokens = [];
    for (let machine = 0; machine < 2; machine++) {
      const code = (await letIn(team, clientId)).get("code") ?? "";
      tokens.push((await redeem(clientId, code)).body.access_token);
    }
    for (const token of tokens) expect((await speak(token)).status).toBe(200);
  });

  it.each([
    ["that names another client", (id: string) => document(`${id}x`)],
    ["that names it in another spelling", (id: string) => document(id.replace("app", "APP"))],
    ["without a name", (id: string) => document(id, { client_name: " " })],
    ["without redirect addresses", (id: string) => document(id, { redirect_uris: [] })],
    [
      "with script for a redirect address",
      (id: string) => document(id, { redirect_uris: [redirectUri, "javascript:alert(1)"] }),
    ],
    ["with a secret", (id: string) => document(id, { client_secret: "x" })],
    [
      "that can only sign in with keys",
      (id: string) => document(id, { token_endpoint_auth_method: "private_key_jwt" }),
    ],
    ["that is no JSON", () => "{"],
    ["that is a list", () => []],
    ["without end", (id: string) => document(id, { x: "x".repeat(6000) })],
  ])("%s is not let in", async (_what, body) => {
    const clientId = freshId();
    serve(clientId, body(clientId));
    await refused(clientId);
  });

  it.each([
    ["a redirect", { status: 302, headers: { location: "https://app.example/other.json" } }],
    ["an error", { status: 500 }],
    ["a page", { headers: { "content-type": "text/html" } }],
  ])("at whose address stands %s is not let in, and nothing else is asked", async (_what, init) => {
    const clientId = freshId();
    serve(clientId, document(clientId), init);
    await refused(clientId);
    expect(new Set(asked)).toEqual(new Set([clientId]));
  });

  it.each([
    "https://10.0.0.1/client.json",
    "https://169.254.169.254/latest/meta-data",
    "https://[::ffff:10.0.0.1]/client.json",
    "https://[fd00::1]/client.json",
    "https://0x7f.1/client.json",
    "https://printer.local/client.json",
    "https://metadata.google.internal/client.json",
    "https://app.example:22/client.json",
    "https://user@app.example/client.json",
    "https://app.example/client.json#x",
    "https://app.example/a/../client.json",
    "https://app.example/%2e%2e/client.json",
    "https://app.example",
    "https://app.example/",
    "https://APP.example/client.json",
    "https://app.example:443/client.json",
    `https://app.example/${"x".repeat(500)}`,
    "http://app.example/client.json",
    "HTTPS://app.example/client.json",
    "ftp://app.example/client.json",
  ])("is not even asked for at %s", async (clientId) => {
    await refused(clientId);
    expect(asked).toEqual([]);
  });

  it("is asked for so often from one address, and then no more", async () => {
    const ask = async () => {
      const query = await authorizeQuery(freshId());
      return askHub(`/oauth/authorize?${query}`, { headers: { "cf-connecting-ip": "192.0.2.88" } });
    };
    let last = await ask();
    for (let tries = 0; tries < 80 && last.status !== 429; tries++) last = await ask();
    expect(last.status).toBe(429);
    const before = asked.length;
    await ask();
    expect(asked.length).toBe(before);
  });
});
