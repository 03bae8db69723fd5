import { isOwnPath } from "../../../shared/own-path";

export type SignInSearch = {
  token?: string;
  next?: string;
  ended?: boolean;
  /** Another service has signed the reader in, and the second factor is still to be shown. */
  factor?: boolean;
  /** What another service came back with. */
  error?: string;
  /** Why single sign-on let nobody in: an error code of the hub. */
  sso?: string;
};

const text = (value: unknown): string | undefined =>
  typeof value === "string" && value !== "" ? value : undefined;

/** `next` leads back into this dashboard only. */
export function signInSearch(search: Record<string, unknown>): SignInSearch {
  const token = text(search["token"]);
  const next = text(search["next"]);
  const error = text(search["error"]);
  const sso = text(search["sso"]);
  return {
    ...(token === undefined ? {} : { token }),
    ...(next !== undefined && isOwnPath(next) ? { next } : {}),
    ...(search["ended"] === true ? { ended: true } : {}),
    ...(search["factor"] === true ? { factor: true } : {}),
    ...(error === undefined ? {} : { error }),
    ...(sso === undefined ? {} : { sso }),
  };
}

/** For the pages a mail leads to, and for signing up on the way somewhere. */
export function tokenSearch(search: Record<string, unknown>): { token?: string; next?: string } {
  const { token, next } = signInSearch(search);
  return { ...(token === undefined ? {} : { token }), ...(next === undefined ? {} : { next }) };
}
