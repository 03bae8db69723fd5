import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { Notice } from "../../../shared/contracts/notices";
import type { Page } from "../../../shared/contracts/pages";
import { byCursor, call } from "../client";
import { queryKeys } from "../query-keys";

const lookAgainMs = 60_000;

/** What is neither read nor settled, as far as a badge and a banner need it. */
export const openNoticesQuery = queryOptions({
  queryKey: [...queryKeys.notices, "open"],
  queryFn: ({ signal }) => call<Page<Notice>>("GET", "v1/notices?open=true&limit=50", { signal }),
  // The live stream tells of new ones; where there is none, this does.
  refetchInterval: lookAgainMs,
});

export const noticesQuery = (open: boolean) =>
  infiniteQueryOptions({
    ...byCursor,
    queryKey: [...queryKeys.notices, "list", open],
    queryFn: ({ pageParam, signal }) => {
      const asked = new URLSearchParams({ limit: "30" });
      if (pageParam !== "") asked.set("cursor", pageParam);
      if (open) asked.set("open", "true");
      return call<Page<Notice>>("GET", `v1/notices?${asked.toString()}`, { signal });
    },
  });
