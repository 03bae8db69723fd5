import { describe, expect, it } from "vitest";
import { syntaxErrorAt } from "./json-syntax";
import { positionAt, readArguments, readJson } from "./json-text";
import { readNumber } from "./read-number";

describe("numbers as text", () => {
  it.each<[string, boolean, object]>([
    ["12", true, { value: 12 }],
    [" -1.5 ", false, { value: -1.5 }],
    ["1e3", true, { value: 1000 }],
    ["\u22125", true, { value: -5 }],
    ["1.0", true, { value: 1 }],
    [".5", false, { value: 0.5 }],
    ["1.5", true, { fault: "not_whole" }],
    ["", false, { fault: "not_a_number" }],
    ["1e", false, { fault: "not_a_number" }],
    ["0x10", false, { fault: "not_a_number" }],
    ["1,5", false, { fault: "not_a_number" }],
    ["Infinity", false, { fault: "not_a_number" }],
    ["9007199254740991", true, { value: 9007199254740991 }],
    ["9007199254740993", true, { fault: "too_large" }],
    ["-9007199254740993", false, { fault: "too_large" }],
    ["1e999", false, { fault: "too_large" }],
  ])("%j, whole %j: %j", (text, integer, wanted) =>
    expect(readNumber(text, integer)).toEqual(wanted),
  );
});

describe("JSON as text", () => {
  it.each<[string, number]>([
    ['{"a": }', 6],
    ['{"a": 1,}', 8],
    ['{"a" 1}', 5],
    ["[1, 2", 5],
    ["[1 2]", 3],
    ['{"a": "x\ny"}', 6],
    ["{'a': 1}", 1],
    ["tru", 0],
    ["{}}", 2],
    ['{"a": 01}', 7],
    ["[,]", 1],
    ['{"a": "\\x"}', 6],
  ])("stops being JSON in %j at %d", (text, offset) => {
    expect(() => JSON.parse(text)).toThrow();
    expect(syntaxErrorAt(text)).toBe(offset);
  });

  it("counts lines and columns from one", () => {
    expect(positionAt("{\n  x", 4)).toEqual({ line: 2, column: 3 });
    expect(positionAt("x", 0)).toEqual({ line: 1, column: 1 });
  });

  it.each<[string, string, object]>([
    ["nothing as no arguments", "  ", { value: {} }],
    ["an object", '{"a":[1,"9007199254740993"]}', { value: { a: [1, "9007199254740993"] } }],
    ["no list", "[1]", { fault: "not_an_object", at: { line: 1, column: 1 } }],
    ["no broken text", '{\n"a": oops}', { fault: "syntax", at: { line: 2, column: 6 } }],
    [
      "no number that would change",
      '{"a":\n9007199254740993}',
      { fault: "number", at: { line: 2, column: 1 }, what: "9007199254740993" },
    ],
  ])("takes %s", (_, text, wanted) => expect(readArguments(text)).toEqual(wanted));

  it("takes any value for a single field", () => {
    expect(readJson("null")).toEqual({ value: null });
    expect(readJson("nul")).toEqual({ fault: "syntax" });
    expect(readJson("[9007199254740993]")).toEqual({ fault: "number" });
  });

  it("finds no error in nesting that is deep", () =>
    expect(syntaxErrorAt(`${"[".repeat(100_000)}x`)).toBe(100_000));
});
