import type { Execution } from "../../../shared/contracts/executions";
import type { Page } from "../../../shared/contracts/pages";
import { hasFailed } from "./failed";
import { filtersOf, matches, type Filters } from "./filters";
import { NewestFirst } from "./newest-first";
import type { Progress } from "./progress";

export type Change = { execution: Execution; progress?: Progress | undefined };

/** `new`: what is not in the list yet waits. `everything`: the list stands still. */
export type Hold = "nothing" | "new" | "everything";

/** How many calls begun and failed in what was received. */
export type Tally = { begun: number; failed: number };

export const mostWaiting = 5000;

/** Of two accounts of one execution the later: what has ended never runs again. */
const later = (known: Execution, heard: Execution): Execution =>
  known.status !== "running" && heard.status === "running" ? known : heard;

/** Whether a first page reaches down to the newest that is known, so that nothing lies between them. */
export const reaches = (page: Page<Execution>, newest: string | undefined): boolean =>
  page.nextCursor === null || (newest !== undefined && page.items.some(({ id }) => id <= newest));

/** The executions the page has: what was loaded, newest first, and what comes live, merged into it or waiting. */
export class LoadedExecutions {
  readonly #order = new NewestFirst();
  readonly #byId = new Map<string, Execution>();
  readonly #progress = new Map<string, Progress>();
  readonly #waiting = new Map<string, Change>();
  /** Those that fit the filters no longer, kept until nothing is held. */
  readonly #leaving = new Set<string>();
  #filters = filtersOf({}, 0);
  #hold: Hold = "nothing";
  #complete = false;
  #outdated = false;

  get size(): number {
    return this.#order.size;
  }

  /** Whether there are no older ones to load. */
  get complete(): boolean {
    return this.#complete;
  }

  /** More came than can wait: the list is to be loaded anew. */
  get outdated(): boolean {
    return this.#outdated;
  }

  /** How many wait to be added. */
  get waiting(): number {
    if (this.#outdated) return mostWaiting;
    let count = 0;
    for (const id of this.#waiting.keys()) if (!this.#byId.has(id)) count += 1;
    return count;
  }

  at(index: number): Execution | undefined {
    const id = this.#order.at(index);
    return id === undefined ? undefined : this.#byId.get(id);
  }

  indexOf(id: string): number {
    return this.#order.indexOf(id);
  }

  progressOf(id: string): Progress | undefined {
    return this.#progress.get(id);
  }

  *values(): Generator<Execution> {
    for (let index = 0; index < this.size; index += 1) {
      const execution = this.at(index);
      if (execution) yield execution;
    }
  }

  /** Begins anew with a first page. */
  replace(filters: Filters, items: readonly Execution[], complete: boolean): void {
    this.#order.clear();
    this.#byId.clear();
    this.#progress.clear();
    this.#waiting.clear();
    this.#leaving.clear();
    this.#outdated = false;
    this.#filters = filters;
    this.addPage(items, complete);
  }

  addPage(items: readonly Execution[], complete: boolean): void {
    this.#complete = complete;
    for (const execution of items) {
      const known = this.#byId.get(execution.id);
      if (!known) this.#order.add(execution.id);
      this.#byId.set(execution.id, known ? later(known, execution) : execution);
    }
  }

  receive(changes: Iterable<Change>): Tally {
    const tally = { begun: 0, failed: 0 };
    for (const change of changes) this.#receiveOne(change, tally);
    return tally;
  }

  hold(hold: Hold): void {
    if (hold === this.#hold) return;
    this.#hold = hold;
    const waited = [...this.#waiting.values()];
    this.#waiting.clear();
    this.receive(waited.sort((one, other) => (one.execution.id < other.execution.id ? -1 : 1)));
    if (hold !== "nothing") return;
    for (const id of this.#leaving) this.#remove(id);
    this.#leaving.clear();
  }

  #receiveOne(change: Change, tally: Tally): void {
    const { id } = change.execution;
    const known = this.#byId.get(id);
    const before = this.#waiting.get(id)?.execution ?? known;
    const execution = before ? later(before, change.execution) : change.execution;
    const fits = matches(execution, this.#filters);
    if (!before && (!fits || this.#isBeyond(id))) return;
    if (!before) tally.begun += 1;
    if (hasFailed(execution) && !(before && hasFailed(before))) tally.failed += 1;
    const now = { ...change, execution };
    if (this.#hold === "everything" || (this.#hold === "new" && !known))
      this.#wait(now, known !== undefined || fits);
    else this.#take(now, fits);
  }

  /** Older than what is loaded: it comes with its page. */
  #isBeyond(id: string): boolean {
    const oldest = this.#order.at(this.size - 1);
    return !this.#complete && oldest !== undefined && id < oldest;
  }

  #wait(change: Change, wanted: boolean): void {
    const { id } = change.execution;
    if (!wanted) this.#waiting.delete(id);
    else if (!this.#outdated) this.#waiting.set(id, change);
    if (this.#waiting.size <= mostWaiting) return;
    this.#outdated = true;
    this.#waiting.clear();
  }

  #take({ execution, progress }: Change, fits: boolean): void {
    const { id } = execution;
    if (execution.status !== "running") this.#progress.delete(id);
    else if (progress) this.#progress.set(id, progress);
    if (!this.#byId.has(id)) {
      if (!fits) return;
      this.#order.add(id);
    }
    this.#byId.set(id, execution);
    if (fits) this.#leaving.delete(id);
    else if (this.#hold === "nothing") this.#remove(id);
    else this.#leaving.add(id);
  }

  #remove(id: string): void {
    this.#order.delete(id);
    this.#byId.delete(id);
    this.#progress.delete(id);
  }
}
