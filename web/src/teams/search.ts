import { isOwnPath } from "../../../shared/own-path";

export type SignInSearch = { token?: string; next?: string; ended?: boolean };

const text = (value: unknown): string | undefined =>
  typeof value === "string" && value !== "" ? value : undefined;

/** `next` leads back into this dashboard only. */
export function signInSearch(search: Record<string, unknown>): SignInSearch {
  const token = text(search["token"]);
  const next = text(search["next"]);
  return {
    ...(token === undefined ? {} : { token }),
    ...(next !== undefined && isOwnPath(next) ? { next } : {}),
    ...(search["ended"] === true ? { ended: true } : {}),
  };
}
