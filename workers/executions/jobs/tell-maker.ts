import { newId } from "../../../shared/ids";
import { notify } from "../../notifications";
import { registryOf } from "../../platform/registry";
import { jobEnded } from "./matters";

/** Puts the end of a job into the inbox of the person who asked for it. Twice is once: it is the same matter. */
export async function tellMaker(
  env: Env,
  { teamId, jobId }: { teamId: string; jobId: string },
): Promise<void> {
  const ledger = env.TEAM_LEDGER.getByName(teamId);
  const { job } = (await ledger.getJob(jobId)) ?? {};
  if (job && job.finishedAt !== null && job.actor.personId !== null)
    await notify(toldBySystem(env, teamId), jobEnded(job, job.actor.personId));
  await ledger.noteNotified(jobId, job?.finishedAt ?? null);
}

/** Who tells what nobody did. */
export const toldBySystem = (env: Env, teamId: string) => ({
  env,
  db: registryOf(env),
  teamId,
  now: Date.now(),
  requestId: newId("req"),
});
