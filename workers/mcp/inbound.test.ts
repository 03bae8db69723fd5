import { describe, expect, it } from "vitest";
import { metaKey, MODERN_VERSION, rpcCode } from "../connectors";
import { idOf, readInbound } from "./inbound";
import { WireRefusal } from "./replies";

const envelope = { [metaKey.protocolVersion]: MODERN_VERSION, [metaKey.clientCapabilities]: {} };
const modernHeaders = { "mcp-protocol-version": MODERN_VERSION, "mcp-method": "tools/list" };
const asks = (method: string, params?: unknown) => ({ jsonrpc: "2.0", id: 1, method, params });
const modern = (method: string, params: object = {}) =>
  asks(method, { ...params, _meta: envelope });

function refusalOf(message: unknown, headers: Record<string, string> = {}): unknown {
  try {
    return readInbound(message, new Headers(headers));
  } catch (error) {
    if (error instanceof WireRefusal) return { status: error.status, ...error.error };
    throw error;
  }
}

describe("what is no request", () => {
  it.each([
    ["a batch", [asks("ping")]],
    ["an empty batch", []],
    ["a string", "ping"],
    ["null", null],
    ["another JSON-RPC version", { ...asks("ping"), jsonrpc: "1.0" }],
    ["a message without method, result or error", { jsonrpc: "2.0", id: 1 }],
    ["a method that is no string", { jsonrpc: "2.0", id: 1, method: 7 }],
    ["an id that is null", { ...asks("ping"), id: null }],
    ["an id that is an object", { ...asks("ping"), id: {} }],
  ])("refuses %s with 400", (_what, message) => {
    expect(refusalOf(message)).toMatchObject({ status: 400, code: rpcCode.invalidRequest });
  });

  it.each([[[1]], ["text"], [null], [7]])("refuses params that are no object: %j", (params) => {
    expect(refusalOf(asks("ping", params))).toMatchObject({
      status: 400,
      code: rpcCode.invalidParams,
    });
  });

  it.each([
    ["a notification", { jsonrpc: "2.0", method: "notifications/initialized" }],
    ["a result", { jsonrpc: "2.0", id: 1, result: {} }],
    ["an error", { jsonrpc: "2.0", id: 1, error: { code: 1, message: "" } }],
  ])("takes %s without an answer", (_what, message) => {
    expect(refusalOf(message)).toEqual({ kind: "notification" });
  });

  it("finds the id an error goes out under in whatever was sent", () => {
    expect(
      [{ id: 7 }, { id: "a", method: 1 }, { id: null }, { id: [] }, [], null, "x"].map(idOf),
    ).toEqual([7, "a", null, null, null, null, null]);
  });
});

describe("the era", () => {
  it.each([
    ["initialize", asks("initialize", { protocolVersion: "2025-11-25" }), {}, "legacy"],
    [
      "initialize with its revision in the header",
      asks("initialize"),
      { "mcp-protocol-version": "2025-11-25" },
      "legacy",
    ],
    ["a request that names no revision", asks("tools/list"), {}, "legacy"],
    [
      "a request of 2025-06-18",
      asks("tools/list"),
      { "mcp-protocol-version": "2025-06-18" },
      "legacy",
    ],
    [
      "a request of 2024-11-05",
      asks("tools/list"),
      { "mcp-protocol-version": "2024-11-05" },
      "legacy",
    ],
    ["an unrelated _meta", asks("tools/list", { _meta: { progressToken: 1 } }), {}, "legacy"],
    ["the envelope of 2026-07-28", modern("tools/list"), modernHeaders, "modern"],
  ] as const)("of %s", (_what, message, headers, era) => {
    expect(refusalOf(message, headers)).toMatchObject({ kind: "request", era });
  });

  it.each([
    [
      "a revision of the header nobody knows",
      asks("tools/list"),
      { "mcp-protocol-version": "2099-01-01" },
      rpcCode.unsupportedVersion,
    ],
    [
      "a revision of the body nobody knows",
      asks("tools/list", { _meta: { ...envelope, [metaKey.protocolVersion]: "2099-01-01" } }),
      {},
      rpcCode.unsupportedVersion,
    ],
    [
      "an older revision in the envelope",
      asks("tools/list", { _meta: { ...envelope, [metaKey.protocolVersion]: "2025-11-25" } }),
      {},
      rpcCode.unsupportedVersion,
    ],
    [
      "a revision that is no string",
      asks("tools/list", { _meta: { ...envelope, [metaKey.protocolVersion]: 2026 } }),
      {},
      rpcCode.invalidParams,
    ],
    [
      "a modern header without the envelope",
      asks("tools/list"),
      modernHeaders,
      rpcCode.invalidParams,
    ],
    [
      "a header of another revision than the body's",
      modern("tools/list"),
      { ...modernHeaders, "mcp-protocol-version": "2025-11-25" },
      rpcCode.headerMismatch,
    ],
    [
      "initialize under a modern header",
      asks("initialize"),
      { "mcp-protocol-version": MODERN_VERSION },
      rpcCode.headerMismatch,
    ],
    [
      "an envelope without capabilities",
      asks("tools/list", { _meta: { [metaKey.protocolVersion]: MODERN_VERSION } }),
      modernHeaders,
      rpcCode.invalidParams,
    ],
    [
      "capabilities that are no object",
      asks("tools/list", { _meta: { ...envelope, [metaKey.clientCapabilities]: [] } }),
      modernHeaders,
      rpcCode.invalidParams,
    ],
    [
      "a client without a version",
      asks("tools/list", { _meta: { ...envelope, [metaKey.clientInfo]: { name: "x" } } }),
      modernHeaders,
      rpcCode.invalidParams,
    ],
  ] as const)("refuses %s with 400", (_what, message, headers, code) => {
    expect(refusalOf(message, headers)).toMatchObject({ status: 400, code });
  });

  it("says which revisions it supports, and repeats no more of the asked one than is useful", () => {
    expect(
      refusalOf(asks("tools/list"), { "mcp-protocol-version": "x".repeat(5000) }),
    ).toMatchObject({
      data: { supported: [MODERN_VERSION], requested: "x".repeat(100) },
    });
  });
});

describe("the headers of 2026-07-28", () => {
  const call = modern("tools/call", { name: "echo" });
  const headers = {
    "mcp-protocol-version": MODERN_VERSION,
    "mcp-method": "tools/call",
    "mcp-name": "echo",
  };
  const base64 = (text: string) =>
    `=?base64?${btoa(String.fromCharCode(...new TextEncoder().encode(text)))}?=`;

  it.each([
    ["plain", "echo", "echo"],
    ["with blanks around it", "echo", "  echo\t"],
    ["as base64", "echo", base64("echo")],
    ["as base64 of what a header cannot hold", "größe/日本 ", base64("größe/日本 ")],
    ["as base64 of what looks like base64", "=?base64?eA==?=", base64("=?base64?eA==?=")],
  ])("takes the name %s", (_how, name, sent) => {
    const message = modern("tools/call", { name });
    expect(refusalOf(message, { ...headers, "mcp-name": sent })).toMatchObject({ era: "modern" });
  });

  it.each([
    ["no revision", { "mcp-method": "tools/call", "mcp-name": "echo" }],
    ["no method", { "mcp-protocol-version": MODERN_VERSION, "mcp-name": "echo" }],
    ["another method", { ...headers, "mcp-method": "tools/list" }],
    ["the method in capitals", { ...headers, "mcp-method": "TOOLS/CALL" }],
    ["no name", { "mcp-protocol-version": MODERN_VERSION, "mcp-method": "tools/call" }],
    ["another name", { ...headers, "mcp-name": "add" }],
    ["broken base64", { ...headers, "mcp-name": "=?base64?###?=" }],
    ["base64 of no UTF-8", { ...headers, "mcp-name": "=?base64?/w==?=" }],
  ])("refuses %s with 400", (_what, sent) => {
    expect(refusalOf(call, sent)).toMatchObject({ status: 400, code: rpcCode.headerMismatch });
  });

  it("compares the URI of resources/read, and asks for no name where nothing is named", () => {
    const read = modern("resources/read", { uri: "test://a" });
    const sent = { ...headers, "mcp-method": "resources/read" };
    expect(refusalOf(read, { ...sent, "mcp-name": "test://a" })).toMatchObject({ era: "modern" });
    expect(refusalOf(read, { ...sent, "mcp-name": "test://b" })).toMatchObject({
      code: rpcCode.headerMismatch,
    });
    expect(refusalOf(modern("tools/list"), modernHeaders)).toMatchObject({ era: "modern" });
  });

  it("asks nothing of older clients", () => {
    expect(
      refusalOf(asks("tools/call", { name: "echo" }), { "mcp-method": "nonsense" }),
    ).toMatchObject({ era: "legacy" });
  });
});
