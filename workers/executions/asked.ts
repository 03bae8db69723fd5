import type { Page, PageQuery } from "../../shared/contracts/pages";
import { lowestIdAt, type IdPrefix } from "../../shared/ids";
import { findConnection } from "../connections";
import type { Context } from "../platform/context";
import { HubError } from "../platform/errors";
import { numberedCursor, numberIn } from "../platform/pages";

/** What a request asks a list for, and where in the request that stands. */
export type Range = { since?: number | undefined; until?: number | undefined };
export type Within = "query" | "body.filter";

/** An id is taken as it is: what a deleted connection leaves behind stays listed. */
export async function connectionIdOf(
  ctx: Context,
  idOrSlug: string | undefined,
): Promise<string | undefined> {
  if (idOrSlug === undefined || idOrSlug.startsWith("con_")) return idOrSlug;
  return (await findConnection(ctx, idOrSlug)).id;
}

/** The ids of one kind that a range of time begins and ends with. Throws `invalid_input` where it ends before it begins. */
export function idsWithin(
  range: Range,
  { prefix, within = "query" }: { prefix: IdPrefix; within?: Within },
): { from: string | undefined; before: string | undefined } {
  requireForward(range, within);
  const lowest = (time: number | undefined) =>
    time === undefined ? undefined : lowestIdAt(prefix, time);
  return { from: lowest(range.since), before: lowest(range.until) };
}

function requireForward({ since, until }: Range, within: Within): void {
  if (since === undefined || until === undefined || since < until) return;
  const field = `${within}.since`;
  throw new HubError("invalid_input", `${field}: must be before the end of the range.`, {
    details: { field },
  });
}

/** A page of what happened to one thing, in the order of its numbers: no other list, and no other thing's, takes its cursor. */
export async function pageOfEvents<Item>(
  { list, query }: { list: `${"evt" | "log"}~${string}`; query: PageQuery },
  read: (page: { limit: number; cursor: number }) => Promise<Page<Item>>,
): Promise<Page<Item>> {
  const { items, nextCursor } = await read({
    limit: query.limit,
    cursor: numberIn(list, query) ?? 0,
  });
  return { items, nextCursor: nextCursor && numberedCursor(list, nextCursor) };
}
