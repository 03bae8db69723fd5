import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { Connection } from "../../../shared/contracts/connections";
import { answer, api, byCursor, cursorOf } from "../client";
import { queryKeys } from "../query-keys";
import type { ConnectionsSearch } from "./search";

/** Where whole connections are kept, as lists and one by one. */
export const connectionKeys = {
  lists: [...queryKeys.connections, "list"],
  ones: [...queryKeys.connections, "one"],
};

const isOpenMs = 60_000;

export const connectionsQuery = ({ q, status, owner }: ConnectionsSearch) =>
  infiniteQueryOptions({
    ...byCursor,
    queryKey: [...connectionKeys.lists, { q, status, owner }],
    queryFn: ({ pageParam, signal }) =>
      answer(
        api.v1.connections.$get(
          {
            query: {
              ...(q === undefined ? {} : { query: q }),
              ...(status === undefined ? {} : { status }),
              ...(owner === undefined ? {} : { owner }),
              ...cursorOf(pageParam),
            },
          },
          { init: { signal } },
        ),
      ),
    placeholderData: keepPreviousData,
    refetchInterval: isOpenMs,
  });

export const connectionQuery = (id: string) =>
  queryOptions({
    queryKey: [...connectionKeys.ones, id],
    queryFn: ({ signal }): Promise<Connection> =>
      answer(api.v1.connections[":id"].$get({ param: { id } }, { init: { signal } })),
    refetchInterval: isOpenMs,
  });

/** The connections to choose from; more than these are found by search. */
export const connectionNamesQuery = queryOptions({
  queryKey: [...queryKeys.connections, "names"],
  queryFn: ({ signal }) =>
    answer(api.v1.connections.$get({ query: { limit: "200" } }, { init: { signal } })),
});

/** Who may use the connection. */
export const accessQuery = (id: string) =>
  queryOptions({
    queryKey: [...queryKeys.connections, "access", id],
    queryFn: ({ signal }) =>
      answer(api.v1.connections[":id"].access.$get({ param: { id } }, { init: { signal } })),
  });
