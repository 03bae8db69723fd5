import { describe, expect, it } from "vitest";
import { moved } from "./moved";

describe("keys in the list", () => {
  const place = { index: 5, size: 20, page: 8 };
  it.each([
    ["ArrowDown", 6],
    ["ArrowUp", 4],
    ["PageDown", 13],
    ["PageUp", 0],
    ["Home", 0],
    ["End", 19],
    ["Tab", undefined],
    ["x", undefined],
  ])("%s leads to %s", (key, index) => expect(moved(key, place)).toBe(index));

  it("lead into the list from outside it, and nowhere in an empty one", () => {
    expect(moved("ArrowDown", { index: -1, size: 3, page: 2 })).toBe(0);
    expect(moved("End", { index: -1, size: 0, page: 2 })).toBeUndefined();
  });
});
