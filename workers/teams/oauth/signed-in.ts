import { HubError } from "../../platform/errors";
import type { Asking } from "../authenticate";
import { findSession, sessionEnded } from "../principals/session";
import { requireOrigin, sessionTokenOf } from "../session-cookie";

export type SignedInPerson = {
  sessionId: string;
  personId: string;
  teamId: string | null;
  /** The one team the session is good for, where that team's identity provider opened it. */
  onlyTeamId: string | null;
  secondFactorAt: number | null;
};

/**
 * Whose browser asks. Only a page of this very origin may: the hub's other host names have other sessions, and pages
 * that CORS lets in have no business here.
 */
export async function signedIn({ env, request, now }: Asking): Promise<SignedInPerson> {
  requireOrigin(request);
  if (request.headers.get("origin") !== new URL(request.url).origin)
    throw new HubError("forbidden", "Only the hub's own page may answer for you.");
  const token = sessionTokenOf(env, request);
  const session = token === undefined ? undefined : await findSession(env, token);
  if (!session || session.expiresAt.getTime() <= now) throw sessionEnded();
  const { id: sessionId, userId: personId, teamId, onlyTeamId, secondFactorAt } = session;
  return { sessionId, personId, teamId, onlyTeamId, secondFactorAt };
}
