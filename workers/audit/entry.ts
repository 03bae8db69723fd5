import { newId } from "../../shared/ids";
import type { Context } from "../platform/context";
import { auditEntries } from "./tables";

/**
 * The insert a verb puts in the same D1 batch as its own write, so that neither can exist without the other. `details`
 * say what changed and never hold a secret.
 */
export function auditEntry(
  ctx: Context,
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
