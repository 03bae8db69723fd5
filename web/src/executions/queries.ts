import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { Execution } from "../../../shared/contracts/executions";
import type { Page } from "../../../shared/contracts/pages";
import { answer, api, ApiError } from "../client";
import { queryOf, type Filters } from "./filters";

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
    queryKey: ["executions", "one", id],
    queryFn: ({ signal }) =>
      answer(api.v1.executions[":id"].$get({ param: { id } }, { init: { signal } })),
    retry: notListedYet,
    retryDelay: tryEveryMs,
  });

export const eventsQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ["executions", "events", id],
    queryFn: ({ pageParam, signal }) =>
      answer(
        api.v1.executions[":id"].events.$get(
          {
            param: { id },
            query: { limit: "200", ...(pageParam === "" ? {} : { cursor: pageParam }) },
          },
          { init: { signal } },
        ),
      ),
    initialPageParam: "",
    getNextPageParam: ({ nextCursor }) => nextCursor,
    retry: notListedYet,
    retryDelay: tryEveryMs,
  });

export const keyNamesQuery = queryOptions({
  queryKey: ["api-keys", "names"],
  queryFn: ({ signal }) =>
    answer(api.v1["api-keys"].$get({ query: { limit: "200" } }, { init: { signal } })),
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
