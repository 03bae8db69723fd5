import { describeError, log } from "../platform/log";
import { bucketOf, eraseArchive } from "./archive";
import { unitMs } from "./buckets";
import type { Due } from "./due";
import { currentPlan } from "./team-plan";
import { shardName, type Shards } from "./shards";

export const leaveKind = "ledger.leave";
export const lookKind = "ledger.look_for_team";
const leavingKey = "leaving";
const tryAgainMs = unitMs.minute;
/** By then whoever deletes a team has done it, or never will. */
const lookAfterMs = 5 * unitMs.minute;

/** That nothing of a deleted team stays, wherever its deletion was interrupted. */
export function openLeaving({
  storage: { kv },
  env,
  teamId,
  due,
  shards,
}: {
  storage: DurableObjectStorage;
  env: Env;
  teamId: string;
  due: Due;
  shards: Shards;
}) {
  return { expect, look, note, erase };

  /** The team is about to be deleted: whether it was is looked at later. */
  function expect(): void {
    due.set(lookKind, "", Date.now() + lookAfterMs);
  }

  /** Where the registry has no such team any more, all of it goes that whoever deleted it did not come to. */
  async function look(eraseAll: () => Promise<void>): Promise<undefined> {
    if ((await currentPlan(env, teamId)) !== null) return;
    await env.TEAM_GATE.getByName(teamId).erase();
    await eraseAll();
  }

  /**
   * What is to be erased elsewhere, and that the alarm sees to it should nobody else come to its end. Within the
   * transaction that empties the tables, and after that: what is due is in one of them.
   */
  function note(): void {
    const all = [...(kv.get<number[]>(leavingKey) ?? []), ...shards.all().map(({ n }) => n)];
    kv.put(leavingKey, [...new Set(all)]);
    due.set(leaveKind, "", Date.now() + tryAgainMs);
  }

  /** Erases it. Answers when it is to be tried again, where something failed. */
  async function erase(now: number): Promise<number | undefined> {
    shards.reload();
    const leaving = kv.get<number[]>(leavingKey);
    if (!leaving) return undefined;
    try {
      for (const n of leaving) await env.TEAM_LEDGER.getByName(shardName(teamId, n)).erase();
      const bucket = bucketOf(env);
      if (bucket) await eraseArchive(bucket, teamId);
      kv.delete(leavingKey);
      due.clear(leaveKind, "");
      return undefined;
    } catch (error) {
      log("error", "ledger.erase_failed", { teamId, error: describeError(error) });
      return now + tryAgainMs;
    }
  }
}
