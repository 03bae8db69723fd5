import { SlidingLog, windowMs } from "./sliding-log";

/** A limit of one call: never more than `limit` admissions of `subject` in any 60 seconds. */
export type Limit = { name: "person" | "connection"; subject: string; limit: number };

export type LimitState = { name: Limit["name"]; limit: number; remaining: number; resetMs: number };

/** The windows of all subjects of a team. Pure but for its own memory: the clock is passed in. */
export class Windows {
  readonly #logs = new Map<string, SlidingLog>();

  #log(subject: string): SlidingLog {
    let log = this.#logs.get(subject);
    if (!log) this.#logs.set(subject, (log = new SlidingLog()));
    return log;
  }

  /** Spends one of each limit, or none of any when one of them is used up. */
  spend(
    limits: readonly Limit[],
    now: number,
  ): { allowed: true; states: LimitState[] } | { allowed: false; exceeded: LimitState } {
    // Of several used-up limits the one that holds longest is told: whoever waits for it is not refused by the other.
    let exceeded: LimitState | undefined;
    for (const { name, subject, limit } of limits) {
      const resetMs = this.#log(subject).waitMs(now, limit);
      if (resetMs > (exceeded?.resetMs ?? 0)) exceeded = { name, limit, remaining: 0, resetMs };
    }
    if (exceeded) return { allowed: false, exceeded };
    const states = limits.map(({ name, subject, limit }): LimitState => {
      const log = this.#log(subject);
      log.add(now);
      return { name, limit, remaining: limit - log.count(now), resetMs: windowMs };
    });
    return { allowed: true, states };
  }

  /** An admission of the past, when the memory is rebuilt. */
  restore(subject: string, at: number): void {
    this.#log(subject).add(at);
  }

  forgetIdle(now: number): void {
    for (const [subject, log] of this.#logs) if (log.count(now) === 0) this.#logs.delete(subject);
  }
}
