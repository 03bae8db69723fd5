import { describe, expect, it } from "vitest";
import { patternCost } from "./pattern-cost";

const shortText = 100;
const affordable = 10_000_000;

it.each([
  "^[a-z0-9-]+$",
  "[a-z]+",
  "^https?://",
  "^\\d{4}-\\d{2}-\\d{2}$",
  "^(\\d{1,3}\\.){3}\\d{1,3}$",
  "^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$",
  "^[a-z0-9]+(?:-[a-z0-9]+)*$",
  "^([a-z]+\\.)+[a-z]{2,}$",
  "^#?([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$",
  "^(?=.*[A-Z])(?=.*\\d).{8,64}$",
  "^\\p{L}+(?<rest> .*)?$",
  "^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$",
  "(foo|bar)",
  "\\u{1F600}[\\]x]+\\x41\\u0041\\cA",
  "",
])("a pattern people write is affordable: %s", (pattern) => {
  expect(patternCost(pattern)(shortText)).toBeLessThan(affordable);
});

it.each([
  "(a+)+$",
  "^(a+)+$",
  "(a*)*b",
  "([a-z]+)*$",
  "(a|a)+$",
  "(a|aa)+$",
  "(.*a){12}",
  "(?:a?){30}a{30}",
  "^(\\w+\\s?)*$",
  "^(?:[a-z]+-?)*[a-z]+$",
  "((a+)b)*$",
  "(?=(a+)+$)x",
  "(-[a-z-]+)*$",
  "(-[a-z]+[a-z]*)*$",
  "(-.*)+$",
  "(a)\\1+$",
  "(?<x>a)\\k<x>+$",
  "(?:(?:(?:){999}){999}){999}",
  "a*a*a*a*a*a*a*$",
  "[\\w-.]+",
  "(unclosed",
  "a{2,1}",
  "x".repeat(2001),
])("a pattern that can take too long is not, nor one that cannot be read: %s", (pattern) => {
  expect(patternCost(pattern)(shortText)).toBeGreaterThan(affordable);
});

it("costs more the longer the text", () => {
  expect(patternCost("^[a-z]+$")(1_000_000)).toBeLessThan(affordable);
  expect(patternCost("[a-z]+$")(1_000_000)).toBeGreaterThan(affordable);
});

describe("the bound", () => {
  const steps = 1_000_000;
  // What is called affordable is tried against the texts that hurt most: long runs that fail at their end.
  const texts = ["a", "a-", "-a", "1.", "a.", "a@", " ", "-"].map((piece) =>
    piece.repeat(1000 / piece.length),
  );
  it.each([
    "^[a-z0-9]+(?:-[a-z0-9]+)*$",
    "^([a-z]+\\.)+[a-z]{2,}$",
    "^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$",
    "^(?:\\d+\\.)*\\d+$",
    "^a{1,900}a{1,900}$",
    "[a-z]+-$",
  ])("is no lie for %s", (pattern) => {
    const regex = new RegExp(pattern, "u");
    for (const text of texts) {
      const length = text.length + 1;
      if (patternCost(pattern)(length) > 100 * steps) continue;
      const started = performance.now();
      regex.test(`${text}!`);
      expect(performance.now() - started).toBeLessThan(2000);
    }
  });
});
