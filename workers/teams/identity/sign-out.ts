import { eq } from "drizzle-orm";
import { recorded } from "../../audit";
import { bumpEpoch } from "../../limits";
import { registryOf } from "../../platform/registry";
import type { Asking } from "../authenticate";
import { requireOrigin, sessionTokenOf } from "../session-cookie";
import { sessions } from "../tables";
import { authorOf } from "./events";
import { liveSession } from "./library/ask";

/** Ends the session of the request's cookie, if there is one that still goes on. */
export async function signOut(asking: Asking): Promise<void> {
  const { env, request } = asking;
  if (sessionTokenOf(env, request) === undefined) return;
  requireOrigin(request);
  const session = await liveSession(asking);
  if (!session) return;
  const { id: sessionId, userId: personId, teamId } = session;
  const db = registryOf(env);
  const statements = [db.delete(sessions).where(eq(sessions.id, sessionId))] as const;
  const author = await authorOf(asking, { personId, teamId, sessionId });
  const event = { action: "session.end", subjectId: sessionId };
  await (author ? recorded(author, event, statements) : db.batch(statements));
  if (teamId !== null) await bumpEpoch({ env, teamId }, { ended: { sessionId } });
}
