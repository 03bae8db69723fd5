import { and, eq, sql } from "drizzle-orm";
import type { Account } from "../../../../shared/contracts/account";
import { recorded } from "../../../audit";
import { bumpEpoch } from "../../../limits";
import { HubError } from "../../../platform/errors";
import { members, sessions } from "../../tables";
import type { PersonContext } from "../person";
import { readAccount } from "./read";

/** The session goes on in another of the person's teams. A team they do not belong to answers as one nobody has. */
export async function chooseTeam(ctx: PersonContext, teamId: string): Promise<Account> {
  const { env, db, personId, sessionId } = ctx;
  const account = await readAccount(ctx);
  if (!account.teams.some(({ id }) => id === teamId))
    throw new HubError("not_found", "You belong to no such team. List yours: GET /api/v1/account.");
  if (ctx.teamId === teamId) return account;
  const member = sql`EXISTS (SELECT 1 FROM ${members} WHERE ${members.teamId} = ${teamId} AND ${members.personId} = ${personId})`;
  await recorded(
    { ...ctx, teamId },
    { action: "session.choose_team", subjectId: sessionId, before: { teamId: ctx.teamId } },
    [
      db
        .update(sessions)
        .set({ teamId })
        .where(and(eq(sessions.id, sessionId), member)),
    ],
  );
  const teams = [...new Set([ctx.teamId, teamId])].filter((id) => id !== null);
  await Promise.all(teams.map((id) => bumpEpoch({ env, teamId: id }, { changed: { sessionId } })));
  return { ...account, teamId };
}
