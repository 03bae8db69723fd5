import { createExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it, vi } from "vitest";
import { ErrorBody } from "../../shared/contracts/errors";
import { errors, type ErrorCode } from "../../shared/errors";
import hub from "../index";
import { askHub, createTeam, type TestRequest } from "../testing/team";
import { HubError } from "./errors";
import { errorHeaders, errorResponse } from "./error-response";

const settings = (change: Record<string, string>) => change as unknown as Partial<Env>;

describe("an error on the wire", () => {
  it.each(Object.keys(errors) as ErrorCode[])(
    "%s has its own status and the one shape",
    async (code) => {
      const logged = vi.spyOn(console, "error").mockImplementation(() => undefined);
      const response = errorResponse(
        new HubError(code, "A sentence.", { details: { field: "x" } }),
        "req_1",
      );
      expect(response.status).toBe(errors[code].status);
      expect(ErrorBody.parse(await response.json())).toEqual({
        error: { code, message: "A sentence.", requestId: "req_1", details: { field: "x" } },
      });
      logged.mockRestore();
    },
  );

  it("tells of what was not foreseen the request id only, and logs the whole", async () => {
    const logged = vi.spyOn(console, "error").mockImplementation(() => undefined);
    const response = errorResponse(
      new Error("SELECT * FROM secrets", { cause: "the cause" }),
      "req_1",
    );
    const text = await response.text();
    expect(response.status).toBe(500);
    expect(text).not.toMatch(/SELECT|cause|\.ts/);
    const [line] = logged.mock.calls[0] ?? [];
    expect(JSON.parse(String(line))).toMatchObject({ event: "request.failed", requestId: "req_1" });
    expect(String(line)).toContain("the cause");
    logged.mockRestore();
  });

  it("never shows the cause of one that was foreseen", async () => {
    const response = errorResponse(
      new HubError("upstream_error", "A sentence.", { cause: "what they said" }),
      "req_1",
    );
    expect(await response.text()).not.toContain("what they said");
  });

  it("says how to go on in its headers", () => {
    const error = (code: ErrorCode, options = {}) => errorHeaders(new HubError(code, "", options));
    expect(error("unauthorized")).toEqual({ "www-authenticate": 'Bearer realm="Plugboard"' });
    expect(
      error("rate_limited", { details: { retryAfterSeconds: 7 }, headers: { ratelimit: "r" } }),
    ).toEqual({
      "retry-after": "7",
      ratelimit: "r",
    });
    expect(error("unavailable")).toEqual({ "retry-after": "5" });
    expect(error("not_found")).toEqual({});
  });
});

describe("every answer", () => {
  it("names its request", async () => {
    const ids = new Set<string | null>();
    for (const path of ["/health/live", "/in/nowhere", "/api/v1/me", "/api/openapi.json"]) {
      const { headers, body } = await askHub(path);
      expect(headers.get("x-request-id")).toMatch(/^req_/);
      if (body.error) expect(body.error.requestId).toBe(headers.get("x-request-id"));
      ids.add(headers.get("x-request-id"));
    }
    expect(ids.size).toBe(4);
  });

  it.each([
    ["DELETE", "/api/v1/jobs/job_1", "GET"],
    ["PUT", "/api/v1/executions", "GET"],
    ["GET", "/api/v1/tools/tool_1/call", "POST"],
    ["POST", "/api/v1/metrics", "GET"],
    ["POST", "/api/v1/api-keys/key_1", "GET, PATCH, DELETE"],
    ["DELETE", "/health/live", "GET"],
  ])("by %s of %s names what it takes: %s", async (method, path, allow) => {
    const team = await createTeam();
    const answer = await team.ask(path, { method });
    expect([answer.status, answer.body.error.code]).toEqual([405, "method_not_allowed"]);
    expect(answer.headers.get("allow")).toBe(allow);
    if (path.startsWith("/api/v1")) expect((await askHub(path, { method })).status).toBe(401);
  });

  it("at an unknown address is 404 signed in, and 401 within the API signed out", async () => {
    const team = await createTeam();
    expect((await team.ask("/api/v1/nothing")).body.error.code).toBe("not_found");
    expect((await askHub("/api/v1/nothing")).body.error.code).toBe("unauthorized");
    expect((await askHub("/api/nothing")).body.error.code).toBe("not_found");
  });
});

it.each([
  ["POST", true],
  ["PATCH", true],
  ["DELETE", true],
  ["GET", false],
])("a %s is worked on to its end though whoever asked hangs up: %s", async (method, held) => {
  const ctx = createExecutionContext();
  const hold = vi.spyOn(ctx, "waitUntil");
  const request = new Request("http://127.0.0.1/api/v1/api-keys/key_1", { method });
  const answering = hub.fetch(request, env, ctx);
  // Before anything has been waited for: that is where it could be cut off.
  expect(hold.mock.calls.length > 0).toBe(held);
  expect((await answering).status).toBe(401);
});

describe("where a request comes from", () => {
  const ask = async (host: string, init: TestRequest = {}) => {
    const headers = { host, ...init.headers };
    const request = new Request(`http://${host}/health/live`, { headers });
    return (await hub.fetch(request, { ...env, ...init.env }, createExecutionContext())).status;
  };

  it.each([
    ["127.0.0.1:8787", 200],
    ["localhost:8787", 200],
    ["[::1]:8787", 200],
    ["rebound.example.com", 403],
    ["127.0.0.1.example.com", 403],
    ["localhost.example.com", 403],
    ["192.168.0.7", 403],
  ])("on one's own machine, the host %s answers %i", async (host, status) => {
    expect(await ask(host)).toBe(status);
  });

  it.each([
    ["hub.example.com", 200],
    ["HUB.example.com", 200],
    ["other.example.com", 403],
    ["127.0.0.1", 403],
  ])(
    "where PLUGBOARD_HOSTS names hub.example.com, the host %s answers %i",
    async (host, status) => {
      expect(await ask(host, { env: settings({ PLUGBOARD_HOSTS: "hub.example.com" }) })).toBe(
        status,
      );
    },
  );

  it.each([
    ["http://127.0.0.1", 200],
    ["http://127.0.0.1:9999", 403],
    ["https://evil.example.com", 403],
    ["null", 403],
    ["nonsense", 403],
  ])("a page of the origin %s gets %i", async (origin, status) => {
    expect((await askHub("/health/live", { headers: { origin } })).status).toBe(status);
  });

  it("a page of a named host may call the hub under another of its names", async () => {
    const named = settings({ PLUGBOARD_HOSTS: "hub.example.com,app.example.com" });
    expect(
      await ask("hub.example.com", { env: named, headers: { origin: "https://app.example.com" } }),
    ).toBe(200);
  });
});

describe("a mistake in a request", () => {
  it("is told with the field, and with all fields in the details", async () => {
    const team = await createTeam();
    const { status, body } = await team.ask("/api/v1/connections", {
      body: { connector: "mcp", name: 7, config: { url: "x" } },
    });
    expect(status).toBe(400);
    expect(body.error.message).toMatch(/^body\.name: /);
    expect(body.error.details.field).toBe("body.name");
    expect(body.error.details.issues.map(({ path }: { path: string }) => path)).toEqual([
      "name",
      "config.url",
    ]);
  });

  it("of many is told with twenty at most", async () => {
    const team = await createTeam();
    const headers = Object.fromEntries(
      Array.from({ length: 100 }, (_, n) => [`bad name ${n}`, ""]),
    );
    const { body } = await team.ask("/api/v1/connections", {
      body: { connector: "mcp", name: "One", config: { url: "https://example.com", headers } },
    });
    expect(body.error.details.issues.length).toBeLessThanOrEqual(20);
  });
});
