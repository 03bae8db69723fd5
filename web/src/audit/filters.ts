import { hubTime } from "../live-list/filters";
import type { AuditSearch } from "./search";

const day = 86_400_000;
export const ranges = { "24h": day, "7d": 7 * day, "30d": 30 * day };
type Range = keyof typeof ranges;

const isRange = (since: string | undefined): since is Range =>
  since !== undefined && Object.hasOwn(ranges, since);

function timeOf(text: string | undefined, now: number): string | undefined {
  if (text === undefined) return undefined;
  const time = isRange(text) ? now - ranges[text] : Date.parse(text);
  return Number.isFinite(time) ? String(hubTime(time)) : undefined;
}

const action = /^[a-z_.]{1,60}\*?$/;

/** The filters as the hub takes them; what it would not understand is left out. */
export function queryOf(search: AuditSearch, now: number): Record<string, string> {
  const asked = {
    action: search.action && action.test(search.action) ? search.action : undefined,
    person: search.person,
    subject: search.subject?.trim(),
    since: timeOf(search.since, now),
    until: timeOf(search.until, now),
  };
  return Object.fromEntries(
    Object.entries(asked).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  );
}
