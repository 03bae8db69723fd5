import { describe, expect, it } from "vitest";
import { partsOf, serverShare } from "./timing";

describe("where the time went", () => {
  it("is the hub before, the server, and the hub after", () => {
    expect(partsOf({ durationMs: 100, admittedMs: 4, upstreamMs: 90 }).map(({ ms }) => ms)).toEqual(
      [4, 90, 6],
    );
    expect(serverShare({ durationMs: 100, admittedMs: 4, upstreamMs: 90 })).toBe(0.9);
  });

  it.each([
    ["clocks that disagree", { durationMs: 10, admittedMs: 5, upstreamMs: 12 }, [0, 10, 0]],
    ["no time at all", { durationMs: 0, admittedMs: 0, upstreamMs: 0 }, [0, 0, 0]],
    ["an old record", { durationMs: 10, admittedMs: null, upstreamMs: 6 }, [0, 6, 4]],
    [
      "a call that never reached the server",
      { durationMs: 10, admittedMs: 3, upstreamMs: null },
      [],
    ],
    ["a call that runs", { durationMs: null, admittedMs: null, upstreamMs: null }, []],
  ])("never is less than nothing: %s", (_, timed, ms) =>
    expect(partsOf(timed).map((part) => part.ms)).toEqual(ms),
  );
});
