import { describe, expect, it } from "vitest";
import { Breaker } from "./breaker";

const start = 1_700_000_000_000;
const seconds = (count: number) => start + count * 1000;
const fails = (id = "exe", failures = 1) => ({ id, failures, verdict: "fails" as const });
const works = (id = "exe", failures = 0) => ({ id, failures, verdict: "works" as const });
const saysNothing = (id = "exe") => ({ id, failures: 0, verdict: undefined });

function opened(at = start): Breaker {
  const breaker = new Breaker();
  for (let i = 0; i < 5; i++) breaker.hear(fails(), at);
  return breaker;
}

/** Lets the next call through as a probe, and hears of its end at once. */
function probed(breaker: Breaker, end: "works" | "fails" | "nothing", now: number) {
  expect(breaker.ask(now)).toBe("probe");
  breaker.probe({ id: "probe", until: now + 40_000 });
  const heard = { works, fails, nothing: saysNothing }[end]("probe");
  return breaker.hear(heard, now);
}

describe("a closed breaker", () => {
  it("opens with the fifth failure in a row, and says so once", () => {
    const breaker = new Breaker();
    const said = Array.from({ length: 7 }, () => breaker.hear(fails(), start));
    expect(said).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      "opened",
      undefined,
      undefined,
    ]);
    expect(breaker.open).toMatchObject({ state: "open", failures: 5, since: start });
  });

  it("counts every attempt of a call", () => {
    const breaker = new Breaker();
    expect(breaker.hear(fails("a", 3), start)).toBeUndefined();
    expect(breaker.hear(fails("b", 3), start)).toBe("opened");
  });

  it("begins its count anew with every success, also of a call that failed before", () => {
    const breaker = new Breaker();
    for (let i = 0; i < 9; i++) {
      breaker.hear(fails("a", 4), seconds(i * 61));
      expect(breaker.hear(works("b", i % 2), seconds(i * 61))).toBeUndefined();
    }
    expect(breaker.ask(seconds(9 * 61))).toBe("pass");
  });

  it("goes on counting past a call that says nothing", () => {
    const breaker = new Breaker();
    for (let i = 0; i < 4; i++) breaker.hear(fails(), start);
    breaker.hear(saysNothing(), start);
    expect(breaker.hear(fails(), start)).toBe("opened");
  });

  it("opens where half of at least twenty outcomes of a minute are failures", () => {
    const breaker = new Breaker();
    for (let i = 0; i < 9; i++) {
      expect(breaker.hear(works(), seconds(i))).toBeUndefined();
      expect(breaker.hear(fails(), seconds(i))).toBeUndefined();
    }
    expect(breaker.hear(works(), seconds(10))).toBeUndefined();
    expect(breaker.hear(fails(), seconds(10))).toBe("opened");
  });

  it("stays closed where fewer than half fail, and where they lie further apart", () => {
    const healthy = new Breaker();
    const slow = new Breaker();
    for (let i = 0; i < 200; i++) {
      healthy.hear(works(), seconds(i));
      healthy.hear(works(), seconds(i));
      healthy.hear(fails(), seconds(i));
      slow.hear(works(), seconds(i * 8));
      slow.hear(fails(), seconds(i * 8));
    }
    expect(healthy.ask(seconds(200))).toBe("pass");
    expect(slow.ask(seconds(1600))).toBe("pass");
  });

  it("is idle once a minute has passed", () => {
    const breaker = new Breaker();
    expect(breaker.isIdle(start)).toBe(true);
    breaker.hear(works(), start);
    expect(breaker.isIdle(seconds(54))).toBe(false);
    expect(breaker.isIdle(seconds(60))).toBe(true);
  });
});

describe("an open breaker", () => {
  it("refuses for five seconds, then lets exactly one call through", () => {
    const breaker = opened();
    expect(breaker.ask(seconds(0))).toEqual({ waitMs: 5000 });
    expect(breaker.ask(seconds(4.999))).toEqual({ waitMs: 1 });
    expect(breaker.ask(seconds(5))).toBe("probe");
    breaker.probe({ id: "probe", until: seconds(45) });
    expect(breaker.ask(seconds(5))).toEqual({ waitMs: 1000 });
    expect(breaker.open).toMatchObject({ state: "half_open" });
  });

  it("closes when the probe succeeds, and has forgotten all failures", () => {
    const breaker = opened();
    expect(probed(breaker, "works", seconds(5))).toBe("closed");
    expect(breaker.open).toBeNull();
    for (let i = 0; i < 4; i++) breaker.hear(fails(), seconds(6));
    expect(breaker.ask(seconds(6))).toBe("pass");
  });

  it("waits twice as long after each probe that fails, half a minute at most", () => {
    const breaker = opened();
    let now = start;
    const waits = [];
    for (let i = 0; i < 6; i++) {
      const asked = breaker.ask(now);
      const waitMs = typeof asked === "string" ? 0 : asked.waitMs;
      waits.push(waitMs);
      now += waitMs;
      expect(probed(breaker, "fails", now)).toBe("opened");
    }
    expect(waits).toEqual([5000, 10_000, 20_000, 30_000, 30_000, 30_000]);
    expect(breaker.open).toMatchObject({ failures: 11, since: start });
  });

  it("lets the next call through where the probe said nothing", () => {
    const breaker = opened();
    expect(probed(breaker, "nothing", seconds(5))).toBeUndefined();
    expect(breaker.ask(seconds(5))).toBe("probe");
  });

  it("lets another through once the time of a probe that was never heard of is over", () => {
    const breaker = opened();
    breaker.ask(seconds(5));
    breaker.probe({ id: "first", until: seconds(45) });
    expect(breaker.ask(seconds(44.999))).toEqual({ waitMs: 1000 });
    expect(breaker.ask(seconds(45))).toBe("probe");
    breaker.probe({ id: "second", until: seconds(85) });
    expect(breaker.hear(works("first"), seconds(46))).toBeUndefined();
    expect(breaker.hear(works("second"), seconds(46))).toBe("closed");
  });

  it("does not mind what calls say that were let through before it opened", () => {
    const breaker = opened();
    expect(breaker.hear(works("earlier"), seconds(1))).toBeUndefined();
    expect(breaker.hear(fails("earlier"), seconds(1))).toBeUndefined();
    expect(breaker.ask(seconds(1))).toEqual({ waitMs: 4000 });
  });

  it("locks nobody out for longer where the clock is set back", () => {
    expect(opened().ask(start - 3_600_000)).toEqual({ waitMs: 5000 });
  });

  it("goes on from what was kept of it", () => {
    const breaker = opened();
    probed(breaker, "fails", seconds(5));
    const again = new Breaker(breaker.open);
    expect(again.ask(seconds(14))).toEqual({ waitMs: 1000 });
    expect(probed(again, "works", seconds(15))).toBe("closed");
  });
});
