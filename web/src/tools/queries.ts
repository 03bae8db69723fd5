import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { ToolStatus } from "../../../shared/contracts/tools";
import { answer, api, byCursor, cursorOf } from "../client";
import { queryKeys } from "../query-keys";

/** `connection` is an id or a slug. */
type ToolFilter = { q?: string; connection?: string; status?: ToolStatus };

export const toolsQuery = ({ q, connection, status }: ToolFilter) =>
  infiniteQueryOptions({
    ...byCursor,
    queryKey: [...queryKeys.tools, "list", { q, connection, status }],
    queryFn: ({ pageParam, signal }) =>
      answer(
        api.v1.tools.$get(
          {
            query: {
              ...(q === undefined ? {} : { query: q }),
              ...(connection === undefined ? {} : { connection }),
              ...(status === undefined ? {} : { status }),
              ...cursorOf(pageParam),
            },
          },
          { init: { signal } },
        ),
      ),
    placeholderData: keepPreviousData,
  });

/** The tools of a connection that wait to be looked at. */
export const heldBackQuery = (connection: string) =>
  toolsQuery({ connection, status: "quarantined" });

export const toolQuery = (id: string) =>
  queryOptions({
    queryKey: [...queryKeys.tools, "one", id],
    queryFn: ({ signal }) =>
      answer(api.v1.tools[":id"].$get({ param: { id } }, { init: { signal } })),
  });
