import type { Page } from "../../shared/contracts/pages";

/** Which ids are listed, from the highest down. */
export type Window = {
  limit: number;
  /** The id the page before ended at. */
  cursor?: string | undefined;
  /** The lowest id that may be listed. */
  from?: string | undefined;
  /** The lowest id that may not be listed any more. */
  before?: string | undefined;
};

/** A condition that an index leads by, ending in `AND`, and what is bound in it; empty for all rows. */
export type Way = [condition: string, bound: readonly string[]];

/** A row as it was selected. */
type Row = Record<string, SqlStorageValue> & { id: string };

/** A page takes no longer than this many rows take, however few of them it lists. */
const mostScanned = 5000;
const chunk = 1000;
const lastId = "~";

/**
 * Lists rows by their ids, the highest first, along indexes each of which has the ids in order. The cursor is the id the
 * page ends at: its last item's, or, where few rows fit, that of the last row it looked at. So a page may be short, or
 * empty, and yet be followed by another.
 */
export function scanDown<Found extends { id: string }, Item>(
  sql: SqlStorage,
  {
    select,
    ways,
    window: { limit, cursor, from = "", before = lastId },
    fit,
    shown,
  }: {
    /** `SELECT … FROM …` of one table, with its id. */
    select: string;
    ways: readonly Way[];
    window: Window;
    /** What a row says, where it is listed. */
    fit: (row: Row) => Found | undefined;
    /** An item of the page. */
    shown: (found: Found) => Item;
  },
): Page<Item> {
  // Several are merged as they are read: nothing is sorted.
  const query = ways
    .map(([condition]) => `${select} WHERE ${condition}id < ? AND id >= ?`)
    .join(" UNION ALL ");
  const found: Found[] = [];
  let below = cursor !== undefined && cursor < before ? cursor : before;
  const page = (nextCursor: string | null) => ({ items: found.map(shown), nextCursor });
  for (let scanned = 0; scanned < mostScanned;) {
    const count = scanned === 0 ? limit + 1 : chunk;
    const bound = ways.flatMap(([, values]) => [...values, below, from]);
    const rows = sql.exec<Row>(`${query} ORDER BY id DESC LIMIT ?`, ...bound, count).toArray();
    for (const row of rows) {
      const fitting = fit(row);
      if (!fitting) continue;
      if (found.length === limit) return page(found.at(-1)?.id ?? below);
      found.push(fitting);
    }
    const last = rows.at(-1);
    if (rows.length < count || !last) return page(null);
    scanned += rows.length;
    below = last.id;
  }
  return page(below);
}
