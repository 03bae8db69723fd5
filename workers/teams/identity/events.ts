import type { BatchItem } from "drizzle-orm/batch";
import { recorded, type AuditEvent, type Author } from "../../audit";
import { log } from "../../platform/log";
import { registryOf } from "../../platform/registry";
import type { Asking } from "../authenticate";
import { visitOf } from "../visit";
import { firstTeamOf } from "./first-team";

export type Whom = { personId: string; teamId?: string | null; sessionId?: string };
export type PersonChange = {
  whom: Whom;
  event: AuditEvent;
  statements: readonly BatchItem<"sqlite">[];
};

/**
 * Who acts in something that concerns a person: an entry of the team their session works in, or would. Undefined for a
 * person in no team, whose doings no team's log holds.
 */
async function authorOf(asking: Asking, whom: Whom): Promise<Author | undefined> {
  const { personId, sessionId } = whom;
  const teamId = whom.teamId ?? (await firstTeamOf(asking.env, personId));
  if (teamId === null) return undefined;
  return {
    ...visitOf(asking),
    teamId,
    actor:
      sessionId === undefined
        ? { kind: "system", id: "sign-in", personId: null }
        : { kind: "user", id: personId, personId, sessionId },
  };
}

/** Runs the statements with an entry of that team in the same batch; of a person in no team a line of the log tells. */
export async function recordedFor(
  asking: Asking,
  { whom, event, statements }: PersonChange,
): Promise<void> {
  const author = await authorOf(asking, whom);
  if (author) {
    await recorded(author, event, statements);
    return;
  }
  const [first, ...others] = statements;
  if (first) await registryOf(asking.env).batch([first, ...others]);
  log("info", "identity.event", {
    requestId: asking.requestId,
    action: event.action,
    personId: whom.personId,
  });
}

/** Records what the identity library did. */
export const noteEvent = (asking: Asking, whom: Whom, event: AuditEvent): Promise<void> =>
  recordedFor(asking, { whom, event, statements: [] });
