import { monthOf, type Archived } from "./archive";
import type { IdRange } from "./history";
import type { Shard, Shards } from "./shards";

/** One object's executions, as retention asks for them: the head's own, or a shard's. */
export type Holder = {
  /** Ids of the oldest that have ended. */
  oldest: (range: IdRange & { most: number }) => string[] | Promise<string[]>;
  /** Writes those of the range into a file. Answers the file, where there is a bucket, and the ids to be deleted. */
  archive: (range: Chunk) => Promise<{ file: Archived | null; ids: string[] }>;
  remove: (ids: readonly string[]) => void | Promise<void>;
};
export type Chunk = { first: string; last: string };
/** What is being archived: it is done to the end before anything else is chosen, so that no execution is in two files. */
type Plan = Chunk & { shard: number | null };

const mostAtOnce = 5000;
const planKey = "archiving";

/** What was begun and not done yet; with null it is done. */
export function pendingPlan({ kv }: DurableObjectStorage, done?: null): Plan | undefined {
  if (done === null) kv.delete(planKey);
  return kv.get<Plan>(planKey);
}

/**
 * Archives and deletes some of what is older than `before`, oldest first. Interrupted anywhere and begun again, the same
 * file is written over with the same executions. True where there may be more.
 */
export async function retainSome(
  storage: DurableObjectStorage,
  {
    before,
    shards,
    holder,
    noteFile,
    dissolve,
  }: {
    before: string;
    shards: Shards;
    holder: (shard: Shard | null) => Holder;
    noteFile: (file: Archived) => void;
    /** A shard that holds nothing any more. */
    dissolve: (shard: Shard) => Promise<void>;
  },
): Promise<boolean> {
  const plan = pendingPlan(storage) ?? (await choose());
  if (!plan) return false;
  const shard = shards.all().find(({ n }) => n === plan.shard) ?? null;
  if (plan.shard === null || shard) {
    const from = holder(shard);
    const { file, ids } = await from.archive(plan);
    if (file) noteFile(file);
    await from.remove(ids);
  }
  pendingPlan(storage, null);
  return true;

  async function choose(): Promise<Plan | undefined> {
    for (const shard of [...shards.all(), null]) {
      const end = shard && shard.before < before ? shard.before : before;
      const ids = await holder(shard).oldest({ from: shard?.from, before: end, most: mostAtOnce });
      const [first] = ids;
      if (first !== undefined) {
        const last = ids.findLast((id) => monthOf(id) === monthOf(first)) ?? first;
        const chosen = { first, last, shard: shard?.n ?? null };
        storage.kv.put(planKey, chosen);
        return chosen;
      }
      if (shard && shard.before < before) await dissolve(shard);
    }
    return undefined;
  }
}
