export const windowMs = 60_000;

/**
 * The admissions of one subject (a person, a connection) within the last 60 seconds, oldest first. Pure but for its own
 * memory: the clock is passed in. Cost per call does not grow with the limit.
 */
export class SlidingLog {
  #times: number[] = [];
  #head = 0;

  /** How many admissions lie within the 60 seconds that end at `now`. An admission exactly 60 s ago still counts. */
  count(now: number): number {
    this.#turnBack(now);
    while (this.#head < this.#times.length && (this.#times[this.#head] ?? 0) < now - windowMs)
      this.#head += 1;
    if (this.#head > 64 && this.#head * 2 > this.#times.length) {
      this.#times = this.#times.slice(this.#head);
      this.#head = 0;
    }
    return this.#times.length - this.#head;
  }

  add(now: number): void {
    this.#times.push(now);
  }

  /** Milliseconds until one more is free under `limit`; 0 when one is free now. */
  waitMs(now: number, limit: number): number {
    const excess = this.count(now) - limit;
    if (excess < 0) return 0;
    const blocking = this.#times[this.#head + excess];
    return blocking === undefined ? windowMs : Math.max(1, blocking + windowMs + 1 - now);
  }

  /** A clock set back must neither free a place too early nor block one for longer than the window. */
  #turnBack(now: number): void {
    for (let i = this.#times.length - 1; i >= this.#head && (this.#times[i] ?? 0) > now; i--)
      this.#times[i] = now;
  }
}
