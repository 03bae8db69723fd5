import { newId } from "../../shared/ids";
import type { Context } from "../platform/context";
import { auditEntries } from "./tables";

/** What an entry needs of a context: signing in writes one before there is a whole context. */
export type Author = Pick<Context, "db" | "teamId" | "actor" | "requestId" | "now">;

/**
 * The insert a verb puts in the same D1 batch as its own write, so that neither can exist without the other. `details`
 * say what changed and never hold a secret.
 */
export function auditEntry(
  ctx: Author,
  action: string,
  subjectId: string,
  details: Record<string, unknown> = {},
) {
  return ctx.db.insert(auditEntries).values({
    id: newId("aud", ctx.now),
    teamId: ctx.teamId,
    at: ctx.now,
    actorKind: ctx.actor.kind,
    actorId: ctx.actor.id,
    personId: ctx.actor.personId,
    action,
    subjectId,
    requestId: ctx.requestId,
    details,
  });
}
