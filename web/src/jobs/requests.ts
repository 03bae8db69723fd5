import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type {
  BulkJobsSent,
  BulkJobsDone,
  CreatedJob,
  CreateJob,
  Job,
  JobDetail,
  JobEvent,
} from "../../../shared/contracts/jobs";
import type { ExecutionEvent } from "../../../shared/contracts/executions";
import type { Page } from "../../../shared/contracts/pages";
import { byCursor, call } from "../client";
import { queryOf } from "../live-list/filters";
import { queryKeys } from "../query-keys";
import { hasEnded, type JobFilters } from "./filters";

export const listPageSize = 100;
const lookAgainMs = 5000;

const pathOf = (id: string) => `v1/jobs/${encodeURIComponent(id)}`;

export function listPage(
  filters: JobFilters,
  cursor: string | undefined,
  signal?: AbortSignal,
): Promise<Page<Job>> {
  const asked = new URLSearchParams({ ...queryOf(filters), limit: String(listPageSize) });
  if (cursor !== undefined) asked.set("cursor", cursor);
  return call("GET", `v1/jobs?${asked.toString()}`, signal ? { signal } : {});
}

/** A job, looked at again now and then until it has ended: its estimate changes without an event. */
export const jobQuery = (id: string) =>
  queryOptions({
    queryKey: [...queryKeys.jobs, "one", id],
    queryFn: ({ signal }) => call<JobDetail>("GET", pathOf(id), { signal }),
    refetchInterval: ({ state: { data } }) =>
      data === undefined || (hasEnded(data) && data.callback?.status !== "pending")
        ? false
        : lookAgainMs,
  });

export const jobEventsQuery = (id: string) =>
  infiniteQueryOptions({
    ...byCursor,
    queryKey: [...queryKeys.jobs, "events", id],
    queryFn: ({ pageParam, signal }) => {
      const asked = new URLSearchParams({ limit: "200" });
      if (pageParam !== "") asked.set("cursor", pageParam);
      return call<Page<JobEvent | ExecutionEvent>>(
        "GET",
        `${pathOf(id)}/events?${asked.toString()}`,
        { signal },
      );
    },
  });

export const createJob = (
  json: CreateJob | Omit<CreateJob, "resultSeconds" | "notify">,
  key: string,
) => call<CreatedJob>("POST", "v1/jobs", { json, idempotencyKey: key });

export const cancelJob = (id: string) => call<Job>("POST", `${pathOf(id)}/cancel`);

export const retryJob = (id: string) => call<Job>("POST", `${pathOf(id)}/retry`);

export const changeMany = (json: BulkJobsSent) =>
  call<BulkJobsDone>("POST", "v1/jobs/bulk", { json });
