import { eq } from "drizzle-orm";
import { bumpEpoch } from "../../limits";
import { registryOf } from "../../platform/registry";
import type { Asking } from "../authenticate";
import { liveSession } from "../principals/session";
import { requireOrigin, sessionTokenOf } from "../session-cookie";
import { sessions } from "../tables";
import { recordedFor } from "./events";

/** Ends the session of the request's cookie, if there is one that still goes on. */
export async function signOut(asking: Asking): Promise<void> {
  const { env, request } = asking;
  if (sessionTokenOf(env, request) === undefined) return;
  requireOrigin(request);
  const session = await liveSession(asking);
  if (!session) return;
  const { id: sessionId, userId: personId, teamId } = session;
  await recordedFor(asking, {
    whom: { personId, teamId, sessionId },
    event: { action: "session.end", subjectId: sessionId },
    statements: [registryOf(env).delete(sessions).where(eq(sessions.id, sessionId))],
  });
  if (teamId !== null) await bumpEpoch({ env, teamId }, { ended: { sessionId } });
}
