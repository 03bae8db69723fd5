import type { LiveJob, LiveMessage } from "../../../shared/contracts/executions";
import type { JobProgress } from "../../../shared/contracts/jobs";
import { live } from "../live";
import { filtersOf, hasEnded, listKeyOf, unwell } from "./filters";
import { LoadedJobs, progressIn } from "./loaded-jobs";
import { listPage, listPageSize } from "./requests";
import type { JobsSearch } from "./search";

/** What comes is merged so often, and the newest are asked for whole so often, however much comes. */
const mergeEveryMs = 100;
const askEveryMs = 800;
const lookAgainMs = 5000;

export type JobFeedState = {
  phase: "first" | "anew" | "more" | "idle";
  error: unknown;
  size: number;
  complete: boolean;
  paused: boolean;
  /** How many would move if the list did not stand still, or are above what is read. */
  waiting: number;
};

/**
 * The list of jobs: loads its pages as they are wanted and moves its rows by what comes live. A live message says only how
 * a job stands; the newest page is asked for now and then to learn the rest.
 */
export class JobFeed {
  readonly jobs = new LoadedJobs();
  /** What is listed: the way back from a job's own page. */
  search: JobsSearch = {};
  #key: string | undefined;
  #filters = filtersOf({}, 0);
  #cursor: string | null = null;
  #wanted = listPageSize;
  #request: AbortController | undefined;
  #phase: JobFeedState["phase"] = "first";
  #error: unknown;
  #paused = false;
  #scrolled = false;
  #mergeTimer: ReturnType<typeof setTimeout> | undefined;
  #askTimer: ReturnType<typeof setTimeout> | undefined;
  #pending = new Map<string, LiveJob>();
  #progress = new Map<string, JobProgress>();
  /** New ones that came while somebody read further down. */
  #above = new Set<string>();
  #tally = { ended: 0, failed: 0 };
  #state: JobFeedState = this.#look();
  readonly #watchers = new Set<() => void>();

  state = (): JobFeedState => this.#state;

  filters = () => this.#filters;

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
      if (now === "live" && before !== "live") this.askSoon();
      before = now;
    });
    // Who may hear nothing live, or is cut off for a while, still sees how their jobs go on.
    const unheard = setInterval(() => {
      if (live.state() !== "live") this.askSoon();
    }, lookAgainMs);
    return () => {
      unsubscribe();
      unwatch();
      clearInterval(unheard);
      this.#request?.abort();
      this.#request = undefined;
      if (this.#phase === "more") this.#phase = "idle";
      clearTimeout(this.#mergeTimer);
      clearTimeout(this.#askTimer);
      this.#mergeTimer = undefined;
      this.#askTimer = undefined;
    };
  }

  show(search: JobsSearch): void {
    const key = listKeyOf(search);
    this.search = search;
    if (key === this.#key && this.#phase === "idle") return this.askSoon();
    this.#key = key;
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
    if (paused) return this.#publish();
    this.#merge();
    this.askSoon();
  }

  /** While somebody reads further down, what is new waits. */
  scrolled(scrolled: boolean): void {
    if (this.#scrolled === scrolled) return;
    this.#scrolled = scrolled;
    if (!scrolled && this.#above.size > 0) this.askSoon();
  }

  /** What ended since it was asked last. */
  takeTally(): { ended: number; failed: number } {
    const tally = this.#tally;
    this.#tally = { ended: 0, failed: 0 };
    return tally;
  }

  /** Asks for the newest page once more, never more often than now and then. */
  askSoon(): void {
    this.#askTimer ??= setTimeout(() => {
      this.#askTimer = undefined;
      void this.#catchUp();
    }, askEveryMs);
  }

  async reload(): Promise<void> {
    const filters = this.#filters;
    this.#error = undefined;
    this.#wanted = listPageSize;
    this.#phase = this.#phase === "first" ? "first" : "anew";
    await this.#ask(async (signal) => {
      const page = await listPage(filters, undefined, signal);
      this.#cursor = page.nextCursor;
      this.jobs.replace(filters, page.items, page.nextCursor === null);
      this.#above.clear();
      this.#phase = "idle";
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
        this.jobs.addPage(page.items, page.nextCursor === null);
        this.#publish();
      }
    });
  }

  #wantsMore(): boolean {
    return !this.jobs.complete && this.jobs.size < this.#wanted;
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

  async #catchUp(): Promise<void> {
    if (this.#paused || (this.#phase !== "idle" && this.#phase !== "more")) return;
    const filters = this.#filters;
    const page = await listPage(filters, undefined).catch(() => undefined);
    // Somebody may have held the list meanwhile.
    const { paused } = this.#look();
    if (!page || paused || filters !== this.#filters) return;
    const newest = this.jobs.at(0)?.id;
    const reaches =
      page.nextCursor === null || newest === undefined || page.items.some(({ id }) => id <= newest);
    if (!reaches && !this.#scrolled) return this.reload();
    for (const job of page.items) {
      if (this.#scrolled && !this.jobs.has(job.id)) this.#above.add(job.id);
      else this.jobs.put(job);
    }
    if (!this.#scrolled) this.#above.clear();
    this.#publish();
  }

  #hear(message: LiveMessage): void {
    if (message.type === "reset") return void this.reload();
    const said = progressIn(message);
    if (said) {
      this.#progress.set(said.id, said.progress);
      return this.#mergeSoon();
    }
    if (message.type !== "job" || !message.job) return;
    const { job, event } = message;
    if (event.type === "finished" && hasEnded(job)) {
      this.#tally.ended += 1;
      if (unwell.includes(job.status)) this.#tally.failed += 1;
    }
    this.#pending.set(job.id, job);
    if (this.#paused) return this.#publish();
    this.#mergeSoon();
  }

  #mergeSoon(): void {
    if (!this.#paused) this.#mergeTimer ??= setTimeout(() => this.#merge(), mergeEveryMs);
  }

  #merge(): void {
    clearTimeout(this.#mergeTimer);
    this.#mergeTimer = undefined;
    if (this.#paused || this.#phase === "first" || this.#phase === "anew") return;
    for (const job of this.#pending.values()) {
      const before = this.jobs.get(job.id)?.status;
      const heard = this.jobs.hear(job);
      if (heard === "wanted" || (heard === "known" && before !== job.status)) this.askSoon();
    }
    for (const [id, progress] of this.#progress) this.jobs.progress(id, progress);
    this.#pending.clear();
    this.#progress.clear();
    this.#publish();
  }

  #look(): JobFeedState {
    const { size, complete } = this.jobs;
    return {
      phase: this.#phase,
      error: this.#error,
      size,
      complete,
      paused: this.#paused,
      waiting: this.#paused ? this.#pending.size : this.#above.size,
    };
  }

  #publish(): void {
    this.#state = this.#look();
    for (const watcher of this.#watchers) watcher();
  }
}
