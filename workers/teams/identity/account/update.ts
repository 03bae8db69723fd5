import { eq } from "drizzle-orm";
import type { Account, UpdateAccount } from "../../../../shared/contracts/account";
import { recorded } from "../../../audit";
import { people } from "../../tables";
import { authorOf } from "../events";
import { requireOwnSession, type PersonContext } from "../person";
import { readAccount } from "./read";

export async function updateAccount(ctx: PersonContext, change: UpdateAccount): Promise<Account> {
  requireOwnSession(ctx, "Changing your name");
  const before = await readAccount(ctx);
  const name = change.name ?? before.person.name;
  const statements = [
    ctx.db
      .update(people)
      .set({ name, updatedAt: new Date(ctx.now) })
      .where(eq(people.id, ctx.personId)),
  ] as const;
  const author = await authorOf(ctx.asking, ctx);
  const event = {
    action: "person.update",
    subjectId: ctx.personId,
    before: { name: before.person.name },
    after: { name },
  };
  await (author ? recorded(author, event, statements) : ctx.db.batch(statements));
  return { ...before, person: { ...before.person, name } };
}
