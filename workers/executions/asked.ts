import type { PageQuery } from "../../shared/contracts/pages";
import { lowestIdAt, type IdPrefix } from "../../shared/ids";
import { findConnection } from "../connections";
import type { Context } from "../platform/context";
import { HubError } from "../platform/errors";

/** What a request asks a list for, and where in the request that stands. */
export type Range = { since?: string | undefined; until?: string | undefined };
export type Within = "query" | "body.filter";

/** An id is taken as it is: what a deleted connection leaves behind stays listed. */
export async function connectionIdOf(
  ctx: Context,
  idOrSlug: string | undefined,
): Promise<string | undefined> {
  if (idOrSlug === undefined || idOrSlug.startsWith("con_")) return idOrSlug;
  return (await findConnection(ctx, idOrSlug)).id;
}

/** The ids of one kind that a range of time begins and ends with. Throws `invalid_input` for what is no time. */
export function idsWithin(
  range: Range,
  { prefix, within = "query" }: { prefix: IdPrefix; within?: Within },
): { from: string | undefined; before: string | undefined } {
  const lowest = (time: number | undefined) =>
    time === undefined ? undefined : lowestIdAt(prefix, time);
  const { since, until } = timesIn(range, within);
  return { from: lowest(since), before: lowest(until) };
}

/** A range of time in milliseconds. Throws `invalid_input` for what is no time, or ends before it begins. */
export function timesIn(
  { since, until }: Range,
  within: Within = "query",
): { since: number | undefined; until: number | undefined } {
  const field = `${within}.since`;
  const times = { since: timeOf(since, field), until: timeOf(until, `${within}.until`) };
  if (times.since !== undefined && times.until !== undefined && times.since >= times.until)
    throw new HubError("invalid_input", `${field}: must be before the end of the range.`, {
      details: { field },
    });
  return times;
}

function timeOf(text: string | undefined, field: string): number | undefined {
  if (text === undefined) return undefined;
  const time = /^\d+$/.test(text) ? Number(text) : Date.parse(text);
  if (Number.isFinite(time)) return time;
  throw new HubError(
    "invalid_input",
    `${field}: is neither milliseconds since 1970 nor an ISO 8601 date`,
    { details: { field } },
  );
}

/** The sequence number a page of events goes on from. */
export const eventCursor = ({ cursor = "0" }: PageQuery): number => Number(cursor);
