import type { ConnectionStatus } from "../../../shared/contracts/connections";

export type ConnectionsSearch = { q?: string; status?: ConnectionStatus; add?: true };

export const connectionTabs = [
  "tools",
  "held-back",
  "offers",
  "activity",
  "access",
  "settings",
] as const;
export type ConnectionTab = (typeof connectionTabs)[number];
/** Where the parts begin on the page: a link to one leads there. */
export const partsId = "parts";

export type ConnectionSearch = { tab?: ConnectionTab; q?: string; tool?: string };

const statuses: readonly ConnectionStatus[] = ["connected", "error", "disabled"];

const text = (value: unknown): string | undefined => {
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value !== "" ? value.slice(0, 100) : undefined;
};

export function connectionsSearch(search: Record<string, unknown>): ConnectionsSearch {
  const q = text(search["q"]);
  const status = statuses.find((known) => known === search["status"]);
  return {
    ...(q === undefined ? {} : { q }),
    ...(status === undefined ? {} : { status }),
    ...(search["add"] === true ? { add: true } : {}),
  };
}

export function connectionSearch(search: Record<string, unknown>): ConnectionSearch {
  const tab = connectionTabs.find((known) => known === search["tab"]);
  const q = text(search["q"]);
  const tool = text(search["tool"]);
  return {
    ...(tab === undefined ? {} : { tab }),
    ...(q === undefined ? {} : { q }),
    ...(tool === undefined ? {} : { tool }),
  };
}
