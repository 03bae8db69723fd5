import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { Page } from "../../../shared/contracts/pages";
import type { Secret, VaultCheck, VaultState } from "../../../shared/contracts/secrets";
import { byCursor, call } from "../client";
import { queryKeys } from "../query-keys";

export const secretsQuery = (query: string) =>
  infiniteQueryOptions({
    ...byCursor,
    queryKey: [...queryKeys.secrets, "list", query],
    queryFn: ({ pageParam, signal }) => {
      const asked = new URLSearchParams({ limit: "50" });
      if (pageParam !== "") asked.set("cursor", pageParam);
      if (query !== "") asked.set("query", query);
      return call<Page<Secret>>("GET", `v1/secrets?${asked.toString()}`, { signal });
    },
  });

const whileRotatingMs = 2000;

/** Looked at again and again while records are being sealed anew. */
export const vaultQuery = queryOptions({
  queryKey: [...queryKeys.secrets, "vault"],
  queryFn: ({ signal }) => call<VaultState>("GET", "v1/vault", { signal }),
  refetchInterval: ({ state }) =>
    state.data?.rotation.state === "running" ? whileRotatingMs : false,
});

/** Page by page; `onPage` hears how many have been checked so far. */
export async function checkVault(onPage: (checked: number) => void): Promise<VaultCheck> {
  const all: VaultCheck = { checked: 0, faults: [], cursor: null };
  do {
    const page: VaultCheck = await call("POST", "v1/vault/verify", {
      json: all.cursor === null ? {} : { cursor: all.cursor },
    });
    all.checked += page.checked;
    all.faults.push(...page.faults);
    all.cursor = page.cursor;
    onPage(all.checked);
  } while (all.cursor !== null);
  return all;
}
