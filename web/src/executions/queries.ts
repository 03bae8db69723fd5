import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { Execution } from "../../../shared/contracts/executions";
import type { Page } from "../../../shared/contracts/pages";
import { answer, api, ApiError, byCursor, cursorOf } from "../client";
import { queryOf } from "../live-list/filters";
import { queryKeys } from "../query-keys";
import type { Filters } from "./filters";

export const listPageSize = 200;

const listedWithinTries = 5;
const tryEveryMs = 300;

/** An execution is listed within a second of its beginning: one that is not found yet is asked for again. */
const notListedYet = (failures: number, error: Error): boolean =>
  error instanceof ApiError
    ? error.code === "not_found" && failures < listedWithinTries
    : failures < 2;

export const executionQuery = (id: string) =>
  queryOptions({
    queryKey: [...queryKeys.executions, "one", id],
    queryFn: ({ signal }) =>
      answer(api.v1.executions[":id"].$get({ param: { id } }, { init: { signal } })),
    retry: notListedYet,
    retryDelay: tryEveryMs,
  });

/** An execution, looked up until it has ended. */
export const endedExecutionQuery = (id: string) =>
  queryOptions({
    ...executionQuery(id),
    refetchInterval: ({ state: { data } }) =>
      data === undefined || data.status === "running" ? 1500 : false,
  });

export const eventsQuery = (id: string) =>
  infiniteQueryOptions({
    ...byCursor,
    queryKey: [...queryKeys.executions, "events", id],
    queryFn: ({ pageParam, signal }) =>
      answer(
        api.v1.executions[":id"].events.$get(
          {
            param: { id },
            query: { limit: "200", ...cursorOf(pageParam) },
          },
          { init: { signal } },
        ),
      ),
    retry: notListedYet,
    retryDelay: tryEveryMs,
  });

export const lastCount = 20;

/** The last calls of a tool or a connection, by anybody. */
export const lastExecutionsQuery = (of: { tool: string } | { connection: string }) =>
  queryOptions({
    queryKey: [...queryKeys.executions, "last", of],
    queryFn: ({ signal }) =>
      answer(
        api.v1.executions.$get(
          { query: { ...of, limit: String(lastCount) } },
          { init: { signal } },
        ),
      ),
  });

/** A page of the list, newest first. It may be short, or empty, and yet be followed by another. */
export function listPage(
  filters: Filters,
  cursor: string | undefined,
  signal?: AbortSignal,
): Promise<Page<Execution>> {
  const query = {
    ...queryOf(filters),
    limit: String(listPageSize),
    ...(cursor === undefined ? {} : { cursor }),
  };
  return answer(api.v1.executions.$get({ query }, signal ? { init: { signal } } : {}));
}
