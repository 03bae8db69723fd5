import { foreignCursor, type Page, type PageQuery } from "../../shared/contracts/pages";
import { HubError } from "./errors";

/** A page of rows that were read one beyond the limit: that one tells whether another page follows. */
export function toPage<Row, Item>(
  rows: readonly Row[],
  limit: number,
  of: { item: (row: Row) => Item; cursor: (item: Item) => string },
): Page<Item> {
  const items = rows.slice(0, limit).map(of.item);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last !== undefined ? of.cursor(last) : null };
}

/** The cursor of a list in the order of its items' numbers. Of a list of one thing its name has that thing's id in it. */
export const numberedCursor = (list: string, number: number | string): string =>
  `${list}~${number}`;

/** The number in a cursor of this list; undefined where there is none. Throws `invalid_input` for that of another list. */
export function numberIn(list: string, { cursor }: PageQuery): number | undefined {
  if (cursor === undefined) return undefined;
  const before = numberedCursor(list, "");
  if (cursor.startsWith(before)) return Number(cursor.slice(before.length));
  const field = "query.cursor";
  throw new HubError("invalid_input", `${field}: ${foreignCursor}`, { details: { field } });
}

export const byId = (item: { id: string }): string => item.id;
