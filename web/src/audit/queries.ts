import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { AuditEntry } from "../../../shared/contracts/audit";
import { answer, api, byCursor, cursorOf } from "../client";
import { queryKeys } from "../query-keys";
import { queryOf } from "./filters";
import { timeOfId } from "./id-time";
import { withoutEntry, type AuditSearch } from "./search";

export const auditQuery = (search: AuditSearch) => {
  const filters = withoutEntry(search);
  return infiniteQueryOptions({
    ...byCursor,
    queryKey: [...queryKeys.audit, "list", filters],
    queryFn: ({ pageParam, signal }) =>
      answer(
        api.v1.audit.$get(
          { query: { ...queryOf(filters, Date.now()), limit: "100", ...cursorOf(pageParam) } },
          { init: { signal } },
        ),
      ),
    placeholderData: keepPreviousData,
  });
};

/** One entry, where a link leads to it and the list has not come so far: found by the time in its id. */
export const entryQuery = (id: string) =>
  queryOptions({
    queryKey: [...queryKeys.audit, "one", id],
    queryFn: async ({ signal }): Promise<AuditEntry | null> => {
      const made = timeOfId(id);
      if (made === undefined) return null;
      const query = { since: String(made), until: String(made), limit: "200" };
      const page = await answer(api.v1.audit.$get({ query }, { init: { signal } }));
      return page.items.find((entry) => entry.id === id) ?? null;
    },
    staleTime: Infinity,
  });
