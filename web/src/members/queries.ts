import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { answer, api, byCursor, cursorOf } from "../client";
import { queryKeys } from "../query-keys";

export const teamQuery = queryOptions({
  queryKey: [...queryKeys.team, "one"],
  queryFn: ({ signal }) => answer(api.v1.team.$get({}, { init: { signal } })),
});

export const membersQuery = (q: string | undefined) =>
  infiniteQueryOptions({
    ...byCursor,
    queryKey: [...queryKeys.members, "list", q],
    queryFn: ({ pageParam, signal }) =>
      answer(
        api.v1.members.$get(
          {
            query: {
              limit: "50",
              ...(q === undefined ? {} : { query: q }),
              ...cursorOf(pageParam),
            },
          },
          { init: { signal } },
        ),
      ),
    placeholderData: keepPreviousData,
  });

/** The members whose names stand in for their ids, and among whom is chosen; more are found by search. */
export const memberNamesQuery = (q?: string) =>
  queryOptions({
    queryKey: [...queryKeys.members, "names", q ?? ""],
    queryFn: ({ signal }) =>
      answer(
        api.v1.members.$get(
          { query: { limit: "200", ...(q ? { query: q } : {}) } },
          { init: { signal } },
        ),
      ),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });

export const invitationsQuery = infiniteQueryOptions({
  ...byCursor,
  queryKey: [...queryKeys.invitations, "list"],
  queryFn: ({ pageParam, signal }) =>
    answer(
      api.v1.invitations.$get(
        { query: { limit: "50", ...cursorOf(pageParam) } },
        { init: { signal } },
      ),
    ),
});

export const rolesQuery = queryOptions({
  queryKey: [...queryKeys.roles, "list"],
  queryFn: ({ signal }) => answer(api.v1.roles.$get({}, { init: { signal } })),
});

export const ssoQuery = queryOptions({
  queryKey: [...queryKeys.team, "sso"],
  queryFn: ({ signal }) => answer(api.v1.team.sso.$get({}, { init: { signal } })),
});
