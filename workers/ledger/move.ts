import { past, type History } from "./history";
import type { Shard, Shards } from "./shards";

/** A further object of the ledger, as the head asks it. */
export type Further = { take: (whole: string) => Promise<void> };

const mostAtOnce = 500;

/**
 * Moves the oldest executions that have ended to a further object: copied first, which changes nothing where it was done
 * before, deleted here after. Between the two they stand in both, and are asked for here.
 */
export async function moveSome({
  history,
  shards,
  further,
  capacity,
  remove,
}: {
  history: History;
  shards: Shards;
  further: (shard: Shard) => Further;
  /** How many one object holds. */
  capacity: number;
  /** Deletes them here, in one transaction with the note of where they are. */
  remove: (shard: Shard, ids: readonly string[]) => void;
}): Promise<boolean> {
  const most = Math.min(mostAtOnce, Math.max(1, Math.ceil(capacity / 5)));
  const [oldest] = history.oldest({ most: 1 });
  if (oldest === undefined) return false;
  // What came late belongs to the part of the ids it is in.
  const covering = shards.covering(oldest);
  const newest = shards.all().at(-1);
  const shard = covering ?? (newest && newest.taken < capacity ? newest : shards.make());
  const ids = history.oldest(
    covering
      ? { from: oldest, before: covering.before, most }
      : { from: oldest, most: Math.min(most, capacity - shard.taken) },
  );
  const last = ids.at(-1);
  if (last === undefined) return false;
  const { executions, events } = history.read({ from: oldest, before: past(last) });
  await further(shard).take(JSON.stringify({ executions, events }));
  remove(shard, ids);
  return true;
}
