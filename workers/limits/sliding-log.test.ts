import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SlidingLog, windowMs } from "./sliding-log";

const start = 1_800_000_000_000;

function logOf(...times: number[]): SlidingLog {
  const log = new SlidingLog();
  for (const time of times) log.add(time);
  return log;
}

describe("count", () => {
  it.each([
    { sentence: "an admission of this moment counts", after: 0, expected: 1 },
    { sentence: "one of 59.999 s ago counts", after: windowMs - 1, expected: 1 },
    { sentence: "one of exactly 60 s ago still counts", after: windowMs, expected: 1 },
    { sentence: "one of 60.001 s ago is over", after: windowMs + 1, expected: 0 },
  ])("$sentence", ({ after, expected }) => {
    expect(logOf(start).count(start + after)).toBe(expected);
  });

  it("forgets only what is over", () => {
    const log = logOf(start, start + 10, start + 20);
    expect(log.count(start + windowMs + 11)).toBe(1);
    expect(log.count(start + windowMs + 21)).toBe(0);
  });

  it("stays right over many more admissions than the window holds", () => {
    const log = new SlidingLog();
    for (let i = 0; i < 20_000; i++) {
      log.add(start + i * 10);
      if (i % 97 === 0) expect(log.count(start + i * 10)).toBe(Math.min(i + 1, windowMs / 10 + 1));
    }
  });
});

describe("waitMs", () => {
  it.each([
    { sentence: "nothing to wait for below the limit", limit: 3, now: start + 5, expected: 0 },
    {
      sentence: "at the limit until the oldest is over 60 s old",
      limit: 2,
      now: start + 5,
      expected: windowMs - 4,
    },
    { sentence: "a millisecond at the very edge", limit: 2, now: start + windowMs, expected: 1 },
    { sentence: "nothing just after the edge", limit: 2, now: start + windowMs + 1, expected: 0 },
    {
      sentence: "beyond a limit that was lowered, until enough are over",
      limit: 1,
      now: start + 5,
      expected: windowMs - 2,
    },
  ])("$sentence", ({ limit, now, expected }) => {
    expect(logOf(start, start + 2).waitMs(now, limit)).toBe(expected);
  });

  it("is the truth: one millisecond less is too early, this much is enough", () => {
    const times = fc.array(fc.integer({ min: 0, max: windowMs }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(times, fc.integer({ min: 1, max: 40 }), (offsets, limit) => {
        const sorted = offsets.toSorted((a, b) => a - b).map((offset) => start + offset);
        const now = start + windowMs;
        const wait = logOf(...sorted).waitMs(now, limit);
        const free = (at: number) => sorted.filter((time) => time >= at - windowMs).length < limit;
        expect(free(now + wait)).toBe(true);
        if (wait > 0) expect(free(now + wait - 1)).toBe(false);
      }),
      { numRuns: 300 },
    );
  });
});

describe("a clock set back", () => {
  it("frees no place too early", () => {
    const log = logOf(start, start + 1000);
    expect(log.count(start - 3_600_000)).toBe(2);
    expect(log.count(start - 3_600_000 + windowMs)).toBe(2);
  });

  it("blocks for no longer than the window", () => {
    const log = logOf(start, start + 1000);
    expect(log.waitMs(start - 3_600_000, 2)).toBe(windowMs + 1);
    expect(log.count(start - 3_600_000 + windowMs + 1)).toBe(0);
  });
});

it("holds no more than the window has milliseconds, with a limit of a million", () => {
  const log = new SlidingLog();
  let refused = 0;
  let held = 0;
  for (let i = 0; i < 1_050_000; i++) {
    // Seventeen and a half in a millisecond: the window's last 60 seconds hold a million.
    const now = start + Math.floor((i * 2) / 35);
    if (log.waitMs(now, 1_000_000) > 0) refused += 1;
    else log.add(now);
    if (i % 1000 === 0) held = Math.max(held, log.size);
  }
  expect(log.count(start + 60_000)).toBe(1_000_000);
  expect(refused).toBeGreaterThan(0);
  expect(held).toBeLessThanOrEqual(windowMs + 1);
});

describe("wholeMs", () => {
  it("is the time until nothing counts any more", () => {
    expect(new SlidingLog().wholeMs(start)).toBe(0);
    const log = logOf(start, start + 500);
    expect(log.wholeMs(start + 1000)).toBe(windowMs + 1 - 500);
    expect(log.wholeMs(start + 500 + windowMs)).toBe(1);
    expect(log.wholeMs(start + 501 + windowMs)).toBe(0);
  });
});

it("is cheap with a limit of 100,000: going through the log at each call would outlast the test", () => {
  const log = new SlidingLog();
  let refused = 0;
  for (let i = 0; i < 100_000; i++) {
    const now = start + Math.floor(i / 10);
    if (log.waitMs(now, 100_000) > 0) refused += 1;
    log.add(now);
  }
  expect(refused).toBe(0);
  expect(log.waitMs(start + 10_000, 100_000)).toBe(windowMs - 10_000 + 1);
});
