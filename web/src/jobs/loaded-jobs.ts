import type { LiveJob, LiveMessage } from "../../../shared/contracts/executions";
import type { Job, JobProgress } from "../../../shared/contracts/jobs";
import { NewestFirst } from "../executions/newest-first";
import { progressOf } from "../executions/progress";
import { filtersOf, hasEnded, mayMatch, type JobFilters } from "./filters";

/** What a live message about a job means for the list: it knew it, it should ask for it, or it is none of its own. */
export type Heard = "known" | "wanted" | "foreign";

/** The jobs the page has, newest first: what was loaded, as it was heard of last. */
export class LoadedJobs {
  readonly #order = new NewestFirst();
  readonly #byId = new Map<string, Job>();
  #filters = filtersOf({}, 0);
  #complete = false;

  get size(): number {
    return this.#order.size;
  }

  /** Whether there are no older ones to load. */
  get complete(): boolean {
    return this.#complete;
  }

  at(index: number): Job | undefined {
    const id = this.#order.at(index);
    return id === undefined ? undefined : this.#byId.get(id);
  }

  has(id: string): boolean {
    return this.#byId.has(id);
  }

  get(id: string): Job | undefined {
    return this.#byId.get(id);
  }

  ids(): string[] {
    return [...this.#byId.keys()];
  }

  /** Begins anew with a first page. */
  replace(filters: JobFilters, items: readonly Job[], complete: boolean): void {
    this.#order.clear();
    this.#byId.clear();
    this.#filters = filters;
    this.addPage(items, complete);
  }

  addPage(items: readonly Job[], complete: boolean): void {
    this.#complete = complete;
    for (const job of items) this.put(job);
  }

  /** A whole job as the hub has it now. */
  put(job: Job): void {
    if (!mayMatch(job, this.#filters)) return this.#remove(job.id);
    if (!this.#byId.has(job.id)) this.#order.add(job.id);
    this.#byId.set(job.id, job);
  }

  /** What a live message says of a job. What it does not say stays until the whole is asked for. */
  hear(live: LiveJob): Heard {
    const known = this.#byId.get(live.id);
    if (known) {
      this.put(moved(known, live));
      return "known";
    }
    return mayMatch(live, this.#filters) && !this.#isBeyond(live.id) ? "wanted" : "foreign";
  }

  /** How far the attempt of a job under way is. */
  progress(id: string, progress: JobProgress): void {
    const known = this.#byId.get(id);
    if (known?.status === "running") this.#byId.set(id, { ...known, progress });
  }

  /** Older than what is loaded: it comes with its page. */
  #isBeyond(id: string): boolean {
    const oldest = this.#order.at(this.size - 1);
    return !this.#complete && oldest !== undefined && id < oldest;
  }

  #remove(id: string): void {
    if (this.#byId.delete(id)) this.#order.delete(id);
  }
}

/** A job as it was known, moved on by what a live message says. */
export function moved<Known extends Job>(known: Known, live: LiveJob): Known {
  const isNew = live.progress !== null && live.progress.progress !== known.progress?.progress;
  const progress = live.progress && {
    ...live.progress,
    at: isNew ? Date.now() : (known.progress?.at ?? Date.now()),
  };
  const ended = hasEnded(live);
  return {
    ...known,
    status: live.status,
    finishedAt: live.finishedAt,
    attempts: live.attempts,
    progress,
    startedAt: known.startedAt ?? (live.attempts > 0 && !ended ? Date.now() : null),
    estimate: ended ? null : known.estimate,
    nextAttemptAt: live.status === "queued" ? known.nextAttemptAt : null,
    error: ended ? known.error : null,
  };
}

/** What an attempt of a job says of how far it is: that stands in the events of its execution. */
export function progressIn(
  message: LiveMessage,
): { id: string; progress: JobProgress } | undefined {
  if (message.type !== "event") return undefined;
  const id = message.execution?.context.jobId;
  const said = id === undefined ? undefined : progressOf(message.event);
  if (id === undefined || said === undefined) return undefined;
  const { done, total, message: text } = said;
  return {
    id,
    progress: {
      progress: done,
      ...(total === undefined ? {} : { total }),
      ...(text === undefined ? {} : { message: text }),
      at: message.event.at,
    },
  };
}
