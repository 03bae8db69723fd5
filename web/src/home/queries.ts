import { queryOptions, type QueryClient } from "@tanstack/react-query";
import { answer, api } from "../client";
import { latestCount } from "./latest";

export const failedStates = "failed,timed_out,lost";
const few = "5";

export const anyConnectionQuery = queryOptions({
  queryKey: ["connections", "any"],
  queryFn: ({ signal }) =>
    answer(api.v1.connections.$get({ query: { limit: "1" } }, { init: { signal } })),
});

export const anyClientQuery = queryOptions({
  queryKey: ["clients", "any"],
  queryFn: ({ signal }) =>
    answer(api.v1.clients.$get({ query: { limit: "1" } }, { init: { signal } })),
});

export const restCallsQuery = queryOptions({
  queryKey: ["executions", "rest"],
  queryFn: ({ signal }) =>
    answer(
      api.v1.executions.$get({ query: { surface: "rest", limit: "50" } }, { init: { signal } }),
    ),
});

export const latestQuery = queryOptions({
  queryKey: ["executions", "latest"],
  queryFn: ({ signal }) =>
    answer(api.v1.executions.$get({ query: { limit: String(latestCount) } }, { init: { signal } })),
});

export const failuresQuery = queryOptions({
  queryKey: ["executions", "failures"],
  queryFn: ({ signal }) =>
    answer(
      api.v1.executions.$get({ query: { status: failedStates, limit: few } }, { init: { signal } }),
    ),
});

export const summaryQuery = queryOptions({
  queryKey: ["executions", "summary"],
  queryFn: ({ signal }) =>
    answer(api.v1.executions.summary.$get({ query: { hours: "24" } }, { init: { signal } })),
  refetchInterval: 60_000,
});

export const brokenConnectionsQuery = queryOptions({
  queryKey: ["connections", "broken"],
  queryFn: ({ signal }) =>
    answer(
      api.v1.connections.$get({ query: { status: "error", limit: few } }, { init: { signal } }),
    ),
  refetchInterval: 60_000,
});

export const heldBackQuery = queryOptions({
  queryKey: ["connections", "tools", "held-back"],
  queryFn: ({ signal }) =>
    answer(
      api.v1.tools.$get({ query: { status: "quarantined", limit: few } }, { init: { signal } }),
    ),
  refetchInterval: 60_000,
});

/** Asks for all of it at once, while the page's own code is on its way. */
export function prefetchHome(queries: QueryClient): void {
  void queries.prefetchQuery(anyConnectionQuery);
  void queries.prefetchQuery(latestQuery);
  void queries.prefetchQuery(anyClientQuery);
  void queries.prefetchQuery(restCallsQuery);
  void queries.prefetchQuery(summaryQuery);
  void queries.prefetchQuery(brokenConnectionsQuery);
  void queries.prefetchQuery(heldBackQuery);
  void queries.prefetchQuery(failuresQuery);
}
