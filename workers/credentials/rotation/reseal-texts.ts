import { findDataKey, teamKey } from "../keys";
import { open, seal } from "../sealing";
import { textPlace } from "../store";
import type { Work } from "./reseal";

/**
 * Seals anew what the team's ledger keeps for its jobs and is sealed with this key, as far as the budget goes. Answers
 * as `resealAll` does.
 */
export async function resealTexts(
  { env, teamId, budget }: Work,
  oldId: string,
): Promise<{ done: number; stuck: number; whole: boolean }> {
  const ledger = env.TEAM_LEDGER.getByName(teamId);
  let done = 0;
  let stuck = 0;
  for (let after = 0; budget.records > 0;) {
    const found = await ledger.sealedJobText(oldId, after);
    if (!found) return { done, stuck, whole: true };
    after = found.place;
    budget.records -= 1;
    const place = textPlace(teamId, { purpose: `job-${found.body}`, id: found.jobId });
    const old = await findDataKey(env, teamId, oldId);
    const plain = old && (await open(old, place, found.sealed).catch(() => null));
    if (!plain) {
      stuck += 1;
      continue;
    }
    const newest = await teamKey(env, teamId);
    await ledger.resealJobText(found, await seal(newest, place, new Uint8Array(plain)));
    done += 1;
  }
  return { done, stuck, whole: false };
}
