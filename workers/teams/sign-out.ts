import { and, eq } from "drizzle-orm";
import { auditEntry } from "../audit";
import { bumpEpoch } from "../limits";
import type { Context } from "../platform/context";
import { HubError } from "../platform/errors";
import { confirm, withSession, type Asking } from "./authenticate";
import { sessionSecretOf } from "./session-cookie";
import { sessions } from "./tables";

/** Ends the session of the request's cookie, if there is one that still goes on. */
export async function signOut(asking: Asking): Promise<void> {
  const secret = sessionSecretOf(asking.request);
  if (secret === undefined) return;
  const ctx = await sessionOf(asking, secret);
  if (ctx?.actor.kind !== "user") return;
  const { sessionId } = ctx.actor;
  await ctx.db.batch([
    ctx.db
      .update(sessions)
      .set({ revokedAt: ctx.now })
      .where(and(eq(sessions.id, sessionId), eq(sessions.teamId, ctx.teamId))),
    auditEntry(ctx, "session.revoke", sessionId),
  ]);
  await bumpEpoch(ctx);
}

async function sessionOf(asking: Asking, secret: string): Promise<Context | undefined> {
  try {
    return await confirm(await withSession(asking, secret));
  } catch (error) {
    if (error instanceof HubError && error.code === "unauthorized") return undefined;
    throw error;
  }
}
