const dayMs = 86_400_000;

/** The number of a day: a day is what UTC calls one. */
export const dayOf = (at: number): number => Math.floor(at / dayMs);

export const msToMidnight = (now: number): number => (dayOf(now) + 1) * dayMs - now;

/**
 * What was counted on one day, the present one. Of any other day the counts are loaded anew when the clock comes to it,
 * also when it is set back: nothing is freed by that, and nothing of yesterday is kept in memory.
 */
export class DayCounts {
  #day = Number.NaN;
  #counts = new Map<string, number>();
  /** What was told today. Whoever is told of it again, after an eviction, knows that it is the same. */
  #told = new Set<string>();
  readonly #load: (day: number) => Map<string, number>;

  constructor(load: (day: number) => Map<string, number>) {
    this.#load = load;
  }

  /** By key, on the day of `now`. To be read only: `add` writes. */
  on(now: number): ReadonlyMap<string, number> {
    const day = dayOf(now);
    if (day !== this.#day) {
      this.#counts = this.#load(day);
      this.#told = new Set();
      this.#day = day;
    }
    return this.#counts;
  }

  add(now: number, { key, count }: { key: string; count: number }): void {
    const before = this.on(now).get(key) ?? 0;
    this.#counts.set(key, before + count);
  }

  /** Whether nobody has asked so today. */
  isFirst(now: number, key: string): boolean {
    this.on(now);
    if (this.#told.has(key)) return false;
    this.#told.add(key);
    return true;
  }

  /** Nothing is kept of a day that is over. */
  forgetPast(now: number): void {
    if (dayOf(now) === this.#day) return;
    this.#day = Number.NaN;
    this.#counts = new Map();
    this.#told = new Set();
  }
}
