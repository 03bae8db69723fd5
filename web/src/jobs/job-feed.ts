import { queryOptions } from "@tanstack/react-query";
import type { LiveJob, LiveMessage } from "../../../shared/contracts/live";
import type { Job, JobProgress } from "../../../shared/contracts/jobs";
import type { Page } from "../../../shared/contracts/pages";
import { live } from "../live";
import { listKeyOf } from "../live-list/filters";
import { LiveList, type ListState } from "../live-list/live-list";
import { keptList } from "../live-list/use-live-list";
import { filtersOf, hasEnded, unwell, type JobFilters } from "./filters";
import { LoadedJobs, progressIn } from "./loaded-jobs";
import { listPage, listPageSize } from "./requests";
import type { JobsSearch } from "./search";

/** The newest are asked for whole so often, however much comes. */
const askEveryMs = 800;
const lookAgainMs = 5000;

/**
 * The list of jobs. A live message says only how a job stands; the newest page is asked for now and then to learn the
 * rest.
 */
export class JobFeed extends LiveList<JobsSearch, JobFilters, Job> {
  readonly jobs: LoadedJobs;
  #askTimer: ReturnType<typeof setTimeout> | undefined;
  #pending = new Map<string, LiveJob>();
  #progress = new Map<string, JobProgress>();

  constructor() {
    const jobs = new LoadedJobs();
    super({ rows: jobs, pageSize: listPageSize, keyOf: listKeyOf, filtersOf, page: listPage }, {});
    this.jobs = jobs;
  }

  listed = (): JobFilters => this.filters;

  override listen(): () => void {
    const stop = super.listen();
    // Who may hear nothing live, or is cut off for a while, still sees how their jobs go on.
    const unheard = setInterval(() => {
      if (live.state() !== "live") this.askSoon();
    }, lookAgainMs);
    return () => {
      stop();
      clearInterval(unheard);
      clearTimeout(this.#askTimer);
      this.#askTimer = undefined;
    };
  }

  override pause(paused: boolean): void {
    super.pause(paused);
    if (!paused) this.askSoon();
  }

  /** Never more often than now and then. */
  override askSoon(): void {
    this.#askTimer ??= setTimeout(() => {
      this.#askTimer = undefined;
      if (!this.isPaused) void this.catchUp();
    }, askEveryMs);
  }

  protected hear(message: LiveMessage): void {
    const said = progressIn(message);
    if (said) this.#progress.set(said.id, said.progress);
    else if (message.type === "job" && message.job) {
      this.#pending.set(message.job.id, message.job);
      if (message.event.type === "finished") this.#count(message.job);
    } else return;
    if (this.isPaused) return this.publish();
    this.mergeSoon(this.#pending.size);
  }

  protected merge(): void {
    if (this.isPaused) return this.publish();
    for (const job of this.#pending.values()) {
      const before = this.jobs.get(job.id)?.status;
      const heard = this.jobs.hear(job);
      if (heard === "wanted" || (heard === "known" && before !== job.status)) this.askSoon();
    }
    for (const [id, progress] of this.#progress) this.jobs.progress(id, progress);
    this.#pending.clear();
    this.#progress.clear();
    this.publish();
  }

  protected rejoin(page: Page<Job>, joins: boolean): void {
    // Somebody may have held the list meanwhile.
    if (this.isPaused) return;
    if (!joins && !this.isScrolled) return void this.reload();
    this.jobs.refresh(page.items, this.isScrolled ? "in place" : "all");
    this.publish();
  }

  protected hold(): void {
    this.mergeNow();
    if (!this.isScrolled && this.jobs.above > 0) this.askSoon();
  }

  protected held(): Pick<ListState, "waiting" | "outdated"> {
    const waiting = this.isPaused ? this.#pending.size : this.jobs.above;
    return { waiting, outdated: false };
  }

  #count(job: LiveJob): void {
    if (!hasEnded(job)) return;
    this.tally.count += 1;
    if (unwell.includes(job.status)) this.tally.failed += 1;
  }
}

export const jobFeedQuery = queryOptions({
  queryKey: ["job-feed"],
  queryFn: () => new JobFeed(),
  initialData: () => new JobFeed(),
  ...keptList,
});
