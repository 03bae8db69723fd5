import { describe, expect, it } from "vitest";
import { hubInfo, metaKey, rpcCode } from "../connectors";
import { errors, type ErrorCode } from "../../shared/errors";
import { HubError } from "../platform/errors";
import { present } from "./present";
import { isForTheModel, refusalReply, statusOf, toRpcError, WireRefusal } from "./replies";
import { literalLength, matchesTemplate } from "./uri-template";
import { wellFormed } from "./well-formed";

describe("HTTP status of an error", () => {
  it.each([
    [rpcCode.methodNotFound, 404],
    [rpcCode.headerMismatch, 400],
    [rpcCode.missingClientCapability, 400],
    [rpcCode.unsupportedVersion, 400],
    [rpcCode.invalidParams, 200],
    [rpcCode.internalError, 200],
    [-32000, 200],
    [-32002, 200],
  ])("%d is %d to a 2026-07-28 client and 200 to an older one", (code, status) => {
    expect(statusOf("modern", { code, message: "" })).toBe(status);
    expect(statusOf("legacy", { code, message: "" })).toBe(200);
  });

  it.each([
    ["unauthorized", 401],
    ["forbidden", 403],
    ["payload_too_large", 413],
    ["unavailable", 503],
    ["internal", 500],
    ["not_found", 200],
    ["invalid_input", 200],
    ["rate_limited", 200],
  ] as const)("%s that the hub found itself is %d", async (code, status) => {
    const reply = refusalReply(new HubError(code, "Why."), { id: 7, requestId: "req_1" });
    expect(reply.status).toBe(status);
    expect(await reply.json()).toMatchObject({
      jsonrpc: "2.0",
      id: 7,
      error: { message: "Why.", data: { code, requestId: "req_1" } },
    });
  });

  it("is the error's own when the message had no id, and an unforeseen error tells nothing of itself", async () => {
    const asked = { id: null, requestId: "req_1" };
    expect(refusalReply(new HubError("not_found", ""), asked).status).toBe(404);
    const unforeseen = refusalReply(new TypeError("secret"), asked);
    expect(unforeseen.status).toBe(500);
    expect(await unforeseen.text()).not.toContain("secret");
    expect(refusalReply(new WireRefusal(rpcCode.parseError, ""), asked).status).toBe(400);
  });

  it("carries what a client needs to go on", () => {
    const asked = { id: 1, requestId: "req_1" };
    expect(
      refusalReply(new HubError("unauthorized", ""), asked).headers.get("www-authenticate"),
    ).toMatch(/^Bearer/);
    const limited = new HubError("rate_limited", "", { details: { retryAfterSeconds: 7 } });
    expect(refusalReply(limited, asked).headers.get("retry-after")).toBe("7");
  });
});

it("gives every code of the hub a JSON-RPC code, and to the model what a model can act on", () => {
  const codes = Object.keys(errors) as ErrorCode[];
  const byCode = Object.groupBy(codes, (code) =>
    String(toRpcError(new HubError(code, ""), "req_1").code),
  );
  expect(byCode[String(rpcCode.invalidParams)]).toEqual([
    "invalid_input",
    "invalid_arguments",
    "not_found",
  ]);
  expect(byCode[String(rpcCode.internalError)]).toEqual(["internal"]);
  expect(codes.filter(isForTheModel)).toEqual([
    "invalid_arguments",
    "outbound_refused",
    "tool_quarantined",
    "connection_disabled",
    "tool_needs_input",
    "upstream_unreachable",
    "upstream_unauthorized",
    "upstream_invalid",
    "upstream_error",
    "upstream_too_large",
    "execution_lost",
    "circuit_open",
    "upstream_timeout",
  ]);
});

describe("a result", () => {
  const modern = (method: string, result: object) =>
    present({ era: "modern", method }, { ...result });
  const legacy = (method: string, result: object) =>
    present({ era: "legacy", method }, { ...result });

  it("is complete unless its server says otherwise, and says who answers", () => {
    expect(modern("tools/call", { content: [] })).toEqual({
      content: [],
      resultType: "complete",
      _meta: { [metaKey.serverInfo]: hubInfo },
    });
    expect(modern("tools/call", { resultType: "input_required" })).toMatchObject({
      resultType: "input_required",
    });
    expect(
      modern("tools/call", { _meta: { [metaKey.serverInfo]: { name: "theirs" }, other: 1 } }),
    ).toMatchObject({
      _meta: { [metaKey.serverInfo]: { name: "theirs" }, other: 1 },
    });
  });

  it("of resources/read may be kept by its reader alone, and never for less than no time", () => {
    expect(
      modern("resources/read", { contents: [], ttlMs: 60_000, cacheScope: "public" }),
    ).toMatchObject({
      ttlMs: 60_000,
      cacheScope: "private",
    });
    for (const ttlMs of [undefined, "60", -1, null])
      expect(modern("resources/read", { contents: [], ttlMs })).toMatchObject({
        ttlMs: 0,
        cacheScope: "private",
      });
    expect(modern("resources/read", { resultType: "input_required" })).not.toHaveProperty("ttlMs");
    expect(modern("prompts/get", { messages: [] })).not.toHaveProperty("cacheScope");
  });

  it("loses what older clients do not know", () => {
    expect(
      legacy("resources/read", {
        contents: [],
        resultType: "complete",
        ttlMs: 1,
        cacheScope: "private",
      }),
    ).toEqual({ contents: [] });
    const content = [{ type: "text", text: "[1]" }];
    expect(legacy("tools/call", { content, structuredContent: [1] })).toEqual({ content });
    expect(legacy("tools/call", { content, structuredContent: { a: 1 } })).toEqual({
      content,
      structuredContent: { a: 1 },
    });
  });

  it("that asks something is no empty success to a client that cannot be asked", () => {
    expect(() =>
      legacy("tools/call", { resultType: "input_required", inputRequests: {} }),
    ).toThrowError(expect.objectContaining({ code: "tool_needs_input" }) as Error);
  });
});

describe("a definition that would make a client refuse the whole list", () => {
  const inputSchema = { type: "object" };
  it.each([
    [
      "a title that is no text",
      { name: "t", title: 7, description: null, inputSchema },
      { name: "t", inputSchema },
    ],
    ["a schema without its type", { name: "t", inputSchema: {} }, { name: "t", inputSchema }],
    [
      "hints of another kind",
      { name: "t", inputSchema, annotations: { readOnlyHint: "yes", title: "T" } },
      { name: "t", inputSchema, annotations: { title: "T" } },
    ],
    [
      "annotations that are no object",
      { name: "t", inputSchema, annotations: [] },
      { name: "t", inputSchema },
    ],
    ["icons without a source", { name: "t", inputSchema, icons: [{}] }, { name: "t", inputSchema }],
    [
      "a property that is true",
      { name: "t", inputSchema: { type: "object", properties: { a: true, b: false } } },
      { name: "t", inputSchema: { type: "object", properties: { a: {}, b: { not: {} } } } },
    ],
    [
      "an output schema that is no schema",
      { name: "t", inputSchema, outputSchema: "text" },
      { name: "t", inputSchema },
    ],
  ])("of a tool: %s", (_what, tool, shown) => {
    for (const era of ["modern", "legacy"] as const)
      expect(JSON.parse(JSON.stringify(wellFormed("tool", era, tool)))).toEqual(shown);
  });

  it("keeps what is right, whatever it is", () => {
    const whole = {
      name: "t",
      title: "T",
      description: "D",
      icons: [{ src: "https://a.test/i.png", sizes: ["any"], theme: "dark" }],
      inputSchema: {
        type: "object",
        $defs: { a: { type: "string" } },
        properties: { a: { $ref: "#/$defs/a" } },
        required: ["a"],
        allOf: [true],
      },
      outputSchema: { type: "object", properties: { sum: { type: "number" } } },
      annotations: { readOnlyHint: true, other: 1 },
      execution: { taskSupport: "optional" },
      _meta: { "ui/resourceUri": "ui://x" },
      unknown: [1],
    };
    for (const era of ["modern", "legacy"] as const)
      expect(wellFormed("tool", era, whole)).toEqual(whole);
  });

  it("shows an output that is no object to those who know such outputs", () => {
    const tool = { name: "t", inputSchema, outputSchema: { type: "array" } };
    expect(wellFormed("tool", "modern", tool)).toHaveProperty("outputSchema", { type: "array" });
    expect(JSON.stringify(wellFormed("tool", "legacy", tool))).not.toContain("outputSchema");
  });

  it("names a resource that has no name by its URI", () => {
    expect(wellFormed("resource", "legacy", { uri: "a://b", size: "big" })).toMatchObject({
      uri: "a://b",
      name: "a://b",
      size: undefined,
    });
    expect(wellFormed("template", "legacy", { uriTemplate: "a://{b}", name: 7 })).toMatchObject({
      name: "a://{b}",
    });
    expect(
      wellFormed("prompt", "legacy", { name: "p", arguments: [{ description: "no name" }] }),
    ).toMatchObject({ arguments: undefined });
  });
});

describe("a URI template", () => {
  it.each([
    ["a://b", "a://b", true],
    ["a://b", "a://bc", false],
    ["a://{id}", "a://7", true],
    ["a://{id}", "b://7", false],
    ["a://{id}/data", "a://7/data", true],
    ["a://{id}/data", "a://7/date", false],
    ["a://{id}/data", "a://data", false],
    ["a://{x}/{y}/z", "a://1/2/3/z", true],
    ["a://{x}/{y}/z", "a://1/z", false],
    ["{+any}", "what://ever", true],
    ["a://b{?q,n}", "a://b?q=1&n=2", true],
    ["a://b{?q,n}", "a://b", true],
    ["a.b://{x}", "aXb://1", false],
    ["a://{x}b{y}b", "a://bb", true],
    ["a://{x}b{y}b", "a://b", false],
    ["a://{broken", "a://{broken", true],
  ])("%s describes %s: %s", (template, uri, expected) => {
    expect(matchesTemplate(template, uri)).toBe(expected);
  });

  it("takes no time that grows out of hand", () => {
    const began = performance.now();
    expect(matchesTemplate(`a://${"{x}a".repeat(1000)}!`, `a://${"a".repeat(16_000)}`)).toBe(false);
    expect(performance.now() - began).toBeLessThan(500);
  });

  it("that says more of a URI counts for more", () => {
    expect(["{+any}", "a://{x}", "a://b/{x}", "a://b/{x}/c"].map(literalLength)).toEqual([
      0, 4, 6, 8,
    ]);
  });
});
