import { eq } from "drizzle-orm";
import { bumpEpoch } from "../../../limits";
import { HubError } from "../../../platform/errors";
import { sessions, twoFactors } from "../../tables";
import { recordedFor } from "../events";
import { noteOwn, type PersonContext } from "../person";
import { attempt, byFactor } from "../lock-out";
import { spendBackupCode, verifyTotpCode } from "../factor-codes";

/** Shows the second factor again in a session that goes on: a code of the app, or a recovery code, each good once. */
export async function showSecondFactor(ctx: PersonContext, code: string): Promise<void> {
  const { env, db, personId, sessionId, teamId, now } = ctx;
  const factor = await db.select().from(twoFactors).where(eq(twoFactors.userId, personId)).get();
  if (!factor || factor.verified === false)
    throw new HubError(
      "conflict",
      "You have no second factor yet. Set one up in your security settings.",
    );
  const by = await attempt(env, [byFactor(personId)], async () => {
    if (await verifyTotpCode(env, factor, code)) return "authenticator app";
    if (await spendBackupCode(env, factor, code)) return "recovery code";
    await noteOwn(ctx, { action: "second_factor.failed", subjectId: personId });
    throw new HubError("forbidden", "This code is not right. Enter the one your app shows now.");
  });
  await recordedFor(ctx.asking, {
    whom: ctx,
    event: { action: "second_factor.show", subjectId: sessionId, details: { by } },
    statements: [
      db.update(sessions).set({ secondFactorAt: now }).where(eq(sessions.id, sessionId)),
    ],
  });
  if (teamId !== null) await bumpEpoch({ env, teamId });
}
