import { and, eq, sql } from "drizzle-orm";
import type { ConnectionAccess } from "../../shared/contracts/members";
import { isBuiltInRole } from "../../shared/roles";
import { recorded } from "../audit";
import { bumpEpoch } from "../limits";
import { requirePermission, requireSecondFactor, type Context } from "../platform/context";
import { HubError } from "../platform/errors";
import { refusedNull } from "../platform/refused";
import { connectionAccess, customRoles, members } from "../teams/tables";
import { readConnection } from "./rows";
import { connections, type ConnectionRow } from "./tables";

/** Who may use a connection, and whether a call through it asks for a second factor. */
export async function readAccess(ctx: Context, idOrSlug: string): Promise<ConnectionAccess> {
  requirePermission(ctx, "connections.write");
  const row = await readConnection(ctx, idOrSlug);
  requireTeams(row);
  const { id, restricted, needsSecondFactor } = row;
  const rows = await ctx.db.select().from(connectionAccess).where(of(ctx, id));
  const named = (kind: "role" | "person") =>
    rows
      .filter((row) => row.kind === kind)
      .map(({ subjectId }) => subjectId)
      .toSorted();
  return { restricted, roles: named("role"), people: named("person"), needsSecondFactor };
}

/**
 * Sets all of it. It holds for everybody's next request, and for open pages at once. Whoever does away with the second
 * factor shows theirs, else the demand would keep nobody out who may configure.
 */
export async function setAccess(
  ctx: Context,
  idOrSlug: string,
  access: ConnectionAccess,
): Promise<ConnectionAccess> {
  requirePermission(ctx, "connections.write");
  const { restricted, needsSecondFactor } = access;
  const [roles, people] = [[...new Set(access.roles)], [...new Set(access.people)]];
  if (!restricted && roles.length + people.length > 0)
    throw new HubError(
      "invalid_input",
      "body.restricted: a connection that is open to the whole team names no roles and no people",
      { details: { field: "body.restricted" } },
    );
  const row = await readConnection(ctx, idOrSlug);
  requireTeams(row);
  const { id } = row;
  const before = await readAccess(ctx, id);
  if (before.needsSecondFactor && !needsSecondFactor)
    requireSecondFactor(ctx, "Doing away with the second factor here");
  await requireKnown(ctx, { roles, people });
  const after = {
    restricted,
    roles: roles.toSorted(),
    people: people.toSorted(),
    needsSecondFactor,
  };
  const subjects = restricted
    ? [
        // Always there: where the last that it names are gone, it stays closed.
        ["nobody", ""],
        ...roles.map((role) => ["role", role]),
        ...people.map((person) => ["person", person]),
      ]
    : [];
  const event = { action: "connection.access", subjectId: id, before, after };
  const batch = recorded(ctx, event, [
    ctx.db.delete(connectionAccess).where(of(ctx, id)),
    // A connection that was deleted meanwhile has no id here, which the table refuses.
    ctx.db
      .insert(connectionAccess)
      .select(
        sql`SELECT ${ctx.teamId}, (SELECT id FROM ${connections} WHERE id = ${id} AND team_id = ${ctx.teamId}), value ->> 0, value ->> 1 FROM json_each(${JSON.stringify(subjects)})`,
      ),
    ctx.db
      .update(connections)
      .set({ needsSecondFactor })
      .where(and(eq(connections.id, id), eq(connections.teamId, ctx.teamId))),
  ]);
  await batch.catch((error: unknown) => {
    if (!refusedNull(error, "connection_access.connection_id")) throw error;
    throw new HubError("conflict", "The connection was deleted while this was asked.", {
      cause: error,
    });
  });
  await bumpEpoch(ctx, { changed: "everyone" });
  return after;
}

/** What is one person's own has nobody to be opened to. */
function requireTeams({ name, ownerId }: ConnectionRow): void {
  if (ownerId === null) return;
  throw new HubError(
    "conflict",
    `The connection ${name} is your own: nobody else can use it, so it has no access list. Make a connection of the team to share one.`,
  );
}

const of = (ctx: Context, connectionId: string) =>
  and(eq(connectionAccess.teamId, ctx.teamId), eq(connectionAccess.connectionId, connectionId));

/** Throws `invalid_input` for a role or a person that the team does not have. */
async function requireKnown(
  ctx: Context,
  { roles, people }: { roles: string[]; people: string[] },
): Promise<void> {
  const own = JSON.stringify(roles.filter((role) => !isBuiltInRole(role)));
  const [roleless, personless] = await ctx.db.batch([
    ctx.db
      .select({ id: sql<string>`value` })
      .from(
        sql`json_each(${own}) WHERE value NOT IN (SELECT id FROM ${customRoles} WHERE team_id = ${ctx.teamId})`,
      ),
    ctx.db
      .select({ id: sql<string>`value` })
      .from(
        sql`json_each(${JSON.stringify(people)}) WHERE value NOT IN (SELECT person_id FROM ${members} WHERE team_id = ${ctx.teamId})`,
      ),
  ]);
  for (const [field, what, [unknown]] of [
    ["roles", "role", roleless],
    ["people", "member", personless],
  ] as const)
    if (unknown)
      throw new HubError(
        "invalid_input",
        `body.${field}: the team has no ${what} ${JSON.stringify(unknown.id)}`,
        { details: { field: `body.${field}` } },
      );
}
