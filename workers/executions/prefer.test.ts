import { describe, expect, it } from "vitest";
import { appliedOf, readPrefer } from "./prefer";

const none = { respondAsync: false, waitMs: undefined };

describe("the header Prefer", () => {
  it.each([
    ["respond-async", { respondAsync: true, waitMs: undefined }],
    ["wait=10", { respondAsync: false, waitMs: 10_000 }],
    ["respond-async, wait=10", { respondAsync: true, waitMs: 10_000 }],
    ['Wait = "7" ; foo=bar , Respond-Async', { respondAsync: true, waitMs: 7000 }],
    ["return=minimal, wait=2", { respondAsync: false, waitMs: 2000 }],
    ["wait=3, wait=9", { respondAsync: false, waitMs: 3000 }],
  ])("%s is read", (header, read) => expect(readPrefer(header)).toEqual(read));

  it.each([
    ["wait=0", 1000],
    ["wait=301", 300_000],
    ["wait=999999999999999", 300_000],
  ])("%s is brought within bounds", (header, waitMs) =>
    expect(readPrefer(header)).toEqual({ respondAsync: false, waitMs }),
  );

  it.each([
    undefined,
    "",
    ",,,",
    "wait",
    "wait=",
    "wait=-1",
    "wait=1.5",
    "wait=soon",
    "wait=1e3",
    "wait=9999999999999999",
    "respond-async=maybe",
    "async",
    "\u0000",
    "x".repeat(100_000),
    ",".repeat(100_000),
  ])("that is malformed or unknown counts for nothing", (header) =>
    expect(readPrefer(header)).toEqual(none),
  );

  it("is answered with what was done of it", () => {
    expect(appliedOf(readPrefer("respond-async, wait=10"))).toBe("respond-async, wait=10");
    expect(appliedOf(readPrefer("wait=1000"))).toBe("wait=300");
    expect(appliedOf(readPrefer("respond-async"))).toBe("respond-async");
  });
});
