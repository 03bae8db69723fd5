import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { answer, api } from "../client";
import { sampleCall } from "./sample-call";

const cursorOf = (cursor: string) => (cursor === "" ? {} : { cursor });

/** The clients that have connected, last seen first. */
export const clientsQuery = infiniteQueryOptions({
  queryKey: ["clients", "list"],
  initialPageParam: "",
  queryFn: ({ pageParam, signal }) =>
    answer(
      api.v1.clients.$get({ query: { limit: "20", ...cursorOf(pageParam) } }, { init: { signal } }),
    ),
  getNextPageParam: ({ nextCursor }) => nextCursor,
});

/** The API keys in force. */
export const keysQuery = infiniteQueryOptions({
  queryKey: ["api-keys", "list"],
  initialPageParam: "",
  queryFn: ({ pageParam, signal }) =>
    answer(
      api.v1["api-keys"].$get(
        { query: { limit: "20", ...cursorOf(pageParam) } },
        { init: { signal } },
      ),
    ),
  getNextPageParam: ({ nextCursor }) => nextCursor,
});

/** The connections a client can be held to. */
export const choicesQuery = queryOptions({
  queryKey: ["connections", "choices"],
  queryFn: ({ signal }) =>
    answer(api.v1.connections.$get({ query: { limit: "100" } }, { init: { signal } })),
});

/** A call of a real tool, to show how it is done. */
export const sampleCallQuery = (connection?: string) =>
  queryOptions({
    queryKey: ["tools", "sample", connection],
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
