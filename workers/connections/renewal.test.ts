import { describe, expect, it } from "vitest";
import { aheadOfUse, forCalls, forcedLately, isDue, isWorthAnother, nextTryAt } from "./renewal";

const minute = 60_000;

describe("a token", () => {
  it.each([
    ["of an hour is due five minutes before its end", 60, 55, forCalls],
    ["of five minutes in its last quarter", 5, 3.75, forCalls],
    ["of an hour ahead of use ten minutes before", 60, 50, aheadOfUse],
    ["of five minutes ahead of use in its second half", 5, 2.5, aheadOfUse],
  ])("%s", (_, lives, due, margin) => {
    const life = { obtainedAt: 0, expiresAt: lives * minute };
    expect(isDue(life, due * minute - 1, margin)).toBe(false);
    expect(isDue(life, due * minute, margin)).toBe(true);
  });

  it("that nobody knows an end of is never due", () => {
    expect(isDue({ obtainedAt: 0, expiresAt: null }, Number.MAX_SAFE_INTEGER, forCalls)).toBe(
      false,
    );
  });
});

describe("after a failure the vendor is asked again", () => {
  const transient = { kind: "transient", message: "…" } as const;

  it.each([
    [1, 1000],
    [2, 2000],
    [5, 16_000],
    [10, 5 * minute],
    [1000, 5 * minute],
  ])("for the %i. time after %i ms", (count, wait) => {
    expect(nextTryAt({ failure: transient, at: 7, count })).toBe(7 + wait);
  });

  it("as late as it asks for, within an hour", () => {
    const asks = (retryAfterSeconds: number) =>
      nextTryAt({ failure: { ...transient, retryAfterSeconds }, at: 0, count: 1 });
    expect(asks(17)).toBe(17_000);
    expect(asks(86_400)).toBe(60 * minute);
  });

  it("never where somebody has to sign in, and now and then where an app is to be mended", () => {
    const failed = (kind: "revoked" | "misconfigured") =>
      nextTryAt({ failure: { kind, message: "…" }, at: 0, count: 1 });
    expect(failed("revoked")).toBe(Infinity);
    expect(failed("misconfigured")).toBe(10 * minute);
  });

  it("at once for an answer that may have been lost, one time", () => {
    expect(isWorthAnother(transient, { tries: 1, tookMs: 40 })).toBe(true);
    expect(isWorthAnother(transient, { tries: 2, tookMs: 40 })).toBe(false);
    expect(isWorthAnother(transient, { tries: 1, tookMs: 15_000 })).toBe(false);
    expect(isWorthAnother({ ...transient, retryAfterSeconds: 1 }, { tries: 1, tookMs: 1 })).toBe(
      false,
    );
    expect(isWorthAnother({ kind: "revoked", message: "…" }, { tries: 1, tookMs: 1 })).toBe(false);
  });
});

it("a token that is refused whatever comes next is renewed five times a minute at most", () => {
  let times: number[] = [];
  for (const now of [0, 1000, 2000, 3000, 4000]) {
    const recent = forcedLately(times, now);
    if (recent === "enough") throw new Error("too early");
    times = [...recent, now];
  }
  expect(forcedLately(times, 5000)).toBe("enough");
  expect(forcedLately(times, minute + 500)).toEqual([1000, 2000, 3000, 4000]);
});
