import type { LiveMessage } from "../../../shared/contracts/executions";
import { live } from "../live";
import { filtersOf, listKeyOf, withoutSelected } from "./filters";
import { LoadedExecutions, reaches, type Change } from "./loaded-executions";
import { progressOf } from "./progress";
import { listPage, listPageSize } from "./queries";
import type { ActivitySearch } from "./search";

/** What comes is merged with the next frame; where much comes, not with each. */
const mergeEveryMs = 80;
/** So many changes are merged at once at the latest, also where no frame is drawn. */
const mostPending = 5000;
/** A list that grew longer than this begins anew when nobody reads in it. */
const longest = 150_000;

export type FeedState = {
  phase: "first" | "anew" | "more" | "idle";
  error: unknown;
  size: number;
  waiting: number;
  outdated: boolean;
  complete: boolean;
  paused: boolean;
};

/** The list of calls: loads its pages as they are wanted and merges what comes live, many at a time. */
export class Feed {
  readonly executions = new LoadedExecutions();
  /** Where the reader was when the page was left. */
  offset = 0;
  /** What is listed: the way back from an execution's own page. */
  search: ActivitySearch = {};
  #key: string | undefined;
  #filters = filtersOf({}, 0);
  #cursor: string | null = null;
  #wanted = listPageSize;
  #request: AbortController | undefined;
  #phase: FeedState["phase"] = "first";
  #error: unknown;
  #paused = false;
  #scrolled = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #frame: number | undefined;
  #mergedAt = -Infinity;
  #pending = new Map<string, Change>();
  #tally = { begun: 0, failed: 0 };
  #state: FeedState = this.#look();
  readonly #watchers = new Set<() => void>();

  state = (): FeedState => this.#state;

  subscribe = (watcher: () => void): (() => void) => {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  };

  /** Hears what comes live until the returned function is called. */
  listen(): () => void {
    let before = live.state();
    const unsubscribe = live.subscribe((message) => this.#hear(message));
    const unwatch = live.watch(() => {
      const now = live.state();
      if (now === "live" && before !== "live") void this.#catchUp();
      before = now;
    });
    return () => {
      unsubscribe();
      unwatch();
      this.#request?.abort();
      this.#request = undefined;
      if (this.#phase === "more") this.#phase = "idle";
      this.#unschedule();
    };
  }

  /** Lists what the search asks for; what is listed already only catches up. */
  show(search: ActivitySearch): void {
    const key = listKeyOf(search);
    this.search = withoutSelected(search);
    if (key === this.#key && this.#phase === "idle") return void this.#catchUp();
    this.#key = key;
    this.offset = 0;
    this.#filters = filtersOf(search, Date.now());
    void this.reload();
  }

  /** Loads page after page until this many are there. */
  want(count: number): void {
    this.#wanted = count;
    if (this.#error === undefined) void this.#loadMore();
  }

  retry(): void {
    if (this.#phase !== "idle") return void this.reload();
    this.#error = undefined;
    void this.#loadMore();
  }

  pause(paused: boolean): void {
    this.#paused = paused;
    this.#hold();
  }

  /** While somebody reads further down, what is new waits. */
  scrolled(scrolled: boolean): void {
    if (this.#scrolled === scrolled) return;
    this.#scrolled = scrolled;
    this.#hold();
  }

  /** What came since it was asked last. */
  takeTally(): { begun: number; failed: number } {
    const tally = this.#tally;
    this.#tally = { begun: 0, failed: 0 };
    return tally;
  }

  async reload(): Promise<void> {
    const filters = this.#filters;
    this.#error = undefined;
    this.#wanted = listPageSize;
    this.#phase = this.#phase === "first" ? "first" : "anew";
    await this.#ask(async (signal) => {
      const page = await listPage(filters, undefined, signal);
      this.#cursor = page.nextCursor;
      this.executions.replace(filters, page.items, page.nextCursor === null);
      this.#phase = "idle";
      this.#merge();
    });
    void this.#loadMore();
  }

  async #loadMore(): Promise<void> {
    if (this.#request || this.#phase !== "idle" || !this.#wantsMore()) return;
    this.#phase = "more";
    await this.#ask(async (signal) => {
      while (this.#wantsMore()) {
        const page = await listPage(this.#filters, this.#cursor ?? undefined, signal);
        this.#cursor = page.nextCursor;
        this.executions.addPage(page.items, page.nextCursor === null);
        this.#publish();
      }
    });
  }

  #wantsMore(): boolean {
    return !this.executions.complete && this.executions.size < this.#wanted;
  }

  /** One request at a time: a later one ends the one before. */
  async #ask(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    this.#request?.abort();
    const request = new AbortController();
    this.#request = request;
    this.#publish();
    try {
      await work(request.signal);
    } catch (error) {
      if (request.signal.aborted) return;
      this.#error = error;
    }
    if (this.#request !== request) return;
    this.#request = undefined;
    if (this.#phase === "more") this.#phase = "idle";
    this.#publish();
  }

  /** What happened while nobody listened, where it is little; else the list begins anew. */
  async #catchUp(): Promise<void> {
    if (this.#phase !== "idle" && this.#phase !== "more") return;
    const filters = this.#filters;
    const page = await listPage(filters, undefined).catch(() => undefined);
    if (!page || filters !== this.#filters) return;
    if (!reaches(page, this.executions.at(0)?.id)) return this.reload();
    for (const execution of page.items) this.#pending.set(execution.id, { execution });
    this.#merge();
  }

  #hear(message: LiveMessage): void {
    if (message.type === "reset") return void this.reload();
    if (message.type !== "event" || !message.execution) return;
    const { execution, event } = message;
    const progress = progressOf(event) ?? this.#pending.get(execution.id)?.progress;
    this.#pending.set(execution.id, { execution, progress });
    if (this.#pending.size >= mostPending) this.#merge();
    else this.#schedule();
  }

  #schedule(): void {
    const wait = Math.max(0, this.#mergedAt + mergeEveryMs - performance.now());
    this.#timer ??= setTimeout(() => {
      this.#frame = requestAnimationFrame(() => this.#merge());
    }, wait);
  }

  #unschedule(): void {
    clearTimeout(this.#timer);
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
    this.#timer = undefined;
    this.#frame = undefined;
  }

  #merge(): void {
    this.#unschedule();
    this.#mergedAt = performance.now();
    // What comes while the first page is on its way is merged into it.
    if (this.#phase === "first" || this.#phase === "anew") return;
    const { begun, failed } = this.executions.receive(this.#pending.values());
    this.#pending.clear();
    this.#tally.begun += begun;
    this.#tally.failed += failed;
    if (this.executions.size > longest && !this.#paused && !this.#scrolled)
      return void this.reload();
    this.#publish();
  }

  #hold(): void {
    this.executions.hold(this.#paused ? "everything" : this.#scrolled ? "new" : "nothing");
    if (this.executions.outdated && !this.#paused && !this.#scrolled) return void this.reload();
    this.#publish();
  }

  #look(): FeedState {
    const { size, waiting, outdated, complete } = this.executions;
    return {
      phase: this.#phase,
      error: this.#error,
      size,
      waiting,
      outdated,
      complete,
      paused: this.#paused,
    };
  }

  #publish(): void {
    this.#state = this.#look();
    for (const watcher of this.#watchers) watcher();
  }
}
