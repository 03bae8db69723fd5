import type { DrizzleD1Database } from "drizzle-orm/d1";
import { newId } from "../../../shared/ids";
import { accounts, people } from "../tables";
import { passwordRow } from "./account/set-password";
import { hashPassword } from "./password";

export type NewPerson = { name: string; email: string; password: string; now: number };

/**
 * Statements that make a person whose address is confirmed, with a password: for the batch that lets them into a team.
 * Where the address is taken, the batch fails on the unique `people.email`.
 */
export async function createPerson(
  db: DrizzleD1Database,
  { name, email, password, now }: NewPerson,
) {
  const personId = newId("per", now);
  const at = new Date(now);
  const statements = [
    db.insert(people).values({
      id: personId,
      name,
      email: email.toLowerCase(),
      emailVerified: true,
      createdAt: at,
      updatedAt: at,
    }),
    db.insert(accounts).values(passwordRow(personId, await hashPassword(password), now)),
  ] as const;
  return { personId, statements };
}
