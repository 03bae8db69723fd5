import { eq, sql } from "drizzle-orm";
import type { BatchItem } from "drizzle-orm/batch";
import { recorded, type Author } from "../../audit";
import { HubError } from "../../platform/errors";
import { refusedTaken } from "../../platform/refused";
import { invitations, members } from "../tables";
import { conditionFailed, onlyIf, roleIsThere } from "./conditions";
import { isStillOpen } from "./invitations";
import { used, type Found } from "./show-invitation";

/** Of several who accept at once, one finds the invitation open. */
export async function spend(
  author: Author,
  { invitation }: Found,
  personId: string,
  statements: BatchItem<"sqlite">[],
): Promise<void> {
  const { db, now } = author;
  const event = {
    action: "invitation.accept",
    subjectId: invitation.id,
    details: { personId },
    after: { email: invitation.email, role: invitation.role },
  };
  const batch = recorded(author, event, [
    onlyIf(author, isStillOpen(invitation, now)),
    onlyIf(author, roleIsThere(author, invitation.role)),
    onlyIf(author, inviterIsThere(invitation)),
    ...statements,
    db.update(invitations).set({ acceptedAt: now }).where(eq(invitations.id, invitation.id)),
  ]);
  await batch.catch((error: unknown) => {
    if (conditionFailed(error)) throw used(error);
    if (refusedTaken(error, "people.email")) throw accountExists(error);
    if (refusedTaken(error, "members."))
      throw new HubError("conflict", "You belong to this team already.", { cause: error });
    throw error;
  });
}

const inviterIsThere = ({ teamId, invitedBy }: Found["invitation"]) =>
  sql`EXISTS (SELECT 1 FROM ${members} WHERE team_id = ${teamId} AND person_id = ${invitedBy})`;

export const accountExists = (cause?: unknown) =>
  new HubError(
    "conflict",
    "This email address has an account already. Sign in, then accept the invitation.",
    { cause },
  );
