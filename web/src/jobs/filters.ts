import type { JobStatus } from "../../../shared/contracts/job-status";
import type { LiveJob } from "../../../shared/contracts/live";
import type { BulkJobsSent, Job } from "../../../shared/contracts/jobs";
import { fits, listFiltersOf, queryOf, type ListFilters } from "../live-list/filters";
import type { JobsSearch } from "./search";

export const statuses = [
  "queued",
  "running",
  "succeeded",
  "failed",
  "timed_out",
  "cancelled",
  "lost",
] as const satisfies readonly JobStatus[];
export const unwell: readonly JobStatus[] = ["failed", "timed_out", "lost"];
export const hasEnded = ({ status }: Pick<Job, "status">): boolean =>
  status !== "queued" && status !== "running";

/** What the list is narrowed to, with times as they were when it was asked for. */
export type JobFilters = ListFilters<JobStatus>;

export const filtersOf = (search: JobsSearch, now: number): JobFilters =>
  listFiltersOf(search, { statuses, now });

/** Whether the hub would list it, as far as a live message tells: who began it does not stand in one. */
export const mayMatch = (job: Job | LiveJob, filters: JobFilters): boolean =>
  fits(job, { filters, prefix: "job" });

/** The filters as what is done to many takes them. */
export const bulkFilterOf = (filters: JobFilters): NonNullable<BulkJobsSent["filter"]> => ({
  ...queryOf({ ...filters, statuses: [] }),
  ...(filters.statuses.length === 0 ? {} : { status: [...filters.statuses] }),
});
