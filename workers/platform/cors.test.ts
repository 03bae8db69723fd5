import { beforeAll, describe, expect, it } from "vitest";
import { askHub, createTeam, signIn, type TestRequest, type TestTeam } from "../testing/team";

const env = {
  PLUGBOARD_CORS_ORIGINS: "https://app.example.com, https://other.example.com:8443",
} as unknown as Partial<Env>;
const origin = "https://app.example.com";
let team: TestTeam;
beforeAll(async () => {
  team = await createTeam();
});

const ask = (path: string, init: TestRequest = {}) =>
  askHub(path, {
    env,
    ...init,
    headers: { origin, authorization: `Bearer ${team.apiKey}`, ...init.headers },
  });
const list = { jsonrpc: "2.0", id: 1, method: "tools/list", params: {} };

describe("a page of a site that is named", () => {
  it.each([
    ["/api/v1/me", {}, 200],
    ["/api/v1/nowhere", {}, 404],
    ["/api/v1/api-keys", { body: {} }, 400],
    ["/mcp", { body: list }, 200],
  ])("reads the answer of %s", async (path, init, status) => {
    const answer = await ask(path, init);
    expect(answer.status).toBe(status);
    expect(answer.headers.get("access-control-allow-origin")).toBe(origin);
    expect(answer.headers.get("vary")).toContain("origin");
    expect(answer.headers.get("access-control-allow-credentials")).toBeNull();
    for (const name of ["retry-after", "ratelimit", "location", "preference-applied"])
      expect(answer.headers.get("access-control-expose-headers")?.split(", ")).toContain(name);
  });

  it("reads why its key was refused", async () => {
    const refused = await ask("/api/v1/me", { headers: { authorization: "Bearer pb_nonsense" } });
    expect(refused.status).toBe(401);
    expect(refused.headers.get("access-control-allow-origin")).toBe(origin);
  });

  it.each(["/api/v1/api-keys/key_1", "/mcp", "/oauth/token", "/oauth/register"])(
    "may ask %s beforehand",
    async (path) => {
      const { status, headers } = await ask(path, {
        method: "OPTIONS",
        headers: { "access-control-request-method": "POST" },
      });
      expect(status).toBe(204);
      expect(headers.get("access-control-allow-origin")).toBe(origin);
      expect(headers.get("access-control-allow-methods")).toContain("DELETE");
      for (const name of ["authorization", "prefer", "idempotency-key", "traceparent"])
        expect(headers.get("access-control-allow-headers")?.split(", ")).toContain(name);
      expect(headers.get("access-control-allow-credentials")).toBeNull();
    },
  );

  it("has nobody's session, whatever cookie its browser sends", async () => {
    const { cookie } = await signIn(team);
    const headers = { origin, cookie };
    for (const init of [{}, { body: { name: "Mine" } }])
      expect(
        (await askHub(init.body ? "/api/v1/api-keys" : "/api/v1/me", { env, headers, ...init }))
          .status,
      ).toBe(401);
  });

  it("cannot sign anybody in, nor reach what asks for a session", async () => {
    for (const path of ["/api/auth/sign-in", "/api/auth/sign-out", "/oauth/authorize", "/"]) {
      const { status, headers } = await ask(path, { body: { token: "x" } });
      expect(status, path).toBe(403);
      expect(headers.get("access-control-allow-origin")).toBeNull();
    }
  });
});

it.each([
  "https://app.example.com.evil.example",
  "http://app.example.com",
  "https://app.example.com:444",
  "https://evil.example",
  "null",
  "*",
])("a page of %s is refused, and told nothing", async (other) => {
  for (const method of ["OPTIONS", "GET"]) {
    const { status, headers } = await ask("/api/v1/me", { method, headers: { origin: other } });
    expect(status).toBe(403);
    expect(headers.get("access-control-allow-origin")).toBeNull();
  }
});

it("names nobody, or anybody, by no setting at all", async () => {
  for (const origins of ["", "*", "https://*", "*.example.com", "null"]) {
    const { status } = await ask("/api/v1/me", {
      env: { PLUGBOARD_CORS_ORIGINS: origins } as unknown as Partial<Env>,
    });
    expect(status, origins).toBe(403);
  }
});

it("every answer of the API says that it is to be kept nowhere and guessed at by nobody", async () => {
  for (const [path, init] of [
    ["/api/v1/me", {}],
    ["/api/v1/nowhere", {}],
    ["/api/auth/sign-in", { body: {} }],
  ] as const) {
    const { headers } = await team.ask(path, init);
    expect(headers.get("cache-control")).toContain("no-store");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("referrer-policy")).toBe("no-referrer");
  }
});
