import { and, eq, like } from "drizzle-orm";
import { registryOf } from "../../platform/registry";
import { people, verifications } from "../tables";
import { passwordChangedLetter } from "./letters";
import { post } from "./post";

/**
 * Whoever set the password read the mail, so the address is theirs; browsers that were trusted to be asked for no second
 * factor are so no longer.
 */
export async function afterReset(
  env: Env,
  { origin, personId }: { origin: string; personId: string },
): Promise<void> {
  const db = registryOf(env);
  const [[person]] = await db.batch([
    db
      .update(people)
      .set({ emailVerified: true })
      .where(eq(people.id, personId))
      .returning({ email: people.email }),
    db
      .delete(verifications)
      .where(
        and(eq(verifications.value, personId), like(verifications.identifier, "trust-device-%")),
      ),
  ]);
  if (person) await post(env, passwordChangedLetter({ origin, to: person.email }));
}
