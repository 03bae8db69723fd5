import type { JobStatus } from "../../../shared/contracts/job-status";
import type { LiveJob } from "../../../shared/contracts/executions";
import type { BulkJobs, Job } from "../../../shared/contracts/jobs";
import { lowestIdAt } from "../../../shared/ids";
import { timeOf } from "../executions/filters";
import { jobsSearch, type JobsSearch } from "./search";

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
export type JobFilters = {
  statuses: readonly JobStatus[];
  tool: string | undefined;
  connection: string | undefined;
  actor: string | undefined;
  since: number | undefined;
  until: number | undefined;
};

export const statusesOf = ({ status = "" }: JobsSearch): JobStatus[] =>
  statuses.filter((each) => status.split(",").includes(each));

export const filtersOf = (search: JobsSearch, now: number): JobFilters => ({
  statuses: statusesOf(search),
  tool: search.tool,
  connection: search.connection,
  actor: search.actor,
  since: timeOf(search.since, now),
  until: timeOf(search.until, now),
});

/** Whether the hub would list it, as far as a live message tells: who began it does not stand in one. */
export function mayMatch(job: Job | LiveJob, filters: JobFilters): boolean {
  const { tool, connection, actor, since, until } = filters;
  return (
    (filters.statuses.length === 0 || filters.statuses.includes(job.status)) &&
    (tool === undefined || job.toolId === tool) &&
    (connection === undefined ||
      job.connectionId === connection ||
      job.connectionSlug === connection) &&
    (actor === undefined ||
      !("actor" in job) ||
      job.actor.id === actor ||
      job.actor.personId === actor) &&
    (since === undefined || job.id >= lowestIdAt("job", since)) &&
    (until === undefined || job.id < lowestIdAt("job", until))
  );
}

const named = ({ tool, connection, actor, since, until }: JobFilters) =>
  Object.entries({ tool, connection, actor, since, until }).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)]],
  );

/** The filters as the hub's list takes them. */
export const queryOf = (filters: JobFilters): Record<string, string> => ({
  ...(filters.statuses.length === 0 ? {} : { status: filters.statuses.join(",") }),
  ...Object.fromEntries(named(filters)),
});

/** The same as what is done to many takes them. */
export const bulkFilterOf = (filters: JobFilters): NonNullable<BulkJobs["filter"]> => ({
  ...(filters.statuses.length === 0 ? {} : { status: [...filters.statuses] }),
  ...Object.fromEntries(named(filters)),
});

type SearchChange = { [Name in keyof JobsSearch]: JobsSearch[Name] | undefined };

/** The search with some of it changed; undefined takes a part away. */
export const changed = (search: JobsSearch, change: SearchChange): JobsSearch =>
  jobsSearch({ ...search, ...change });

/** How many filters are set, a range of time as one. */
export const countFilters = (search: JobsSearch): number =>
  Object.keys(search).length - (search.since !== undefined && search.until !== undefined ? 1 : 0);

/** Two searches with the same key list the same. */
export const listKeyOf = (search: JobsSearch): string =>
  JSON.stringify(Object.entries(search).sort(([one], [other]) => (one < other ? -1 : 1)));
