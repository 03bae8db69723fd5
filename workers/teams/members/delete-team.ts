import { eq, getTableColumns, is, sql } from "drizzle-orm";
import { SQLiteTable, type SQLiteColumn } from "drizzle-orm/sqlite-core";
import * as auditTables from "../../audit/tables";
import * as connectionTables from "../../connections/tables";
import * as credentialTables from "../../credentials/tables";
import * as limitTables from "../../limits/tables";
import * as noticeTables from "../../notifications/tables";
import { requirePermission, requireSecondFactor, type Context } from "../../platform/context";
import { HubError } from "../../platform/errors";
import { log } from "../../platform/log";
import * as toolTables from "../../tools/tables";
import * as teamTables from "../tables";
import { movesTo } from "./remove";
import { readAuthor } from "./standing";
import { getTeam } from "./team";

/** Destroys the team's data key, and with it every secret of the team. */
export type Destroy = (env: Env, teamId: string) => Promise<void>;

/** Every table with rows of a team. Sessions belong to people: they move. */
const tablesOfTeams = Object.values({
  ...auditTables,
  ...connectionTables,
  ...credentialTables,
  ...limitTables,
  ...noticeTables,
  ...toolTables,
  ...teamTables,
})
  .filter((table) => is(table, SQLiteTable))
  .flatMap((table) => {
    const { teamId } = getTableColumns(table) as Record<string, SQLiteColumn>;
    return table === teamTables.sessions || teamId === undefined ? [] : [{ table, teamId }];
  });

/**
 * Deletes the team for good. Its data key goes first: from then on nothing that any store still holds of its secrets
 * opens, whatever else fails. Interrupted before its rows go, it is asked for again; after, its ledger erases the rest by
 * itself. Its members' sessions go on in another team, or in none.
 */
export async function deleteTeam(ctx: Context, name: string, destroy: Destroy): Promise<void> {
  requirePermission(ctx, "team.delete");
  const { env, db, teamId, requestId } = ctx;
  const team = await getTeam(ctx);
  if (name.trim() !== team.name)
    throw new HubError(
      "invalid_input",
      "body.name: is not the name of this team. Repeat it to delete the team.",
      { details: { field: "body.name" } },
    );
  if (team.sensitiveNeedsSecondFactor) requireSecondFactor(ctx, "Deleting the team");
  await requireStillMay(ctx);
  const ledger = env.TEAM_LEDGER.getByName(teamId);
  await ledger.expectDeletion(teamId);
  await destroy(env, teamId);
  const { sessions, teams } = teamTables;
  await db.batch([
    db
      .update(sessions)
      .set({ teamId: movesTo(teamId, sql`sessions.person_id`) })
      .where(eq(sessions.teamId, teamId)),
    ...tablesOfTeams.map(({ table, teamId: column }) => db.delete(table).where(eq(column, teamId))),
    db.delete(teams).where(eq(teams.id, teamId)),
  ]);
  // A rotation of its keys may have written them back while its rows were there; from here on it finds no team.
  await destroy(env, teamId);
  await env.TEAM_GATE.getByName(teamId).erase();
  await ledger.erase();
  const { kind: actorKind, id: actorId, personId } = ctx.actor;
  // The team's audit log goes with it: this line is what tells of the deletion.
  log("warn", "team.deleted", { requestId, teamId, actorKind, actorId, personId });
}

/** What is remembered of the caller was compared a moment ago; for what cannot be undone it is read again. */
async function requireStillMay(ctx: Context): Promise<void> {
  const { role } = await readAuthor(ctx);
  if (role !== undefined) return;
  throw new HubError("forbidden", "A team is deleted by one of its members.");
}
