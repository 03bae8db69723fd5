import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { Connection } from "../../../shared/contracts/connections";
import type { ToolStatus } from "../../../shared/contracts/tools";
import { answer, api } from "../client";
import type { ConnectionsSearch } from "./search";

export const connectionKeys = {
  all: ["connections"] as const,
  lists: ["connections", "list"] as const,
  ones: ["connections", "one"] as const,
  one: (id: string) => ["connections", "one", id] as const,
  tools: (id: string) => ["connections", "tools", id] as const,
  executions: (id: string) => ["connections", "executions", id] as const,
};

const isOpenMs = 60_000;

export const connectionsQuery = ({ q, status }: ConnectionsSearch) =>
  infiniteQueryOptions({
    queryKey: [...connectionKeys.lists, { q, status }],
    queryFn: ({ pageParam, signal }) =>
      answer(
        api.v1.connections.$get(
          {
            query: {
              ...(q === undefined ? {} : { query: q }),
              ...(status === undefined ? {} : { status }),
              ...(pageParam === "" ? {} : { cursor: pageParam }),
            },
          },
          { init: { signal } },
        ),
      ),
    initialPageParam: "",
    getNextPageParam: ({ nextCursor }) => nextCursor,
    placeholderData: keepPreviousData,
    refetchInterval: isOpenMs,
  });

export const connectionQuery = (id: string) =>
  queryOptions({
    queryKey: connectionKeys.one(id),
    queryFn: ({ signal }): Promise<Connection> =>
      answer(api.v1.connections[":id"].$get({ param: { id } }, { init: { signal } })),
    refetchInterval: isOpenMs,
  });

export const toolsQuery = (connection: string, filter: { q?: string; status?: ToolStatus }) =>
  infiniteQueryOptions({
    queryKey: [...connectionKeys.tools(connection), filter],
    queryFn: ({ pageParam, signal }) =>
      answer(
        api.v1.tools.$get(
          {
            query: {
              connection,
              ...(filter.q === undefined ? {} : { query: filter.q }),
              ...(filter.status === undefined ? {} : { status: filter.status }),
              ...(pageParam === "" ? {} : { cursor: pageParam }),
            },
          },
          { init: { signal } },
        ),
      ),
    initialPageParam: "",
    getNextPageParam: ({ nextCursor }) => nextCursor,
    placeholderData: keepPreviousData,
  });

export const heldBackQuery = (connection: string) =>
  toolsQuery(connection, { status: "quarantined" });

export const toolQuery = (connection: string, id: string) =>
  queryOptions({
    queryKey: [...connectionKeys.tools(connection), "one", id],
    queryFn: ({ signal }) =>
      answer(api.v1.tools[":id"].$get({ param: { id } }, { init: { signal } })),
  });

export const lastExecutionsQuery = (connection: string) =>
  queryOptions({
    queryKey: connectionKeys.executions(connection),
    queryFn: ({ signal }) =>
      answer(api.v1.executions.$get({ query: { connection, limit: "20" } }, { init: { signal } })),
  });
