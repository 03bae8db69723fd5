export const windowMs = 60_000;

/**
 * The admissions of one subject (a person, a connection) within the last 60 seconds, oldest first. Those of one
 * millisecond are one entry, so that it never holds more than there are milliseconds in the window, whatever the limit.
 * Pure but for its own memory: the clock is passed in. Cost per call does not grow with the limit.
 */
export class SlidingLog {
  #times: number[] = [];
  /** How many there were up to and with the entry, since the log began. */
  #totals: number[] = [];
  #head = 0;
  /** How many of those are over. */
  #over = 0;

  /** How many admissions lie within the 60 seconds that end at `now`. An admission exactly 60 s ago still counts. */
  count(now: number): number {
    this.#turnBack(now);
    while (this.#head < this.#times.length && (this.#times[this.#head] ?? 0) < now - windowMs) {
      this.#over = this.#totals[this.#head] ?? 0;
      this.#head += 1;
    }
    if (this.#head > 64 && this.#head * 2 > this.#times.length) {
      this.#times = this.#times.slice(this.#head);
      this.#totals = this.#totals.slice(this.#head);
      this.#head = 0;
    }
    return this.#total - this.#over;
  }

  /** How many entries it holds in memory. */
  get size(): number {
    return this.#times.length;
  }

  add(now: number, times = 1): void {
    const last = this.#times.length - 1;
    if (last >= this.#head && this.#times[last] === now) {
      this.#totals[last] = this.#total + times;
      return;
    }
    this.#totals.push(this.#total + times);
    this.#times.push(now);
  }

  /** Milliseconds until one more is free under `limit`; 0 when one is free now. */
  waitMs(now: number, limit: number): number {
    const excess = this.count(now) - limit;
    if (excess < 0) return 0;
    const blocking = this.#times[this.#entryOf(this.#over + excess)];
    return blocking === undefined ? windowMs : Math.max(1, blocking + windowMs + 1 - now);
  }

  /** Milliseconds until none counts any more; 0 when none does. */
  wholeMs(now: number): number {
    if (this.count(now) === 0) return 0;
    return (this.#times.at(-1) ?? 0) + windowMs + 1 - now;
  }

  get #total(): number {
    return this.#totals.at(-1) ?? this.#over;
  }

  /** The entry of the admission that so many were before. */
  #entryOf(before: number): number {
    let [low, high] = [this.#head, this.#totals.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#totals[middle] ?? 0) > before) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** A clock set back must neither free a place too early nor block one for longer than the window. */
  #turnBack(now: number): void {
    if ((this.#times.at(-1) ?? 0) <= now) return;
    const total = this.#total;
    while (this.#times.length > this.#head && (this.#times.at(-1) ?? 0) > now) {
      this.#times.pop();
      this.#totals.pop();
    }
    this.#times.push(now);
    this.#totals.push(total);
  }
}
