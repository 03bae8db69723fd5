import { env } from "cloudflare:workers";
import { drizzle } from "drizzle-orm/d1";
import { and, desc, eq } from "drizzle-orm";
import { newId } from "../../shared/ids";
import type { Permission } from "../../shared/roles";
import { outboxMails } from "../mail/tables";
import { customRoles, members, people } from "../teams/tables";
import type { TestTeam } from "./team";

/** Somebody's email address. */
export const emailOf = ({ personId }: TestTeam): string => `${personId}@example.com`;

/** A role of the team's own, made past all rules. */
export async function makeRole(team: TestTeam, permissions: Permission[]): Promise<string> {
  const id = newId("rol");
  await drizzle(env.DB)
    .insert(customRoles)
    .values({ id, teamId: team.id, name: id, description: "", permissions, createdAt: 1 });
  return id;
}

/** Gives somebody a role, past all rules. */
export async function giveRole(who: TestTeam, role: string): Promise<void> {
  await drizzle(env.DB)
    .update(members)
    .set({ role })
    .where(and(eq(members.teamId, who.id), eq(members.personId, who.personId)));
  await env.TEAM_GATE.getByName(who.id).bump();
}

/** Gives somebody this address, confirmed. */
export async function giveEmail(who: TestTeam, email: string): Promise<void> {
  await drizzle(env.DB).update(people).set({ email }).where(eq(people.id, who.personId));
}

/** The secret in the newest invitation that was mailed to this address. */
export async function invitationFor(email: string): Promise<string> {
  const mail = await drizzle(env.DB)
    .select()
    .from(outboxMails)
    .where(eq(outboxMails.to, email))
    .orderBy(desc(outboxMails.id))
    .limit(1)
    .get();
  const token = /\/invitation\?token=([0-9A-Za-z]+)/.exec(mail?.text ?? "")?.[1];
  if (token === undefined) throw new Error(`No invitation was mailed to ${email}.`);
  return token;
}
