import type { LimitWindow } from "../../../shared/contracts/limits";

export const usedScopes = ["person", "key", "connection", "tool"] as const;
export const windows = ["minute", "day", "budget"] as const satisfies readonly LimitWindow[];

export type LimitsSearch = {
  scope?: (typeof usedScopes)[number];
  window?: LimitWindow;
};

export function limitsSearch(search: Record<string, unknown>): LimitsSearch {
  const scope = usedScopes.find((known) => known === search["scope"]);
  const window = windows.find((known) => known === search["window"]);
  return { ...(scope ? { scope } : {}), ...(window ? { window } : {}) };
}
