import { eq } from "drizzle-orm";
import type { Account, UpdateAccount } from "../../../../shared/contracts/account";
import { people } from "../../tables";
import { recordedFor } from "../events";
import { requireOwnSession, type PersonContext } from "../person";
import { readAccount } from "./read";

export async function updateAccount(ctx: PersonContext, change: UpdateAccount): Promise<Account> {
  requireOwnSession(ctx, "Changing your name");
  const before = await readAccount(ctx);
  const name = change.name ?? before.person.name;
  await recordedFor(ctx.asking, {
    whom: ctx,
    event: {
      action: "person.update",
      subjectId: ctx.personId,
      before: { name: before.person.name },
      after: { name },
    },
    statements: [
      ctx.db
        .update(people)
        .set({ name, updatedAt: new Date(ctx.now) })
        .where(eq(people.id, ctx.personId)),
    ],
  });
  return { ...before, person: { ...before.person, name } };
}
