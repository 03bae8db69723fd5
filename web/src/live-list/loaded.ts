import { NewestFirst } from "./newest-first";

/** The rows that are here of a list that is longer: what was loaded, newest first. */
export class Loaded<Row extends { id: string }> {
  readonly #order = new NewestFirst();
  readonly #byId = new Map<string, Row>();
  /** Whether there are no older ones to load. */
  complete = false;

  get size(): number {
    return this.#order.size;
  }

  at(index: number): Row | undefined {
    const id = this.#order.at(index);
    return id === undefined ? undefined : this.#byId.get(id);
  }

  get(id: string): Row | undefined {
    return this.#byId.get(id);
  }

  has(id: string): boolean {
    return this.#byId.has(id);
  }

  indexOf(id: string): number {
    return this.#order.indexOf(id);
  }

  *values(): Generator<Row> {
    for (let index = 0; index < this.size; index += 1) {
      const row = this.at(index);
      if (row) yield row;
    }
  }

  clear(): void {
    this.#order.clear();
    this.#byId.clear();
  }

  set(row: Row): void {
    if (!this.#byId.has(row.id)) this.#order.add(row.id);
    this.#byId.set(row.id, row);
  }

  delete(id: string): void {
    if (this.#byId.delete(id)) this.#order.delete(id);
  }

  /** Older than what is loaded: it comes with its page. */
  isBeyond(id: string): boolean {
    const oldest = this.#order.at(this.size - 1);
    return !this.complete && oldest !== undefined && id < oldest;
  }
}
