import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { changedPart, diffLines, foldSame } from "./line-diff";

const marks = { same: " ", removed: "-", added: "+" };
const shown = (before: string, after: string) =>
  diffLines(before.split(""), after.split(""))
    .map(({ kind, text }) => marks[kind] + text)
    .join("");

describe("the difference", () => {
  it.each([
    ["abc", "abc", " a b c"],
    ["abc", "axc", " a-b+x c"],
    ["abc", "ac", " a-b c"],
    ["ac", "abc", " a+b c"],
    ["abcd", "bcde", "-a b c d+e"],
    ["aa", "a", " a-a"],
  ])("of %s and %s is %s", (before, after, expected) =>
    expect(shown(before, after)).toBe(expected),
  );

  it("of lines that share nothing is all of both, also where they are very many", () => {
    const before = Array.from({ length: 3000 }, (_, n) => `a${n}`);
    const after = Array.from({ length: 3000 }, (_, n) => `b${n}`);
    expect(diffLines(before, after)).toHaveLength(6000);
  });

  const text = fc.array(fc.constantFrom("a", "b", "c", ""), { maxLength: 30 });
  it("always gives back both texts", () =>
    fc.assert(
      fc.property(text, text, (before, after) => {
        const all = diffLines(before, after);
        const without = (kind: string) =>
          all.filter((line) => line.kind !== kind).map((l) => l.text);
        expect(without("added")).toEqual(before);
        expect(without("removed")).toEqual(after);
      }),
    ));
});

it("folds what is far from a change", () => {
  const after = Array.from({ length: 20 }, (_, n) => String(n));
  const hunks = foldSame(diffLines(after.with(10, "x"), after), 2);
  expect(hunks.map(({ folded, lines }) => [folded, lines.length])).toEqual([
    [true, 8],
    [false, 6],
    [true, 7],
  ]);
});

it.each([
  ["pays a bill", "pays the bill", { from: 5, behind: 5 }],
  ["same", "same", { from: 4, behind: 0 }],
  ["aa", "aaa", { from: 2, behind: 0 }],
  ["", "new", { from: 0, behind: 0 }],
])("finds what changed from %j to %j", (before, after, part) =>
  expect(changedPart(before, after)).toEqual(part),
);
