import { and, eq, sql } from "drizzle-orm";
import { newId } from "../../../../shared/ids";
import { HubError } from "../../../platform/errors";
import { refusedNull } from "../../../platform/refused";
import { accounts } from "../../tables";
import { recordedFor } from "../events";
import { hashPassword } from "../password";
import { requireFactorOrRecent, type PersonContext } from "../person";

/** A first password, for whoever signs in by link or with a provider. Throws `conflict` where there is one. */
export async function setPassword(ctx: PersonContext, password: string): Promise<void> {
  const { db, personId, now } = ctx;
  await requireFactorOrRecent(ctx, "Setting a password");
  const hash = await hashPassword(password);
  const at = new Date(now);
  const credential = and(eq(accounts.userId, personId), eq(accounts.providerId, "credential"));
  // Of two at once the second finds a password: its account has no owner, which the table refuses.
  const owner = sql`CASE WHEN EXISTS (SELECT 1 FROM ${accounts} WHERE ${credential}) THEN NULL ELSE ${personId} END`;
  const change = recordedFor(ctx.asking, {
    whom: ctx,
    event: { action: "password.set", subjectId: personId },
    statements: [
      db.insert(accounts).values({
        id: newId("acc", now),
        userId: owner,
        accountId: personId,
        providerId: "credential",
        password: hash,
        createdAt: at,
        updatedAt: at,
      }),
    ],
  });
  await change.catch((error: unknown) => {
    throw refusedNull(error, "accounts.person_id")
      ? new HubError("conflict", "You have a password already. Change it instead.", {
          cause: error,
        })
      : error;
  });
}
