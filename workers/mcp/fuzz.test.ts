import fc from "fast-check";
import { beforeAll, expect, it } from "vitest";
import { metaKey, MODERN_VERSION } from "../connectors";
import { connectServer, createTeam, type TestTeam } from "../testing/team";

const unlimited = { PLUGBOARD_USER_PER_MINUTE: "0", PLUGBOARD_CONNECTION_PER_MINUTE: "0" };
const methods = [
  "initialize",
  "ping",
  "server/discover",
  "tools/list",
  "tools/call",
  "prompts/list",
  "prompts/get",
  "resources/list",
  "resources/read",
  "resources/templates/list",
  "resources/subscribe",
  "completion/complete",
  "logging/setLevel",
  "subscriptions/listen",
  "notifications/cancelled",
  "constructor",
  "__proto__",
];
const names = [
  "fixture__echo",
  "fixture__add",
  "fixture__test_simple_prompt",
  "test://static-text",
  "__proto__",
  "\0",
  "\ud800",
  "x".repeat(20_000),
];

let team: TestTeam;
beforeAll(async () => {
  team = await createTeam();
  await connectServer(team);
});

const anything = fc
  .anything({ withNullPrototype: false, maxDepth: 3 })
  .map((value) => JSON.parse(JSON.stringify(value) ?? "null") as unknown);
const oneOf = (...values: unknown[]) => fc.constantFrom(...values);
const meta = fc.oneof(
  anything,
  fc.record(
    {
      [metaKey.protocolVersion]: fc.oneof(oneOf(MODERN_VERSION, "2025-11-25", "1999"), anything),
      [metaKey.clientCapabilities]: fc.oneof(oneOf({}, { elicitation: {} }), anything),
      [metaKey.clientInfo]: fc.oneof(oneOf({ name: "x", version: "1" }), anything),
      [metaKey.logLevel]: fc.oneof(oneOf("debug"), anything),
      progressToken: anything,
    },
    { requiredKeys: [] },
  ),
);
const params = fc.oneof(
  { weight: 1, arbitrary: anything },
  {
    weight: 6,
    arbitrary: fc.record(
      {
        name: fc.oneof(oneOf(...names), anything),
        uri: fc.oneof(oneOf(...names), anything),
        arguments: fc.oneof(oneOf({ message: "hi" }, { a: 1, b: 2 }), anything),
        cursor: fc.oneof(oneOf("p0", "p1"), anything),
        ref: fc.oneof(
          oneOf({ type: "ref/prompt", name: names[2] }, { type: "ref/resource", uri: names[3] }),
          anything,
        ),
        argument: anything,
        context: anything,
        requestState: anything,
        inputResponses: anything,
        notifications: oneOf([], null, "x"),
        protocolVersion: anything,
        _meta: meta,
      },
      { requiredKeys: [] },
    ),
  },
);
const frame = fc.oneof(
  { weight: 1, arbitrary: anything },
  {
    weight: 8,
    arbitrary: fc.record(
      {
        jsonrpc: fc.oneof(
          { weight: 9, arbitrary: oneOf("2.0") },
          { weight: 1, arbitrary: anything },
        ),
        id: fc.oneof(oneOf(1, "a", null), anything),
        method: fc.oneof(
          { weight: 9, arbitrary: oneOf(...methods) },
          { weight: 1, arbitrary: anything },
        ),
        params,
        result: anything,
        error: anything,
      },
      { requiredKeys: [] },
    ),
  },
);
const header = fc.oneof(
  oneOf(MODERN_VERSION, "2025-11-25", "=?base64?!?=", ...methods.slice(0, 8)),
  fc.stringMatching(/^[\x21-\x7e]{0,40}$/),
);
const headers = fc.record(
  {
    "mcp-protocol-version": header,
    "mcp-method": header,
    "mcp-name": header,
    "mcp-session-id": header,
    accept: oneOf("text/event-stream", "*/*"),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<Record<string, string>>;

/** As a client that keeps to the headers would send it, so that the frame gets further in. */
function rightHeaders(message: unknown): Record<string, string> {
  const { method, params: said } = (message ?? {}) as {
    method?: unknown;
    params?: { name?: unknown; uri?: unknown; _meta?: Record<string, unknown> };
  };
  const version = said?._meta?.[metaKey.protocolVersion];
  const plain = (value: unknown) =>
    typeof value === "string" && /^[\x21-\x7e]{1,200}$/.test(value) ? value : "x";
  if (version !== MODERN_VERSION) return {};
  return {
    "mcp-protocol-version": MODERN_VERSION,
    "mcp-method": plain(method),
    "mcp-name": plain(method === "resources/read" ? said?.uri : said?.name),
  };
}

it("answers every frame with JSON-RPC, in time, and never with a failure of its own", async () => {
  const statuses = new Map<number, number>();
  await fc.assert(
    fc.asyncProperty(
      frame,
      fc.option(headers),
      oneOf("/mcp", "/mcp/c/fixture"),
      async (message, given, path) => {
        const answer = await team.ask(path as string, {
          body: message,
          headers: given ?? rightHeaders(message),
          env: unlimited,
        });
        statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
        expect(answer.status).toBeLessThan(500);
        if (answer.status === 202) {
          expect(answer.text).toBe("");
        } else if (answer.headers.get("content-type") === "text/event-stream") {
          expect(answer.text).toContain("data: ");
        } else {
          const { id } = (message ?? {}) as { id?: unknown };
          expect(answer.body).toMatchObject({ jsonrpc: "2.0" });
          expect("result" in answer.body).not.toBe("error" in answer.body);
          expect(answer.body.id).toEqual(
            typeof id === "string" || typeof id === "number" ? id : null,
          );
        }
      },
    ),
    { numRuns: 400, seed: 20_260_728 },
  );
  expect(statuses.get(200)).toBeGreaterThan(20);
  expect(statuses.get(400)).toBeGreaterThan(20);
}, 60_000);

it("answers every broken text with a parse error", async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: "binary", maxLength: 200 }), async (text) => {
      const answer = await team.ask("/mcp", { body: text });
      expect([202, 400]).toContain(answer.status);
    }),
    { numRuns: 100, seed: 20_260_728 },
  );
});
