import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { byCursor } from "../client";
import { queryKeys } from "../query-keys";
import { listApps, listConnectors, readConnector, readFlow } from "./api";
import type { Narrowed } from "./category";

export const connectorsQuery = ({ q, category }: Narrowed) =>
  infiniteQueryOptions({
    ...byCursor,
    queryKey: [...queryKeys.connectors, "list", { q, category }],
    queryFn: ({ pageParam, signal }) =>
      listConnectors(
        { ...(q === undefined ? {} : { q }), ...(category === undefined ? {} : { category }) },
        { cursor: pageParam, signal },
      ),
    placeholderData: keepPreviousData,
  });

export const connectorQuery = (id: string) =>
  queryOptions({
    queryKey: [...queryKeys.connectors, "one", id],
    queryFn: ({ signal }) => readConnector(id, signal),
  });

export const appsQuery = infiniteQueryOptions({
  ...byCursor,
  queryKey: [...queryKeys.oauthApps, "list"],
  queryFn: ({ pageParam, signal }) => listApps(pageParam, signal),
});

export const lookEveryMs = 1500;

/** Where a sign-in stands. It is asked for as long as it is under way. */
export const flowQuery = (id: string) =>
  queryOptions({
    queryKey: [...queryKeys.connectFlow, id],
    queryFn: ({ signal }) => readFlow(id, signal),
    refetchInterval: ({ state }) =>
      state.data && ["done", "failed"].includes(state.data.status) ? false : lookEveryMs,
    refetchIntervalInBackground: true,
    staleTime: 0,
    gcTime: 0,
  });
