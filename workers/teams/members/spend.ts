import { eq } from "drizzle-orm";
import type { BatchItem } from "drizzle-orm/batch";
import { recorded, type Author } from "../../audit";
import { HubError } from "../../platform/errors";
import { refusedTaken } from "../../platform/refused";
import { invitations } from "../tables";
import { conditionFailed, memberIs, onlyIf, roleIsThere } from "./conditions";
import { isStillOpen } from "./invitations";
import { used, type Found } from "./show-invitation";

/** Of several who accept at once, one finds the invitation open; who sent it has the role still that it was judged by. */
export async function spend(
  author: Author,
  { invitation, inviterRole }: Found,
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
    onlyIf(author, memberIs(author, { personId: invitation.invitedBy, role: inviterRole ?? "" })),
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

export const accountExists = (cause?: unknown) =>
  new HubError(
    "conflict",
    "This email address has an account already. Sign in, then accept the invitation.",
    { cause },
  );
