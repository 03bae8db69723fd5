import { describe, expect, it } from "vitest";
import {
  compareArguments,
  decodeHeaderValue,
  encodeHeaderValue,
  mirrorArguments,
  paramHeaders,
} from "./param-headers";
import type { JsonObject } from "../json";

const schema = (properties: JsonObject, rest: JsonObject = {}): JsonObject => ({
  type: "object",
  properties,
  ...rest,
});
const declared = (inputSchema: JsonObject) => {
  const found = paramHeaders(inputSchema);
  if (!found.ok) throw new Error(found.reason);
  return found.headers;
};

const tool = declared(
  schema({
    region: { type: "string", "x-mcp-header": "Region" },
    count: { type: "integer", "x-mcp-header": "Count" },
    dry: { type: "boolean", "x-mcp-header": "Dry" },
    where: schema({ tenant: { type: "string", "x-mcp-header": "Tenant" } }),
    plain: { type: "string" },
  }),
);

describe("declarations", () => {
  it("are found at any depth of properties", () => {
    expect(tool).toEqual([
      { header: "Region", path: ["region"], numeric: false },
      { header: "Count", path: ["count"], numeric: true },
      { header: "Dry", path: ["dry"], numeric: false },
      { header: "Tenant", path: ["where", "tenant"], numeric: false },
    ]);
  });

  it.each<[string, JsonObject]>([
    ["a property of that name", schema({ "x-mcp-header": { type: "string" } })],
    [
      "data that mentions it",
      schema({ a: { const: { "x-mcp-header": "A" }, default: { "x-mcp-header": "B" } } }),
    ],
    ["an enum that mentions it", schema({ a: { enum: [{ "x-mcp-header": "A" }] } })],
    ["no schema at all", {}],
  ])("are not seen in %s", (_what, inputSchema) => {
    expect(paramHeaders(inputSchema)).toEqual({ ok: true, headers: [] });
  });

  const on = (property: JsonObject) =>
    schema({ a: { type: "string", "x-mcp-header": "A", ...property } });
  it.each<[string, JsonObject]>([
    ["the root", { ...schema({}), "x-mcp-header": "A" }],
    ["items", schema({ list: { type: "array", items: { type: "string", "x-mcp-header": "A" } } })],
    ["anyOf", schema({}, { anyOf: [schema({ a: { type: "string", "x-mcp-header": "A" } })] })],
    ["$defs", schema({}, { $defs: { a: { type: "string", "x-mcp-header": "A" } } })],
    [
      "additionalProperties",
      schema({}, { additionalProperties: { type: "string", "x-mcp-header": "A" } }),
    ],
    ["a number", on({ type: "number" })],
    ["an object", on({ type: "object" })],
    ["several types", on({ type: ["string", "null"] })],
    ["no type", on({ type: undefined })],
    ["an empty name", on({ "x-mcp-header": "" })],
    ["a name with a line break", on({ "x-mcp-header": "A\r\nX" })],
    ["a name with a space", on({ "x-mcp-header": "A B" })],
    ["a name that is no string", on({ "x-mcp-header": 7 })],
    [
      "a name used twice, in other letters",
      schema({
        a: { type: "string", "x-mcp-header": "Same" },
        b: { type: "string", "x-mcp-header": "same" },
      }),
    ],
  ])("make the tool invalid on %s", (_what, inputSchema) => {
    expect(paramHeaders(inputSchema)).toEqual({
      ok: false,
      reason: expect.stringContaining("x-mcp-header"),
    });
  });
});

describe("values", () => {
  it.each([
    ["us-west1", "us-west1"],
    ["a b", "a b"],
    ["", "=?base64??="],
    [" padded ", "=?base64?IHBhZGRlZCA=?="],
    ["Zürich", "=?base64?WsO8cmljaA==?="],
    ["line\r\nbreak", "=?base64?bGluZQ0KYnJlYWs=?="],
    ["=?base64?eA==?=", "=?base64?PT9iYXNlNjQ/ZUE9PT89?="],
    ["🚀", "=?base64?8J+agA==?="],
  ])("%j travels as %s and comes back", (value, header) => {
    expect(encodeHeaderValue(value)).toBe(header);
    expect(decodeHeaderValue(header)).toBe(value);
  });

  it.each([
    "=?base64?eA=?=",
    "=?base64?e A==?=",
    "=?base64?%%%?=",
    "=?base64?/w==?=",
    "=?base64?gICA?=",
  ])("%s is no base64 of a text", (header) => {
    expect(decodeHeaderValue(header)).toBeUndefined();
  });

  it.each(["=?base64?=", "=?base64?", "=?BASE64?eA==?=", "x=?base64?eA==?="])(
    "%s is taken as it stands",
    (header) => {
      expect(decodeHeaderValue(header)).toBe(header);
    },
  );
});

describe("as a client", () => {
  it("repeats what is given, and leaves out what is not or cannot be said", () => {
    const args = { region: "eu", count: 42, dry: false, where: { tenant: "Zürich" }, plain: "x" };
    expect(mirrorArguments(tool, args)).toEqual([
      ["Mcp-Param-Region", "eu"],
      ["Mcp-Param-Count", "42"],
      ["Mcp-Param-Dry", "false"],
      ["Mcp-Param-Tenant", "=?base64?WsO8cmljaA==?="],
    ]);
    expect(
      mirrorArguments(tool, { region: null, count: 2 ** 53, dry: [], where: "constructor" }),
    ).toEqual([]);
    expect(
      mirrorArguments(
        declared(schema({ constructor: { type: "string", "x-mcp-header": "C" } })),
        {},
      ),
    ).toEqual([]);
  });
});

describe("as a server", () => {
  const args = { region: "eu", count: 42, dry: true, where: { tenant: "Zürich" } };
  const right = {
    "mcp-param-region": "eu",
    "mcp-param-count": "42",
    "mcp-param-dry": "true",
    "mcp-param-tenant": "=?base64?WsO8cmljaA==?=",
  };

  it.each<[string, Record<string, string>]>([
    ["all are repeated", {}],
    ["a number is written another way", { "mcp-param-count": "42.0" }],
    ["a text comes in base64 without need", { "mcp-param-region": "=?base64?ZXU=?=" }],
    ["blanks surround a value", { "mcp-param-region": "  eu\t" }],
    ["another header is there", { "mcp-param-other": "x" }],
  ])("agrees when %s", (_what, headers) => {
    expect(compareArguments(tool, args, new Headers({ ...right, ...headers }))).toBeUndefined();
  });

  it.each<[string, Record<string, string>, string]>([
    ["a value differs", { "mcp-param-region": "us" }, "Mcp-Param-Region"],
    ["a value differs in its case", { "mcp-param-region": "EU" }, "Mcp-Param-Region"],
    ["a number differs", { "mcp-param-count": "43" }, "Mcp-Param-Count"],
    ["a number is no decimal", { "mcp-param-count": "0x2a" }, "Mcp-Param-Count"],
    ["a boolean is spelled otherwise", { "mcp-param-dry": "TRUE" }, "Mcp-Param-Dry"],
    ["base64 is broken", { "mcp-param-tenant": "=?base64?W?=" }, "Mcp-Param-Tenant"],
  ])("disagrees when %s", (_what, headers, named) => {
    expect(compareArguments(tool, args, new Headers({ ...right, ...headers }))).toContain(named);
  });

  it("disagrees when a header is missing, and asks for none where there is no argument", () => {
    expect(compareArguments(tool, args, new Headers())).toContain("Mcp-Param-Region is missing");
    expect(compareArguments(tool, { region: null }, new Headers())).toBeUndefined();
  });
});
