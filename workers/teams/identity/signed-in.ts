import type { SignedInPerson } from "../../../shared/contracts/auth";
import type { Asking } from "../authenticate";
import { toAuthPerson } from "./auth-person";
import { noteEvent } from "./events";
import type { Answer } from "./library/ask";

/** What a verb of signing in answers with: the body, and the cookies the library set. */
export type Passed<Body> = { body: Body; cookies: string[] };

/** Notes the session that was opened. The library's answer holds its token, so only the person is passed on. */
export async function signedIn(
  asking: Asking,
  { body, cookies, opened }: Answer,
  by: string,
): Promise<Passed<SignedInPerson>> {
  if (body.twoFactorRedirect === true) return { body: { twoFactorRedirect: true }, cookies };
  if (opened)
    await noteEvent(
      asking,
      { personId: opened.userId, teamId: opened.teamId, sessionId: opened.id },
      { action: "session.create", subjectId: opened.id, details: { by } },
    );
  return { body: body.user ? { user: toAuthPerson(body.user) } : {}, cookies };
}
