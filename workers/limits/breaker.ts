/** What the end of a call says of the server: that it works, or that it does not. */
export type Verdict = "works" | "fails";

const mostInARow = 5;
/** From so many outcomes in a minute on, half of them failing is enough too. */
const enoughOutcomes = 20;
const firstOpenMs = 5000;
const longestOpenMs = 30_000;
const spanMs = 5000;
const spans = 12;
/** How long to wait is told while a probe is under way. */
const probingMs = 1000;

type Probe = { id: string; until: number };

/** What has to be kept of a breaker that is not closed. */
export type OpenBreaker = {
  state: "open" | "half_open";
  /** Since it opened, the ones that opened it among them. */
  failures: number;
  since: number;
  retryAt: number;
  openMs: number;
  probe: Probe | null;
};

/** The end of a call: how often it failed, and what came of it at last. */
type Heard = { id: string; failures: number; verdict: Verdict | undefined };

/** Outcomes of five seconds. */
type Span = { number: number; works: number; fails: number };

/**
 * Whether the server of one connection is asked at all. Closed: yes. Open: not before a time that doubles with every
 * probe that fails. Half open: one call is let through to see. Pure but for its own memory: the clock is passed in.
 */
export class Breaker {
  #open: OpenBreaker | null;
  #inARow = 0;
  #spans: Span[] = [];

  constructor(open: OpenBreaker | null = null) {
    this.#open = open;
  }

  /** What has to be kept; null while it is closed. */
  get open(): OpenBreaker | null {
    return this.#open;
  }

  /** Whether a call may go on now: as any other, as the probe, or in so many milliseconds. */
  ask(now: number): "pass" | "probe" | { waitMs: number } {
    const open = this.#open;
    if (!open) return "pass";
    if (open.probe && open.probe.until > now) return { waitMs: probingMs };
    // A clock set back must not lock a server out for longer than the rule does.
    const waitMs = Math.min(open.retryAt - now, open.openMs);
    return waitMs > 0 ? { waitMs } : "probe";
  }

  /** This call is the probe: until it is heard of, or its time is over, no other one goes through. */
  probe(probe: Probe): void {
    if (this.#open) this.#open = { ...this.#open, state: "half_open", probe };
  }

  /**
   * Says whether the end of a call opened the breaker or closed it. What calls say that were let through before it
   * opened changes nothing.
   */
  hear(call: Heard, now: number): "opened" | "closed" | undefined {
    if (this.#open) return this.#hearProbe(this.#open, call, now);
    const span = this.#spanOf(now);
    span.fails += call.failures;
    this.#inARow = call.verdict === "works" ? 0 : this.#inARow + call.failures;
    if (call.verdict === "works") span.works += 1;
    if (call.failures === 0) return undefined;
    const { works, fails } = this.#lastMinute(span.number);
    const isHalf = works + fails >= enoughOutcomes && fails >= works;
    if (this.#inARow < mostInARow && !isHalf) return undefined;
    this.#open = {
      state: "open",
      failures: Math.max(this.#inARow, fails),
      since: now,
      retryAt: now + firstOpenMs,
      openMs: firstOpenMs,
      probe: null,
    };
    return "opened";
  }

  #hearProbe(open: OpenBreaker, call: Heard, now: number): "opened" | "closed" | undefined {
    if (open.probe?.id !== call.id) return undefined;
    if (call.verdict === "works") {
      this.#open = null;
      this.#inARow = 0;
      this.#spans = [];
      return "closed";
    }
    if (call.failures === 0) {
      // It says nothing, as when its caller hung up: the next one is the probe.
      this.#open = { ...open, state: "open", probe: null, retryAt: now };
      return undefined;
    }
    const openMs = Math.min(open.openMs * 2, longestOpenMs);
    const failures = open.failures + call.failures;
    this.#open = { ...open, state: "open", failures, openMs, retryAt: now + openMs, probe: null };
    return "opened";
  }

  /** Whether nothing is known that could matter. */
  isIdle(now: number): boolean {
    const number = Math.floor(now / spanMs);
    return !this.#open && this.#spans.every((span) => !isWithin(span, number));
  }

  #spanOf(now: number): Span {
    const number = Math.floor(now / spanMs);
    const last = this.#spans.at(-1);
    if (last?.number === number) return last;
    const span = { number, works: 0, fails: 0 };
    this.#spans = [...this.#spans.filter((one) => isWithin(one, number)), span];
    return span;
  }

  #lastMinute(number: number): { works: number; fails: number } {
    let works = 0;
    let fails = 0;
    for (const span of this.#spans) {
      if (!isWithin(span, number)) continue;
      works += span.works;
      fails += span.fails;
    }
    return { works, fails };
  }
}

const isWithin = (span: Span, number: number): boolean =>
  span.number <= number && span.number > number - spans;
