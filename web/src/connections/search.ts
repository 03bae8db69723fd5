import type { ConnectionOwner, ConnectionStatus } from "../../../shared/contracts/connections";

type Owner = ConnectionOwner["kind"];
export type ConnectionsSearch = { q?: string; status?: ConnectionStatus; owner?: Owner };

export const connectionTabs = [
  "tools",
  "held-back",
  "offers",
  "activity",
  "sign-in",
  "access",
  "settings",
] as const;
export type ConnectionTab = (typeof connectionTabs)[number];
/** Where the parts begin on the page: a link to one leads there. */
export const partsId = "parts";

export type ConnectionSearch = { tab?: ConnectionTab; q?: string; tool?: string };

/** As one looks for them: what works, what asks for somebody, what rests. */
export const statuses: readonly ConnectionStatus[] = [
  "connected",
  "expiring",
  "needs_reauth",
  "error",
  "pending",
  "revoked",
  "disabled",
];
export const owners: readonly Owner[] = ["team", "person"];

const text = (value: unknown): string | undefined => {
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value !== "" ? value.slice(0, 100) : undefined;
};

export function connectionsSearch(search: Record<string, unknown>): ConnectionsSearch {
  const q = text(search["q"]);
  const status = statuses.find((known) => known === search["status"]);
  const owner = owners.find((known) => known === search["owner"]);
  return {
    ...(q === undefined ? {} : { q }),
    ...(status === undefined ? {} : { status }),
    ...(owner === undefined ? {} : { owner }),
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
