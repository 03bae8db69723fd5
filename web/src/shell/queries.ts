import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "../client";
import { queryKeys } from "../query-keys";

/** Who is signed in, for which team, and what they may do. */
export const meQuery = queryOptions({
  queryKey: queryKeys.me,
  queryFn: () => answer(api.v1.me.$get()),
  staleTime: 60_000,
});

/** The person behind the session, and every team of theirs. */
export const accountQuery = queryOptions({
  queryKey: queryKeys.account,
  queryFn: ({ signal }) => answer(api.v1.account.$get({}, { init: { signal } })),
});
