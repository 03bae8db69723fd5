import { and, eq } from "drizzle-orm";
import { recorded } from "../../audit";
import { bumpEpoch } from "../../limits";
import type { Context } from "../../platform/context";
import { HubError } from "../../platform/errors";
import { confirm, withSession, type Asking } from "../authenticate";
import { sessionTokenOf } from "../session-cookie";
import { sessions } from "../tables";

/** Ends the session of the request's cookie, if there is one that still goes on. */
export async function signOut(asking: Asking): Promise<void> {
  const token = sessionTokenOf(asking.env, asking.request);
  if (token === undefined) return;
  const ctx = await sessionOf(asking, token);
  if (ctx?.actor.kind !== "user") return;
  const { sessionId } = ctx.actor;
  await recorded(ctx, { action: "session.end", subjectId: sessionId }, [
    ctx.db.delete(sessions).where(and(eq(sessions.id, sessionId), eq(sessions.teamId, ctx.teamId))),
  ]);
  await bumpEpoch(ctx);
}

async function sessionOf(asking: Asking, token: string): Promise<Context | undefined> {
  try {
    return await confirm(await withSession(asking, token));
  } catch (error) {
    if (error instanceof HubError && error.code === "unauthorized") return undefined;
    throw error;
  }
}
