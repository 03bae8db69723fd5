import { eq } from "drizzle-orm";
import { record, type Author } from "../../audit";
import { HubError } from "../../platform/errors";
import { teams } from "../../teams/tables";
import { adoptRing, destroyTeamKey, loadRing, storeRing } from "../keys";
import { newestMasterId } from "../master-keys";
import { oldIn, withNewest, withoutOld, withWaitingKey, type Ring } from "../ring";
import { forgetDue, noteDue } from "./due";
import { nextStep, settleMs, stepAfterPass } from "./next-step";
import { resealAll, type Work } from "./reseal";
import { resealTexts } from "./reseal-texts";
import { sweepRecords } from "./sweep";

/**
 * Takes a team's rotation as far as it goes now, and notes when to go on. Each step leaves ring, records and rows as the
 * next one needs them: it can be killed anywhere, and run twice at once. Answers with how many records it sealed anew.
 */
export async function rotateTeam(work: Work, now: number): Promise<number> {
  const { env, teamId } = work;
  if (!(await isThere(work))) {
    // A registry that was put back from before the team is no reason to touch its keys.
    await forgetDue(env, teamId);
    return 0;
  }
  const ring = await loadRing(env, teamId);
  await adoptRing(teamId, ring);
  const step = nextStep(ring, { newestMaster: newestMasterId(env), now });
  switch (step.do) {
    case "begin":
      await beginRotation(systemAuthor(work, now), ring);
      return 0;
    case "wait":
      await noteDue(env, teamId, step.until);
      return 0;
    case "promote": {
      const promoted = withNewest(ring, step.id, now);
      await storeForTeam(work, promoted);
      await adoptRing(teamId, promoted);
      return passOver(work, promoted, now);
    }
    case "reseal":
      return passOver(work, ring, now);
    case "nothing":
      await forgetDue(env, teamId);
      return 0;
  }
}

/** Adds the key that is to take over, and wraps the ring with the newest master key. */
export async function beginRotation(author: Author, ring: Ring): Promise<void> {
  const { env, teamId, now } = author;
  const master = newestMasterId(env);
  // First: whoever is killed here leaves a note to look at a team with nothing to do.
  await noteDue(env, teamId, now + settleMs);
  await record(author, {
    action: "vault.rotate",
    subjectId: teamId,
    before: { dataKeyId: ring.newest, masterKeyId: ring.keys[ring.newest]?.master },
    after: { masterKeyId: master },
  });
  await storeForTeam(author, withWaitingKey(ring, master, now));
}

/** Seals anew what names an old key; where nothing has for long enough, drops the old keys. */
async function passOver(work: Work, ring: Ring, now: number): Promise<number> {
  const { env, teamId } = work;
  let done = 0;
  let left = 0;
  for (const oldId of oldIn(ring)) {
    const pass = await resealAll(work, oldId);
    done += pass.done;
    left += pass.stuck;
    const texts = await resealTexts(work, oldId);
    done += texts.done;
    left += texts.stuck;
    if (!pass.whole || !texts.whole) {
      await noteDue(env, teamId, now);
      return done;
    }
  }
  const step = stepAfterPass(ring, { done, left, now });
  const mended = step.do === "drop" ? await sweepRecords(work, now) : 0;
  if (mended > 0) {
    await storeForTeam(work, {
      ...ring,
      rotation: ring.rotation && { ...ring.rotation, emptySince: null },
    });
    await noteDue(env, teamId, now);
  } else if (step.do === "drop") {
    await record(systemAuthor(work, now), {
      action: "vault.rotated",
      subjectId: teamId,
      after: { dataKeyId: ring.newest, masterKeyId: ring.keys[ring.newest]?.master },
    });
    await storeForTeam(work, withoutOld(ring, now));
    // Once more: a master key that was named meanwhile starts the next one.
    await noteDue(env, teamId, now + settleMs);
  } else {
    if (step.rotation) await storeForTeam(work, { ...ring, rotation: step.rotation });
    await noteDue(env, teamId, step.again);
  }
  return done;
}

/** A team that was deleted meanwhile does not get its keys back. Throws `unavailable` for one. */
async function storeForTeam(
  { env, db, teamId }: Pick<Work, "env" | "db" | "teamId">,
  ring: Ring,
): Promise<void> {
  await storeRing(env, teamId, ring);
  if (await isThere({ db, teamId })) return;
  await destroyTeamKey(env, teamId);
  throw new HubError("unavailable", "The team was deleted while its keys were rotated.");
}

async function isThere({ db, teamId }: Pick<Work, "db" | "teamId">): Promise<boolean> {
  const team = await db.select({ id: teams.id }).from(teams).where(eq(teams.id, teamId)).get();
  return team !== undefined;
}

const systemAuthor = ({ env, db, teamId }: Work, now: number): Author => ({
  env,
  db,
  teamId,
  actor: { kind: "system", id: "cron", personId: null },
  address: null,
  userAgent: null,
  requestId: "cron",
  now,
});
