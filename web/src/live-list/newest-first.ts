/**
 * Ids that sort by their time, newest first. What comes at either end is pushed onto an array of its own, so that it
 * costs no copy of the others; what comes between finds its place by bisection.
 */
export class NewestFirst {
  /** The newest is last. */
  #newer: string[] = [];
  /** The oldest is last. */
  #older: string[] = [];

  get size(): number {
    return this.#newer.length + this.#older.length;
  }

  at(index: number): string | undefined {
    const { length } = this.#newer;
    return index < length ? this.#newer[length - 1 - index] : this.#older[index - length];
  }

  /** Where it stands, or -1. */
  indexOf(id: string): number {
    const index = this.#placeOf(id);
    return this.at(index) === id ? index : -1;
  }

  /** Adds an id that is not there yet. */
  add(id: string): void {
    const place = this.#placeOf(id);
    const { length } = this.#newer;
    if (place === 0) this.#newer.push(id);
    else if (place < length) this.#newer.splice(length - place, 0, id);
    else this.#older.splice(place - length, 0, id);
  }

  delete(id: string): void {
    const index = this.indexOf(id);
    const { length } = this.#newer;
    if (index === -1) return;
    if (index < length) this.#newer.splice(length - 1 - index, 1);
    else this.#older.splice(index - length, 1);
  }

  clear(): void {
    this.#newer = [];
    this.#older = [];
  }

  /** How many are newer than it. */
  #placeOf(id: string): number {
    let low = 0;
    let high = this.size;
    const oldest = this.#older.at(-1);
    if (oldest !== undefined && id < oldest) return high;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.at(middle) ?? "") > id) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
