import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import type {
  Limits,
  LimitScope,
  LimitSetting,
  LimitUse,
  SetLimit,
} from "../../../shared/contracts/limits";
import type { Page } from "../../../shared/contracts/pages";
import { byCursor, call } from "../client";
import { queryKeys } from "../query-keys";
import type { LimitsSearch } from "./search";

/** What is used changes with every call: it is looked at again while the page is open. */
const lookAgainMs = 10_000;

export const limitsQuery = queryOptions({
  queryKey: [...queryKeys.limits, "own"],
  queryFn: ({ signal }) => call<Limits>("GET", "v1/limits", { signal }),
  refetchInterval: lookAgainMs,
});

export const usesQuery = (search: LimitsSearch) =>
  infiniteQueryOptions({
    ...byCursor,
    queryKey: [...queryKeys.limits, "usage", search],
    queryFn: ({ pageParam, signal }) => {
      const asked = new URLSearchParams({ limit: "20", ...search });
      if (pageParam !== "") asked.set("cursor", pageParam);
      return call<Page<LimitUse>>("GET", `v1/limits/usage?${asked.toString()}`, { signal });
    },
    placeholderData: keepPreviousData,
    refetchInterval: lookAgainMs,
  });

export const settingsQuery = infiniteQueryOptions({
  ...byCursor,
  queryKey: [...queryKeys.limits, "settings"],
  queryFn: ({ pageParam, signal }) => {
    const asked = new URLSearchParams({ limit: "50" });
    if (pageParam !== "") asked.set("cursor", pageParam);
    return call<Page<LimitSetting>>("GET", `v1/limits/settings?${asked.toString()}`, { signal });
  },
});

export type Subject = { scope: LimitScope; subjectId: string };

const pathOf = ({ scope, subjectId }: Subject) =>
  `v1/limits/settings/${scope}/${encodeURIComponent(subjectId)}`;

export const setLimit = (subject: Subject, json: SetLimit) =>
  call<LimitSetting>("PUT", pathOf(subject), { json });

export const removeLimit = (subject: Subject) => call<null>("DELETE", pathOf(subject));
