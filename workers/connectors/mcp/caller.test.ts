import { describe, expect, it } from "vitest";
import { hubInfo, legacyMeta, modernMeta } from "./caller";
import { MODERN_VERSION, nameHeaderValue } from "../../../shared/mcp/protocol";

const version = "io.modelcontextprotocol/protocolVersion";
const client = "io.modelcontextprotocol/clientInfo";
const capabilities = "io.modelcontextprotocol/clientCapabilities";
const logLevel = "io.modelcontextprotocol/logLevel";

describe("for a 2026-07-28 server", () => {
  it.each([{}, { _meta: null }, { _meta: "nonsense" }, { _meta: [] }])(
    "the hub speaks for a caller with %j",
    (params) => {
      expect(modernMeta({ ...params, name: "echo" })).toEqual({
        name: "echo",
        _meta: { [version]: MODERN_VERSION, [client]: hubInfo, [capabilities]: {} },
      });
    },
  );

  it("a modern caller's own name and abilities go on, its version does not", () => {
    const _meta = {
      [version]: "1999-01-01",
      [client]: { name: "them", version: "1" },
      [capabilities]: { elicitation: {} },
      traceparent: "00-1-2-01",
      progressToken: 7,
    };
    expect(modernMeta({ _meta })).toEqual({ _meta: { ..._meta, [version]: MODERN_VERSION } });
  });
});

describe("for a 2025 server", () => {
  it("the modern envelope is left out, the rest of _meta stays", () => {
    const _meta = {
      [version]: MODERN_VERSION,
      [client]: {},
      [capabilities]: {},
      [logLevel]: "info",
      progressToken: 7,
    };
    expect(legacyMeta({ name: "echo", _meta })).toEqual({
      name: "echo",
      _meta: { progressToken: 7 },
    });
  });

  it.each([
    [{ name: "echo", _meta: { [version]: MODERN_VERSION } }, { name: "echo" }],
    [{ name: "echo", _meta: "nonsense" }, { name: "echo" }],
    [{ inputResponses: {}, requestState: "s", uri: "a:b" }, { uri: "a:b" }],
  ])("%j becomes %j", (params, sent) => {
    expect(legacyMeta(params)).toEqual(sent);
  });
});

it.each([
  ["tools/call", { name: "echo", uri: "a:b" }, "echo"],
  ["prompts/get", { name: "greet" }, "greet"],
  ["resources/read", { name: "x", uri: "a:b" }, "a:b"],
  ["resources/read", { uri: 7 }, undefined],
  ["tools/list", { name: "echo" }, undefined],
  ["constructor", { name: "echo" }, undefined],
])("%s with %j is named %s in its header", (method, params, named) => {
  expect(nameHeaderValue(method, params)).toBe(named);
});
