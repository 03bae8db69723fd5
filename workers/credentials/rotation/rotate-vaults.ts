import { describeError, log } from "../../platform/log";
import { registryOf } from "../../platform/registry";
import { ringName } from "../keys";
import { forgetDue, teamsDue } from "./due";
import { findTeamsToRotate } from "./find-teams";
import { rotateTeam } from "./rotate-team";

/** KV takes a thousand operations of one run, in which tokens are renewed too. */
const mostRecords = 500;
const mostTeams = 50;

/**
 * Every five minutes: goes on with every rotation that is under way, a bounded part of it, and begins those that a newer
 * master key asks for. Answers with how many records were sealed anew.
 */
export async function rotateVaults(env: Env, now: number): Promise<number> {
  const db = registryOf(env);
  await findTeamsToRotate(env, db, now);
  const budget = { records: mostRecords };
  let resealed = 0;
  for (const teamId of (await teamsDue(env, now)).slice(0, mostTeams)) {
    try {
      resealed += await rotateTeam({ env, db, teamId, budget }, now);
    } catch (error) {
      if ((await env.TOKENS.get(ringName(teamId))) === null) await forgetDue(env, teamId);
      log("error", "vault.rotation_failed", { teamId, error: describeError(error) });
    }
    if (budget.records <= 0) break;
  }
  return resealed;
}
