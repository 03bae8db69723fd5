import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { answer, api, byCursor, cursorOf } from "../client";
import { queryKeys } from "../query-keys";

/** The API keys in force. */
export const keysQuery = infiniteQueryOptions({
  ...byCursor,
  queryKey: [...queryKeys.apiKeys, "list"],
  queryFn: ({ pageParam, signal }) =>
    answer(
      api.v1["api-keys"].$get(
        { query: { limit: "20", ...cursorOf(pageParam) } },
        { init: { signal } },
      ),
    ),
});

/** The keys whose names stand in for their ids; those beyond stay ids. */
export const keyNamesQuery = queryOptions({
  queryKey: [...queryKeys.apiKeys, "names"],
  queryFn: ({ signal }) =>
    answer(api.v1["api-keys"].$get({ query: { limit: "200" } }, { init: { signal } })),
});
