import { and, asc, eq, gt, inArray, like, lt, not, notExists } from "drizzle-orm";
import { registryOf } from "../../platform/registry";
import { accounts, members, passkeys, people, sessions, twoFactors } from "../tables";

const keptMs = 24 * 60 * 60_000;
const atOnce = 200;
const mostBatches = 40;

/**
 * Deletes accounts whose address nobody confirmed for a day: whoever owns the address can make one of their own. Answers
 * with how many went.
 */
export async function forgetUnconfirmed(env: Env, now: number): Promise<number> {
  const db = registryOf(env);
  const live = and(eq(sessions.userId, people.id), gt(sessions.expiresAt, new Date(now)));
  const forgotten = db
    .select({ id: people.id })
    .from(people)
    .where(
      and(
        eq(people.emailVerified, false),
        not(like(people.email, "%@no-email.invalid")),
        lt(people.createdAt, new Date(now - keptMs)),
        notExists(db.select().from(members).where(eq(members.personId, people.id))),
        notExists(db.select().from(sessions).where(live)),
      ),
    )
    .orderBy(asc(people.id))
    .limit(atOnce);
  let deleted = 0;
  for (let batch = 0; batch < mostBatches; batch++) {
    // All of them name the same people, since the row that says who goes is deleted last.
    const answers = await db.batch([
      db.delete(accounts).where(inArray(accounts.userId, forgotten)),
      db.delete(twoFactors).where(inArray(twoFactors.userId, forgotten)),
      db.delete(passkeys).where(inArray(passkeys.userId, forgotten)),
      db.delete(people).where(inArray(people.id, forgotten)),
    ]);
    const { changes } = answers[3].meta;
    deleted += changes;
    if (changes < atOnce) break;
  }
  return deleted;
}
