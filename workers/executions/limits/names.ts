import { and, eq, sql, type Column } from "drizzle-orm";
import { connections } from "../../connections/tables";
import { may, type Context } from "../../platform/context";
import { shownTo } from "../../platform/hidden";
import { apiKeys, clientGrants, machineClients, members, people, teams } from "../../teams/tables";
import { tools } from "../../tools/tables";

/**
 * How the team's people, keys, clients, connections, tools and the team itself are called, by id. What is not there, or
 * not for the caller, has no name; somebody else's key that the caller may not see goes by its id.
 */
export async function namesOf(
  ctx: Context,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  if (ids.length === 0) return names;
  const { db, teamId, actor } = ctx;
  const list = JSON.stringify([...new Set(ids)]);
  const among = (column: Column) => sql`${column} IN (SELECT value FROM json_each(${list}))`;
  const [persons, keys, grants, machines, found, called, own] = await db.batch([
    db
      .select({ id: members.personId, name: people.name })
      .from(members)
      .innerJoin(people, eq(people.id, members.personId))
      .where(and(eq(members.teamId, teamId), among(members.personId))),
    db
      .select({ id: apiKeys.id, name: apiKeys.name, personId: apiKeys.personId })
      .from(apiKeys)
      .where(and(eq(apiKeys.teamId, teamId), among(apiKeys.id))),
    db
      .select({
        id: clientGrants.id,
        name: clientGrants.clientName,
        personId: clientGrants.personId,
      })
      .from(clientGrants)
      .where(and(eq(clientGrants.teamId, teamId), among(clientGrants.id))),
    db
      .select({ id: machineClients.id, name: machineClients.name })
      .from(machineClients)
      .where(and(eq(machineClients.teamId, teamId), among(machineClients.id))),
    db
      .select({ id: connections.id, name: connections.name })
      .from(connections)
      .where(
        and(eq(connections.teamId, teamId), among(connections.id), shownTo(ctx, connections.id)),
      ),
    db
      .select({ id: tools.id, name: tools.exposedName })
      .from(tools)
      .where(and(eq(tools.teamId, teamId), among(tools.id), shownTo(ctx, tools.connectionId))),
    db
      .select({ id: teams.id, name: teams.name })
      .from(teams)
      .where(and(eq(teams.id, teamId), among(teams.id))),
  ]);
  const isOwn = (personId: string) => personId === actor.personId;
  const add = <Row extends { id: string; name: string }>(
    rows: readonly Row[],
    isShown: (row: Row) => boolean = () => true,
  ) => {
    for (const row of rows) names.set(row.id, isShown(row) ? row.name : row.id);
  };
  add(persons, ({ id }) => isOwn(id) || may(ctx, "members.read"));
  add(keys, ({ personId }) => isOwn(personId) || may(ctx, "keys.manage"));
  add(grants, ({ personId }) => isOwn(personId) || may(ctx, "clients.manage"));
  add(machines, ({ id }) => id === actor.id || may(ctx, "clients.manage"));
  add(found);
  add(called);
  add(own);
  return names;
}
