import type * as z from "zod";
import type { AuthDone, ChangePassword } from "../../../shared/contracts/auth";
import type { Asking } from "../authenticate";
import { recordedFor } from "./events";
import { forgetPending } from "./forget-pending";
import { askLibrary } from "./library/ask";
import { passwordChangedLetter } from "./letters";
import { attempt, byPassword } from "./lock-out";
import { authenticatePerson, emailOf, requireFactorIfAny } from "./person";
import { post } from "./post";
import type { Passed } from "./signed-in";

/** Changes the password of whoever shows the present one. Throws `forbidden`, `conflict` where there is none. */
export async function changePassword(
  asking: Asking,
  input: z.infer<typeof ChangePassword>,
): Promise<Passed<z.infer<typeof AuthDone>>> {
  const person = await authenticatePerson(asking);
  await requireFactorIfAny(person, "Changing your password");
  const email = await emailOf(person);
  const { cookies } = await attempt(asking.env, [byPassword(person.personId)], () =>
    askLibrary(asking, { method: "POST", path: "/change-password", body: input }),
  );
  await recordedFor(asking, {
    whom: person,
    event: {
      action: "password.change",
      subjectId: person.personId,
      details: { endedOtherSessions: input.revokeOtherSessions === true },
    },
    statements: [forgetPending(person.db, person.personId)],
  });
  const letter = passwordChangedLetter({ origin: person.origin, to: email });
  asking.waitUntil(post(asking.env, letter).catch(() => undefined));
  return { body: { status: true }, cookies };
}
