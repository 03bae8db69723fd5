import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { answer, api } from "../client";
import { executionQuery } from "../executions/queries";
import type { PlaygroundSearch } from "./search";

const pageSize = 50;

export const toolsQuery = ({ q, connection }: PlaygroundSearch) =>
  infiniteQueryOptions({
    queryKey: ["tools", "list", { q, connection }],
    queryFn: ({ pageParam, signal }) =>
      answer(
        api.v1.tools.$get(
          {
            query: {
              limit: String(pageSize),
              ...(q === undefined ? {} : { query: q }),
              ...(connection === undefined ? {} : { connection }),
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

export const toolQuery = (id: string) =>
  queryOptions({
    queryKey: ["tools", "one", id],
    queryFn: ({ signal }) =>
      answer(api.v1.tools[":id"].$get({ param: { id } }, { init: { signal } })),
  });

/** The connections to choose from; more than these are found by search. */
export const connectionNamesQuery = queryOptions({
  queryKey: ["connections", "names"],
  queryFn: ({ signal }) =>
    answer(api.v1.connections.$get({ query: { limit: "200" } }, { init: { signal } })),
});

/** An execution, looked up until it has ended. */
export const endedExecutionQuery = (id: string) =>
  queryOptions({
    ...executionQuery(id),
    refetchInterval: ({ state: { data } }) =>
      data === undefined || data.status === "running" ? 1500 : false,
  });

/** The last calls of a tool, by anybody. */
export const pastCallsQuery = (toolId: string) =>
  queryOptions({
    queryKey: ["executions", "of-tool", toolId],
    queryFn: ({ signal }) =>
      answer(
        api.v1.executions.$get({ query: { tool: toolId, limit: "20" } }, { init: { signal } }),
      ),
  });
