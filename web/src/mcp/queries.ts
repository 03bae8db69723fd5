import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { answer, api, byCursor, cursorOf } from "../client";
import { queryKeys } from "../query-keys";
import { sampleCall } from "./sample-call";

/** The clients that have connected, last seen first. */
export const clientsQuery = infiniteQueryOptions({
  ...byCursor,
  queryKey: [...queryKeys.clients, "list"],
  queryFn: ({ pageParam, signal }) =>
    answer(
      api.v1.clients.$get({ query: { limit: "20", ...cursorOf(pageParam) } }, { init: { signal } }),
    ),
});

/** The clients somebody let in: one's own, or all of the team for who may manage them. */
export const grantsQuery = infiniteQueryOptions({
  ...byCursor,
  queryKey: [...queryKeys.grants, "list"],
  queryFn: ({ pageParam, signal }) =>
    answer(
      api.v1["client-grants"].$get(
        { query: { limit: "20", ...cursorOf(pageParam) } },
        { init: { signal } },
      ),
    ),
});

/** The programs that sign in for themselves. */
export const machinesQuery = infiniteQueryOptions({
  ...byCursor,
  queryKey: [...queryKeys.machines, "list"],
  queryFn: ({ pageParam, signal }) =>
    answer(
      api.v1["machine-clients"].$get(
        { query: { limit: "20", ...cursorOf(pageParam) } },
        { init: { signal } },
      ),
    ),
});

/** A call of a real tool, to show how it is done. */
export const sampleCallQuery = (connection?: string) =>
  queryOptions({
    queryKey: [...queryKeys.tools, "sample", connection],
    staleTime: 60_000,
    queryFn: async ({ signal }) => {
      const filter = connection === undefined ? {} : { connection };
      const { items } = await answer(
        api.v1.tools.$get(
          { query: { status: "available", limit: "20", ...filter } },
          { init: { signal } },
        ),
      );
      return sampleCall(items) ?? null;
    },
  });
