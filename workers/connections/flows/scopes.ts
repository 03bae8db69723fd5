import { scopeText } from "../../credentials";
import type { FlowMethod } from "./way";

/** What is asked for: what was named, else the connector's defaults; and always what it cannot do without. */
export function scopesToAsk(method: FlowMethod, named: readonly string[] | undefined): string[] {
  if (!("scopes" in method)) return [...new Set(named)];
  const wanted = named ?? method.scopes.filter((one) => one.default).map(({ scope }) => scope);
  return [...new Set([...requiredOf(method), ...wanted])];
}

const requiredOf = (method: FlowMethod): string[] =>
  "scopes" in method ? method.scopes.filter((one) => one.required).map(({ scope }) => scope) : [];

/** Whether something is missing that the connector cannot do without. */
export const lacksRequired = (method: FlowMethod, missing: readonly string[]): boolean =>
  requiredOf(method).some((scope) => missing.includes(scope));

/** What a vendor takes for granted, or gives without saying so. */
const unsaid = new Set(["openid", "profile", "email", "offline_access", "refresh_token"]);

/**
 * Which of the scopes that were asked for a vendor did not grant; none where it did not say. Vendors spell a scope in
 * more than one way, so that a spelling never counts as a refusal: `User.Read` comes back with or without the API's
 * address before it, and `write_orders` stands for `read_orders` too.
 */
export function scopesMissing(
  { method, params }: { method: FlowMethod; params: Record<string, string> },
  asked: readonly string[],
  granted: readonly string[] | null,
): string[] {
  if (granted === null || granted.length === 0) return [];
  const given = new Set(granted.map(bare));
  return asked.filter((scope) => {
    const declared = "scopes" in method ? method.scopes : [];
    const wanted = bare(scopeText(declared, scope, { params }));
    if (unsaid.has(wanted) || isElsewhere(method, scope) || given.has(wanted)) return false;
    return !given.has(wanted.replace(/^read_/, "write_")) && ![...given].some(covers(wanted));
  });
}

/** Granted scopes are those of the parameter `scope`; of others the answer does not speak there. */
const isElsewhere = (method: FlowMethod, scope: string): boolean =>
  "scopes" in method && method.scopes.some((one) => one.scope === scope && one.param !== undefined);

/** `repo` covers `repo:status`; `/.default` stands for whatever the app was given. */
const covers = (wanted: string) => (given: string) =>
  wanted.startsWith(`${given}:`) || wanted.endsWith(".default");

const bare = (scope: string): string =>
  scope
    .toLowerCase()
    .replace(/^(https?|api):\/\/[^/]+\/(auth\/)?/, "")
    .replace(/\/$/, "");
