import { lowestIdAt } from "../../shared/ids";
import { ledgerRows } from "../platform/settings";
import { archiveKey, bucketOf, openArchives, writeArchive } from "./archive";
import { unitMs } from "./buckets";
import { openCounting } from "./counting";
import type { Due } from "./due";
import type { Events } from "./events";
import { openHistory, past, type Whole } from "./history";
import { moveSome } from "./move";
import { openReach } from "./reach";
import { currentPlan } from "./team-plan";
import { pendingPlan, retainSome, type Chunk, type Holder } from "./retention";
import { openRollups, type Ended } from "./rollups";
import type { Room } from "./room";
import { openShards, shardName, type Shard } from "./shards";

export const upkeepKind = "ledger.upkeep";
const goneKey = "executions_gone";
const tryAgainMs = unitMs.minute;
/** So many executions one object holds, however large they are. */
const surelyFits = 25_000;

/**
 * What keeps a ledger small and quick however much happens: counts in the place of rows, files in the place of what is
 * old, further objects in the place of one that is too large.
 */
export function openUpkeep({
  storage,
  env,
  teamId,
  due,
  events,
  room,
}: {
  storage: DurableObjectStorage;
  env: Env;
  teamId: string;
  due: Due;
  events: Events;
  room: Room;
}) {
  const { sql, kv } = storage;
  const history = openHistory(storage, events);
  const rollups = openRollups(storage);
  const counting = openCounting(storage, rollups);
  const shards = openShards(storage);
  const archives = openArchives(sql);
  let arranged = false;
  /** How many that have ended are here; undefined until it is asked. */
  let held: number | undefined;

  if (!counting.isDone()) due.setBy(upkeepKind, "", Date.now());

  const further = ({ n }: Shard) => env.TEAM_LEDGER.getByName(shardName(teamId, n));

  return {
    rollups,
    archives,
    shards,
    reach: openReach({ sql, shards, further }),
    count,
    afterWrite,
    run,
    archive,
    remove,
    oldest: history.oldest,
    take: (whole: string) => storage.transactionSync(() => history.put(JSON.parse(whole) as Whole)),
  };

  /** Executions that have just ended, within the transaction that ends them. */
  function count(ended: ReadonlyMap<string, Ended>): void {
    rollups.add([...ended].flatMap(([id, one]) => (counting.hasPassed(id) ? [one] : [])));
  }

  /** Something was written: there may be work now, and there is some every day. */
  function afterWrite(ended: number): void {
    if (held !== undefined) held += ended;
    held ??= rollups.counted() - (kv.get<number>(goneKey) ?? 0);
    const now = Date.now();
    if (!counting.isDone() || isTooLarge(held)) due.setBy(upkeepKind, "", now);
    else if (!arranged) due.setBy(upkeepKind, "", now + unitMs.day);
    arranged = true;
  }

  /** Some of what is to be done; answers when there is more. */
  async function run(now: number): Promise<number> {
    if (counting.step()) return now;
    held = rollups.counted() - (kv.get<number>(goneKey) ?? 0);
    // What was begun is done to the end first.
    if (pendingPlan(storage)) return (await retain(now)) ? now : now + tryAgainMs;
    if (isTooLarge(held) && (await move(held))) return now;
    const next = kv.get<number>("retain_at") ?? 0;
    if (now < next) return next;
    if ((await retain(now)) || rollups.drop(now)) return now;
    kv.put("retain_at", now + unitMs.day);
    return now + unitMs.day;
  }

  function isTooLarge(executions: number): boolean {
    return executions > ledgerRows(env) || !room.forMore();
  }

  async function move(executions: number): Promise<boolean> {
    return moveSome({
      history,
      shards,
      // Where so many are too large for this object, they are for another one.
      capacity: Math.min(ledgerRows(env), Math.max(executions, surelyFits)),
      further: (shard) => ({ take: (whole) => further(shard).take(teamId, whole) }),
      remove: (shard, ids) => {
        removeHere(ids, () => shards.took(shard, ids));
        shards.reload();
      },
    });
  }

  async function retain(now: number): Promise<boolean> {
    const plan = await currentPlan(env, teamId);
    if (plan === null) return false;
    return retainSome(storage, {
      before: lowestIdAt("exe", now - plan.keptDays * unitMs.day),
      shards,
      holder,
      noteFile: (file) => {
        if (!kv.get<boolean>("erased")) archives.add(file);
      },
      dissolve: async (shard) => {
        await further(shard).erase();
        shards.forget(shard);
      },
    });
  }

  function holder(shard: Shard | null): Holder {
    if (!shard) return { oldest: history.oldest, archive, remove };
    const stub = further(shard);
    return {
      oldest: (range) => stub.oldest(range),
      archive: (chunk) => stub.archive(teamId, chunk),
      remove: (ids) => stub.remove(teamId, ids),
    };
  }

  async function archive({ first, last }: Chunk): ReturnType<Holder["archive"]> {
    const whole = history.read({ from: first, before: past(last) });
    const ids = whole.executions.map(({ id }) => id);
    const bucket = bucketOf(env);
    if (!bucket || ids.length === 0) return { file: null, ids };
    const file = await writeArchive({ bucket, teamId }, whole, { first, last });
    // The team was deleted while it was written: it came after all its files were gone.
    if (kv.get<boolean>("erased")) {
      await bucket.delete(archiveKey(teamId, file.name));
      return { file: null, ids };
    }
    return { file, ids };
  }

  /** Deletes what is in an archive by now. */
  function remove(ids: readonly string[]): void {
    removeHere(ids, () => pendingPlan(storage, null));
  }

  function removeHere(ids: readonly string[], note: () => void): void {
    storage.transactionSync(() => {
      history.remove(ids);
      kv.put(goneKey, (kv.get<number>(goneKey) ?? 0) + ids.length);
      note();
    });
    held = undefined;
  }
}
