import { queryOptions, type QueryClient } from "@tanstack/react-query";
import type { Permission } from "../../../shared/roles";
import { answer, api, ApiError } from "../client";
import { failedStatuses } from "../executions/failed";
import { queryKeys } from "../query-keys";
import { meQuery } from "../shell/queries";
import { expected, expectNext } from "./memory";

export const latestCount = 8;
const few = "5";

export const anyConnectionQuery = queryOptions({
  queryKey: [...queryKeys.connections, "any"],
  queryFn: ({ signal }) =>
    answer(api.v1.connections.$get({ query: { limit: "1" } }, { init: { signal } })),
});

export const anyClientQuery = queryOptions({
  queryKey: [...queryKeys.clients, "any"],
  queryFn: ({ signal }) =>
    answer(api.v1.clients.$get({ query: { limit: "1" } }, { init: { signal } })),
});

export const restCallsQuery = queryOptions({
  queryKey: [...queryKeys.executions, "rest"],
  queryFn: ({ signal }) =>
    answer(
      api.v1.executions.$get({ query: { surface: "rest", limit: "50" } }, { init: { signal } }),
    ),
});

export const latestQuery = queryOptions({
  queryKey: [...queryKeys.executions, "latest"],
  queryFn: ({ signal }) =>
    answer(api.v1.executions.$get({ query: { limit: String(latestCount) } }, { init: { signal } })),
});

export const failuresQuery = queryOptions({
  queryKey: [...queryKeys.executions, "failures"],
  queryFn: ({ signal }) =>
    answer(
      api.v1.executions.$get(
        { query: { status: failedStatuses, limit: few } },
        { init: { signal } },
      ),
    ),
});

export const summaryQuery = queryOptions({
  queryKey: [...queryKeys.executions, "summary"],
  queryFn: ({ signal }) =>
    answer(api.v1.executions.summary.$get({ query: { hours: "24" } }, { init: { signal } })),
  refetchInterval: 60_000,
});

/** What runs nothing, or soon will not, the worst first. */
export const troubles = ["needs_reauth", "error", "expiring"] as const;

export const brokenConnectionsQuery = queryOptions({
  queryKey: [...queryKeys.connections, "broken"],
  queryFn: async ({ signal }) => {
    const pages = await Promise.all(
      troubles.map((status) =>
        answer(api.v1.connections.$get({ query: { status, limit: few } }, { init: { signal } })),
      ),
    );
    return {
      items: pages.flatMap(({ items }) => items),
      /** Of which there are more. */
      more: troubles.filter((_, place) => pages[place]?.nextCursor),
    };
  },
  refetchInterval: 60_000,
});

export const heldBackQuery = queryOptions({
  queryKey: [...queryKeys.tools, "held-back"],
  queryFn: ({ signal }) =>
    answer(
      api.v1.tools.$get({ query: { status: "quarantined", limit: few } }, { init: { signal } }),
    ),
  refetchInterval: 60_000,
});

/** Asks for all that the reader may see of it at once, while the page's own code and even who reads are on their way. */
export function prefetchHome(queries: QueryClient): void {
  const me = queries.getQueryState(meQuery.queryKey);
  if (me?.status === "error") return;
  const permissions = me?.data?.permissions ?? expected();
  const may = (permission: Permission) => permissions?.includes(permission) ?? true;
  if (may("connections.read")) {
    void queries.prefetchQuery(anyConnectionQuery);
    void queries.prefetchQuery(brokenConnectionsQuery);
  }
  if (may("executions.read")) {
    void queries.prefetchQuery(latestQuery);
    void queries.prefetchQuery(anyClientQuery);
    void queries.prefetchQuery(restCallsQuery);
    void queries.prefetchQuery(summaryQuery);
    void queries.prefetchQuery(failuresQuery);
  }
  if (may("tools.read")) void queries.prefetchQuery(heldBackQuery);
  queries.ensureQueryData(meQuery).then(
    (known) => expectNext(known.permissions),
    (error: unknown) => {
      if (error instanceof ApiError && error.code === "no_team") expectNext([]);
    },
  );
}
