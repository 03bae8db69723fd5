import type { Page } from "../../shared/contracts/pages";

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

export const byId = (item: { id: string }): string => item.id;
