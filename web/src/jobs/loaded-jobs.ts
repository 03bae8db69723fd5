import type { LiveJob, LiveMessage } from "../../../shared/contracts/live";
import type { Job, JobProgress } from "../../../shared/contracts/jobs";
import { progressOf } from "../executions/progress";
import { Loaded } from "../live-list/loaded";
import { filtersOf, hasEnded, mayMatch, type JobFilters } from "./filters";

/** What a live message about a job means for the list: it knew it, it should ask for it, or it is none of its own. */
export type Heard = "known" | "wanted" | "foreign";

/** The jobs the page has, newest first: what was loaded, as it was heard of last. */
export class LoadedJobs extends Loaded<Job> {
  #filters = filtersOf({}, 0);
  /** New ones that came while somebody read further down. */
  readonly #above = new Set<string>();

  get above(): number {
    return this.#above.size;
  }

  ids(): string[] {
    return Array.from(this.values(), ({ id }) => id);
  }

  /** Begins anew with a first page. */
  replace(filters: JobFilters, items: readonly Job[], complete: boolean): void {
    this.clear();
    this.#above.clear();
    this.#filters = filters;
    this.addPage(items, complete);
  }

  addPage(items: readonly Job[], complete: boolean): void {
    this.complete = complete;
    for (const job of items) this.put(job);
  }

  /** A whole job as the hub has it now. */
  put(job: Job): void {
    if (mayMatch(job, this.#filters)) this.set(job);
    else this.delete(job.id);
  }

  /** The first page as it is now; `in place`: what is new waits above. */
  refresh(items: readonly Job[], how: "all" | "in place"): void {
    if (how === "all") this.#above.clear();
    for (const job of items)
      if (how === "in place" && !this.has(job.id)) this.#above.add(job.id);
      else this.put(job);
  }

  /** What a live message says of a job. What it does not say stays until the whole is asked for. */
  hear(live: LiveJob): Heard {
    const known = this.get(live.id);
    if (known) {
      this.put(moved(known, live));
      return "known";
    }
    return mayMatch(live, this.#filters) && !this.isBeyond(live.id) ? "wanted" : "foreign";
  }

  /** How far the attempt of a job under way is. */
  progress(id: string, progress: JobProgress): void {
    const known = this.get(id);
    if (known?.status === "running") this.set({ ...known, progress });
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
