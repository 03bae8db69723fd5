import { record, type AuditEvent, type Author } from "../../audit";
import { addressOf } from "../../platform/address";
import { log } from "../../platform/log";
import { registryOf } from "../../platform/registry";
import type { Asking } from "../authenticate";
import { firstTeamOf } from "./first-team";

export type Whom = { personId: string; teamId?: string | null; sessionId?: string };

/**
 * Who acts in something that concerns a person: an entry of the team their session works in, or would. Undefined for a
 * person in no team, whose doings no team's log holds.
 */
export async function authorOf(asking: Asking, whom: Whom): Promise<Author | undefined> {
  const { env, request, requestId, now } = asking;
  const { personId, sessionId } = whom;
  const teamId = whom.teamId ?? (await firstTeamOf(env, personId));
  if (teamId === null) return undefined;
  return {
    env,
    db: registryOf(env),
    teamId,
    actor:
      sessionId === undefined
        ? { kind: "system", id: "sign-in", personId: null }
        : { kind: "user", id: personId, personId, sessionId },
    address: addressOf(env, request),
    userAgent: request.headers.get("user-agent"),
    requestId,
    now,
  };
}

/** Records what the identity library did. */
export async function noteEvent(asking: Asking, whom: Whom, event: AuditEvent): Promise<void> {
  const author = await authorOf(asking, whom);
  if (author) await record(author, event);
  else
    log("info", "identity.event", {
      requestId: asking.requestId,
      action: event.action,
      personId: whom.personId,
    });
}
