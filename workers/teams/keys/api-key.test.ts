import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isApiKey, makeApiKey, prefixOf, randomText } from "./api-key";

describe("an API key", () => {
  it("has the prefix that secret scanners look for, 32 random characters and a checksum", () => {
    const keys = Array.from({ length: 200 }, makeApiKey);
    for (const key of keys) {
      expect(key).toMatch(/^pb_[0-9A-Za-z]{38}$/);
      expect(isApiKey(key)).toBe(true);
    }
    expect(new Set(keys).size).toBe(200);
  });

  it("is known to be mistyped when one character is another, or two are swapped", () => {
    const key = makeApiKey();
    fc.assert(
      fc.property(
        fc.integer({ min: 3, max: key.length - 1 }),
        fc.constantFrom("0", "9", "A", "Z", "a", "z"),
        (at, letter) => {
          fc.pre(key[at] !== letter);
          expect(isApiKey(key.slice(0, at) + letter + key.slice(at + 1))).toBe(false);
        },
      ),
    );
    for (let at = 3; at < key.length - 1; at++) {
      if (key[at] === key[at + 1]) continue;
      const swapped = `${key.slice(0, at)}${key[at + 1] ?? ""}${key[at] ?? ""}${key.slice(at + 2)}`;
      expect(isApiKey(swapped)).toBe(false);
    }
  });

  it.each([
    ["nothing", ""],
    ["the prefix alone", "pb_"],
    ["another prefix", makeApiKey().replace("pb_", "sk_")],
    ["one character more", `${makeApiKey()}0`],
    ["one character less", makeApiKey().slice(0, -1)],
    ["a line break at its end", `${makeApiKey()}\n`],
    ["spaces around", ` ${makeApiKey()} `],
    ["letters that are no ASCII", makeApiKey().replace(/.$/, "é")],
  ])("is not %s", (_, value) => {
    expect(isApiKey(value)).toBe(false);
  });

  it("shows too little of itself to be used", () => {
    const key = makeApiKey();
    expect(prefixOf(key)).toBe(key.slice(0, 9));
  });
});

it("draws every letter and digit about as often as the others", () => {
  const counts = new Map<string, number>();
  for (const letter of randomText(62_000)) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  expect(counts.size).toBe(62);
  // Six standard deviations of 1000 around it.
  for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(190);
});
