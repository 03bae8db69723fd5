import { and, eq, like } from "drizzle-orm";
import type * as z from "zod";
import type { AuthDone, ChangePassword } from "../../../shared/contracts/auth";
import type { Asking } from "../authenticate";
import { people, verifications } from "../tables";
import { askLibrary } from "./library/ask";
import { passwordChangedLetter } from "./letters";
import { attempt, byEmail } from "./lock-out";
import { authenticatePerson, noteOwn, requireFactorIfAny } from "./person";
import { post } from "./post";
import type { Passed } from "./signed-in";

/** Changes the password of whoever shows the present one. Throws `forbidden`, `conflict` where there is none. */
export async function changePassword(
  asking: Asking,
  input: z.infer<typeof ChangePassword>,
): Promise<Passed<z.infer<typeof AuthDone>>> {
  const person = await authenticatePerson(asking);
  await requireFactorIfAny(person, "Changing your password");
  const row = await person.db
    .select({ email: people.email })
    .from(people)
    .where(eq(people.id, person.personId))
    .get();
  const email = row?.email ?? "";
  const { cookies } = await attempt(asking.env, [await byEmail(email)], () =>
    askLibrary(asking, { method: "POST", path: "/change-password", body: input }),
  );
  await noteOwn(person, {
    action: "password.change",
    subjectId: person.personId,
    details: { endedOtherSessions: input.revokeOtherSessions === true },
  });
  await person.db
    .delete(verifications)
    .where(
      and(
        eq(verifications.value, person.personId),
        like(verifications.identifier, "trust-device-%"),
      ),
    );
  const letter = passwordChangedLetter({ origin: person.origin, to: email });
  asking.waitUntil(post(asking.env, letter).catch(() => undefined));
  return { body: { status: true }, cookies };
}
