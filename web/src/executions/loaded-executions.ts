import type { Execution } from "../../../shared/contracts/executions";
import { Loaded } from "../live-list/loaded";
import { hasFailed } from "./failed";
import { filtersOf, matches, type Filters } from "./filters";
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

/** The executions the page has: what was loaded, newest first, and what comes live, merged into it or waiting. */
export class LoadedExecutions extends Loaded<Execution> {
  readonly #progress = new Map<string, Progress>();
  readonly #waiting = new Map<string, Change>();
  /** Those that fit the filters no longer, kept until nothing is held. */
  readonly #leaving = new Set<string>();
  #filters = filtersOf({}, 0);
  #hold: Hold = "nothing";
  #outdated = false;

  /** More came than can wait: the list is to be loaded anew. */
  get outdated(): boolean {
    return this.#outdated;
  }

  /** How many wait to be added. */
  get waiting(): number {
    if (this.#outdated) return mostWaiting;
    let count = 0;
    for (const id of this.#waiting.keys()) if (!this.has(id)) count += 1;
    return count;
  }

  progressOf(id: string): Progress | undefined {
    return this.#progress.get(id);
  }

  /** Begins anew with a first page. */
  replace(filters: Filters, items: readonly Execution[], complete: boolean): void {
    this.clear();
    this.#progress.clear();
    this.#waiting.clear();
    this.#leaving.clear();
    this.#outdated = false;
    this.#filters = filters;
    this.addPage(items, complete);
  }

  addPage(items: readonly Execution[], complete: boolean): void {
    this.complete = complete;
    for (const execution of items) {
      const known = this.get(execution.id);
      this.set(known ? later(known, execution) : execution);
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
    const known = this.get(id);
    const before = this.#waiting.get(id)?.execution ?? known;
    const execution = before ? later(before, change.execution) : change.execution;
    const fits = matches(execution, this.#filters);
    if (!before && (!fits || this.isBeyond(id))) return;
    if (!before) tally.begun += 1;
    if (hasFailed(execution) && !(before && hasFailed(before))) tally.failed += 1;
    const now = { ...change, execution };
    if (this.#hold === "everything" || (this.#hold === "new" && !known))
      this.#wait(now, known !== undefined || fits);
    else this.#take(now, fits);
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
    if (!fits && !this.has(id)) return;
    this.set(execution);
    if (fits) this.#leaving.delete(id);
    else if (this.#hold === "nothing") this.#remove(id);
    else this.#leaving.add(id);
  }

  #remove(id: string): void {
    this.delete(id);
    this.#progress.delete(id);
  }
}
