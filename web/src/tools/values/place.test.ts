import { describe, expect, it } from "vitest";
import { pointerOf, renamed, withValue, type Place } from "./place";

const at = (...keys: (string | number)[]): Place => keys.map((key) => ({ key, kept: false }));

describe("a value at a place", () => {
  it.each<[string, unknown, Place, unknown, unknown]>([
    ["is set", { a: 1 }, at("b"), 2, { a: 1, b: 2 }],
    ["is replaced", { a: 1 }, at("a"), 2, { a: 2 }],
    ["is set deep down", {}, at("a", "b", 0), "x", { a: { b: ["x"] } }],
    ["is taken out", { a: 1, b: 2 }, at("a"), undefined, { b: 2 }],
    [
      "takes with it what it leaves empty",
      { a: { b: { c: 1 } }, d: 1 },
      at("a", "b", "c"),
      undefined,
      { d: 1 },
    ],
    [
      "leaves what is required",
      { a: { b: 1 } },
      [
        { key: "a", kept: true },
        { key: "b", kept: false },
      ],
      undefined,
      { a: {} },
    ],
    ["keeps an empty object that was there before", { a: {} }, at("b"), 1, { a: {}, b: 1 }],
    ["leaves a list in order", { a: [1, 2, 3] }, at("a", 1), undefined, { a: [1, 3] }],
    ["keeps an emptied list", { a: [1] }, at("a", 0), undefined, { a: [] }],
    [
      "may be called as objects call theirs",
      {},
      at("__proto__", "constructor"),
      1,
      JSON.parse('{"__proto__":{"constructor":1}}'),
    ],
  ])("%s", (_, root, place, value, wanted) => {
    const next = withValue(root, place, value);
    expect(JSON.stringify(next)).toBe(JSON.stringify(wanted));
    expect(Object.getPrototypeOf(next)).toBe(Object.prototype);
  });

  it("leaves the rest as it is, down to its identity", () => {
    const root = { a: { x: 1 }, b: { y: 1 } };
    const next = withValue(root, at("a", "x"), 2) as typeof root;
    expect(next.b).toBe(root.b);
    expect(root.a.x).toBe(1);
  });

  it("has a pointer", () => expect(pointerOf(at("a/b", "c~d", 0))).toBe("/a~1b/c~0d/0"));

  it("keeps its position under another name", () => {
    expect(Object.keys(renamed({ a: 1, b: 2, c: 3 }, "b", "d"))).toEqual(["a", "d", "c"]);
    expect(renamed({ a: 1, b: 2 }, "a", "b")).toEqual({ b: 1 });
  });
});
