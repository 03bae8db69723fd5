import type { Execution } from "../../shared/contracts/executions";
import type { Page } from "../../shared/contracts/pages";
import { byId, toPage } from "../platform/pages";
import { past } from "./history";
import type { ExecutionFilter } from "./list";

/** A part of the ids: from this one on, and below that. */
type Part = { from: string; before: string };

/** A further object, the `n`-th: what it holds, up to which id, and how many it ever took. */
export type Shard = Part & { n: number; upTo: string; taken: number };

/** A part of the ids that one object holds: a shard's, of which the head may still have some, or the head's own. */
export type Segment = Part & { shard: Shard | null };

/** The team's id, then a number that is never used again. */
export const shardName = (teamId: string, n: number): string => `${teamId}~${n}`;
/** The team an object's name belongs to: the head's is the team's id. */
export const teamOfName = (name: string): string => name.split("~")[0] ?? "";

export type Shards = ReturnType<typeof openShards>;

/**
 * Which further objects hold the older executions of a ledger, in order of time. The head keeps this list, and what is
 * too new for any of them, and whatever older one came late or goes on still.
 */
export function openShards({ sql, kv }: DurableObjectStorage) {
  sql.exec(
    "CREATE TABLE IF NOT EXISTS shards (n INTEGER PRIMARY KEY, up_to TEXT NOT NULL, taken INTEGER NOT NULL)",
  );
  let known = load();

  return {
    /** Oldest first. */
    all: (): readonly Shard[] => known,

    /** Everything above is the head's alone. Empty where there are no shards. */
    boundary: (): string => known.at(-1)?.upTo ?? "",

    /** The one whose part of the ids this is in. */
    covering: (id: string): Shard | undefined => known.find(({ upTo }) => id <= upTo),

    /** Newest first. */
    segments(): Segment[] {
      const ofShards = known.map((shard) => ({ shard, from: shard.from, before: shard.before }));
      const own = { shard: null, from: known.at(-1)?.before ?? "", before: "~" };
      return [...ofShards, own].toReversed();
    },

    /** A new one, in the list before anything is in it: whoever erases the team must find it. */
    make(): Shard {
      const n = (kv.get<number>("shards_made") ?? 0) + 1;
      kv.put("shards_made", n);
      sql.exec("INSERT INTO shards VALUES (?, ?, 0)", n, known.at(-1)?.upTo ?? "");
      known = load();
      return known.at(-1) as Shard;
    },

    /** It holds these as well. Within the transaction that deletes them here; then `reload`. */
    took({ n }: Shard, ids: readonly string[]): void {
      sql.exec(
        "UPDATE shards SET up_to = max(up_to, ?), taken = taken + ? WHERE n = ?",
        ids.at(-1) ?? "",
        ids.length,
        n,
      );
    },

    forget({ n }: Shard): void {
      sql.exec("DELETE FROM shards WHERE n = ?", n);
      known = load();
    },

    reload(): void {
      known = load();
    },
  };

  function load(): Shard[] {
    let from = "";
    return sql
      .exec<{ n: number; up_to: string; taken: number }>("SELECT * FROM shards ORDER BY n")
      .toArray()
      .map(({ n, up_to: upTo, taken }) => {
        const shard = { n, from, before: upTo === "" ? "" : past(upTo), upTo, taken };
        from = shard.before;
        return shard;
      });
  }
}

type ListPart = (filter: ExecutionFilter) => Page<Execution> | Promise<Page<Execution>>;

/** Lists through the segments as if they were one table: the same pages, the same cursors. */
export async function listThrough(
  segments: readonly Segment[],
  filter: ExecutionFilter,
  parts: { own: ListPart; of: (shard: Shard) => ListPart },
): Promise<Page<Execution>> {
  const found: Execution[] = [];
  for (const { shard, ...ids } of segments) {
    // One more than is asked for tells that there is another page.
    const limit = filter.limit + 1 - found.length;
    const part = within({ ...filter, limit }, ids);
    if (!part) continue;
    const own = await parts.own(part);
    const page = shard ? merge([own, await parts.of(shard)(part)], limit) : own;
    found.push(...page.items);
    if (found.length > filter.limit) break;
    if (page.nextCursor !== null) return { items: found, nextCursor: page.nextCursor };
  }
  return toPage(found, filter.limit, { item: (execution) => execution, cursor: byId });
}

/** The filter on a part of the ids; undefined where nothing of it is asked for. */
function within(filter: ExecutionFilter, ids: Part): ExecutionFilter | undefined {
  const { from = "", before = "~", cursor = "~" } = filter;
  const lowest = from > ids.from ? from : ids.from;
  const end = [before, cursor, ids.before].toSorted()[0] ?? "";
  return lowest < end ? { ...filter, from: lowest, before: end, cursor: undefined } : undefined;
}

/**
 * Pages of the same ids from two places. What one of them has not looked at yet is for the next page; what was moved from
 * one to the other meanwhile may be in both.
 */
export function merge(pages: readonly Page<Execution>[], limit: number): Page<Execution> {
  const looked = pages.flatMap(({ nextCursor }) => (nextCursor === null ? [] : [nextCursor]));
  const horizon = looked.toSorted().at(-1) ?? null;
  const all = new Map(pages.flatMap((page) => page.items).map((item) => [item.id, item]));
  const items = [...all.values()]
    .filter(({ id }) => horizon === null || id >= horizon)
    .toSorted((a, b) => (a.id < b.id ? 1 : -1));
  if (items.length > limit)
    return toPage(items, limit, { item: (execution) => execution, cursor: byId });
  return { items, nextCursor: horizon };
}
