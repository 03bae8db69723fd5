import type { LiveMessage } from "../../../shared/contracts/live";
import type { Page } from "../../../shared/contracts/pages";
import { live } from "../live";

/** What comes is merged with the next frame; where much comes, not with each. */
const mergeEveryMs = 80;
/** So many changes are merged at once at the latest, also where no frame is drawn. */
const mostPending = 5000;

export type ListState = {
  phase: "first" | "anew" | "more" | "idle";
  error: unknown;
  size: number;
  complete: boolean;
  paused: boolean;
  /** How many would move or come if the list did not stand still; `outdated`: or more. */
  waiting: number;
  outdated: boolean;
};

/** Where a list's rows come from, and where they are kept. */
type Source<Search, Filters, Row> = {
  rows: {
    readonly size: number;
    readonly complete: boolean;
    at(index: number): Row | undefined;
    replace(filters: Filters, items: readonly Row[], complete: boolean): void;
    addPage(items: readonly Row[], complete: boolean): void;
  };
  pageSize: number;
  keyOf: (search: Search) => string;
  filtersOf: (search: Search, now: number) => Filters;
  page: (filters: Filters, cursor: string | undefined, signal?: AbortSignal) => Promise<Page<Row>>;
};

/** Whether a first page reaches down to the newest that is known, so that nothing lies between them. */
export const reaches = (page: Page<{ id: string }>, newest: string | undefined): boolean =>
  page.nextCursor === null || (newest !== undefined && page.items.some(({ id }) => id <= newest));

/** A list, newest first, that loads its pages as they are wanted and merges what comes live, many at a time. */
export abstract class LiveList<Search extends object, Filters, Row extends { id: string }> {
  /** What is listed: the way back from a row's own page. */
  search: Search;
  /** Where the reader was when the page was left. */
  offset = 0;
  protected filters: Filters;
  protected phase: ListState["phase"] = "first";
  protected isPaused = false;
  protected isScrolled = false;
  /** What came since it was told last. */
  protected tally = { count: 0, failed: 0 };
  readonly #source: Source<Search, Filters, Row>;
  #key: string | undefined;
  #cursor: string | null = null;
  #wanted: number;
  #request: AbortController | undefined;
  #error: unknown;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #frame: number | undefined;
  #mergedAt = -Infinity;
  #state: ListState | undefined;
  readonly #watchers = new Set<() => void>();

  constructor(source: Source<Search, Filters, Row>, everything: Search) {
    this.#source = source;
    this.#wanted = source.pageSize;
    this.search = everything;
    this.filters = source.filtersOf(everything, 0);
  }

  /** Keeps what a live message says until it is merged. */
  protected abstract hear(message: LiveMessage): void;
  /** Merges what was heard, as far as nothing holds it. */
  protected abstract merge(): void;
  /** Takes in the first page as it is now; `joins` where nothing lies between it and the list. */
  protected abstract rejoin(page: Page<Row>, joins: boolean): void;
  /** Whether the list stands still has changed. */
  protected abstract hold(): void;
  protected abstract held(): Pick<ListState, "waiting" | "outdated">;

  state = (): ListState => (this.#state ??= this.#look());

  subscribe = (watcher: () => void): (() => void) => {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  };

  keyOf = (search: Search): string => this.#source.keyOf(search);

  /** Hears what comes live until the returned function is called. */
  listen(): () => void {
    let before = live.state();
    const unsubscribe = live.subscribe((message) =>
      message.type === "reset" ? void this.reload() : this.hear(message),
    );
    const unwatch = live.watch(() => {
      const now = live.state();
      if (now === "live" && before !== "live") this.askSoon();
      before = now;
    });
    return () => {
      unsubscribe();
      unwatch();
      this.#request?.abort();
      this.#request = undefined;
      if (this.phase === "more") this.phase = "idle";
      this.#unschedule();
    };
  }

  /** Lists what the search asks for; what is listed already only catches up. */
  show(search: Search): void {
    const key = this.keyOf(search);
    this.search = search;
    if (key === this.#key && this.phase === "idle") return this.askSoon();
    this.#key = key;
    this.offset = 0;
    this.filters = this.#source.filtersOf(search, Date.now());
    void this.reload();
  }

  /** Loads page after page until this many are there. */
  want(count: number): void {
    this.#wanted = count;
    if (this.#error === undefined) void this.#loadMore();
  }

  retry(): void {
    if (this.phase !== "idle") return void this.reload();
    this.#error = undefined;
    void this.#loadMore();
  }

  pause(paused: boolean): void {
    this.isPaused = paused;
    this.hold();
  }

  /** While somebody reads further down, what is new waits. */
  scrolled(scrolled: boolean): void {
    if (this.isScrolled === scrolled) return;
    this.isScrolled = scrolled;
    this.hold();
  }

  /** What came since it was asked last. */
  takeTally(): { count: number; failed: number } {
    const { tally } = this;
    this.tally = { count: 0, failed: 0 };
    return tally;
  }

  /** Asks for the first page once more. */
  askSoon(): void {
    void this.catchUp();
  }

  async reload(): Promise<void> {
    const { filters } = this;
    const { rows, pageSize, page: ask } = this.#source;
    this.#error = undefined;
    this.#wanted = pageSize;
    this.phase = this.phase === "first" ? "first" : "anew";
    await this.#ask(async (signal) => {
      const page = await ask(filters, undefined, signal);
      this.#cursor = page.nextCursor;
      rows.replace(filters, page.items, page.nextCursor === null);
      this.phase = "idle";
      this.mergeNow();
    });
    void this.#loadMore();
  }

  /** What happened while nobody listened, where it is little; else the list begins anew. */
  protected async catchUp(): Promise<void> {
    if (!this.#isLoaded()) return;
    const { filters } = this;
    const page = await this.#source.page(filters, undefined).catch(() => undefined);
    if (!page || filters !== this.filters) return;
    this.rejoin(page, reaches(page, this.#source.rows.at(0)?.id));
  }

  protected mergeSoon(pending: number): void {
    if (pending >= mostPending) return this.mergeNow();
    const wait = Math.max(0, this.#mergedAt + mergeEveryMs - performance.now());
    this.#timer ??= setTimeout(() => {
      this.#frame = requestAnimationFrame(() => this.mergeNow());
    }, wait);
  }

  protected mergeNow(): void {
    this.#unschedule();
    this.#mergedAt = performance.now();
    // What comes while the first page is on its way is merged into it.
    if (this.#isLoaded()) this.merge();
  }

  protected publish(): void {
    this.#state = undefined;
    for (const watcher of this.#watchers) watcher();
  }

  #isLoaded(): boolean {
    return this.phase === "idle" || this.phase === "more";
  }

  async #loadMore(): Promise<void> {
    if (this.#request || this.phase !== "idle" || !this.#wantsMore()) return;
    const { rows, page: ask } = this.#source;
    this.phase = "more";
    await this.#ask(async (signal) => {
      while (this.#wantsMore()) {
        const page = await ask(this.filters, this.#cursor ?? undefined, signal);
        this.#cursor = page.nextCursor;
        rows.addPage(page.items, page.nextCursor === null);
        this.publish();
      }
    });
  }

  #wantsMore(): boolean {
    const { complete, size } = this.#source.rows;
    return !complete && size < this.#wanted;
  }

  /** One request at a time: a later one ends the one before. */
  async #ask(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    this.#request?.abort();
    const request = new AbortController();
    this.#request = request;
    this.publish();
    try {
      await work(request.signal);
    } catch (error) {
      if (request.signal.aborted) return;
      this.#error = error;
    }
    if (this.#request !== request) return;
    this.#request = undefined;
    if (this.phase === "more") this.phase = "idle";
    this.publish();
  }

  #unschedule(): void {
    clearTimeout(this.#timer);
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
    this.#timer = undefined;
    this.#frame = undefined;
  }

  #look(): ListState {
    const { size, complete } = this.#source.rows;
    const { phase, isPaused } = this;
    return { phase, error: this.#error, size, complete, paused: isPaused, ...this.held() };
  }
}
