import { eq } from "drizzle-orm";
import { registryOf } from "../../platform/registry";
import { people } from "../tables";
import { forgetPending } from "./forget-pending";
import { passwordChangedLetter } from "./letters";
import { post } from "./post";

/** Whoever set the password read the mail, so the address is theirs. */
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
    forgetPending(db, personId),
  ]);
  if (person) await post(env, passwordChangedLetter({ origin, to: person.email }));
}
