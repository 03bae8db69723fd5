import { and, eq, inArray } from "drizzle-orm";
import type { ExecutionTop, ExecutionTopQuery } from "../../../shared/contracts/charts";
import { connections } from "../../connections/tables";
import { may, requirePermission, type Context } from "../../platform/context";
import { machineClients, members, people } from "../../teams/tables";
import { tools } from "../../tools/tables";
import { spanOf } from "./range";

/** What was used most: tools, connections, whoever called, or what went wrong. */
export async function topOfExecutions(
  ctx: Context,
  query: ExecutionTopQuery,
): Promise<ExecutionTop> {
  requirePermission(ctx, "executions.read");
  const { by, limit } = query;
  const found = await ctx.env.TEAM_LEDGER.getByName(ctx.teamId).top({
    ...spanOf(ctx, query),
    by,
    limit,
    hidden: [...ctx.hidden],
  });
  const names = await namesOf(
    ctx,
    by,
    found.map(({ key }) => key),
  );
  return {
    items: found.map(({ connectionId: _on, ...item }) => ({
      ...item,
      name: names.get(item.key) ?? item.key,
    })),
  };
}

/** What is gone has no name any more, and who may not read the members is told no person's. */
async function namesOf(
  ctx: Context,
  by: ExecutionTopQuery["by"],
  keys: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (keys.length === 0 || by === "error") return new Map();
  if (by === "tool") return named(await toolsOf(ctx, keys));
  if (by === "connection") return named(await connectionsOf(ctx, keys));
  return may(ctx, "members.read") ? named(await actorsOf(ctx, keys)) : new Map();
}

type Named = { id: string; name: string };

const named = (rows: readonly Named[]) => new Map(rows.map(({ id, name }) => [id, name]));

const toolsOf = ({ db, teamId }: Context, ids: readonly string[]): Promise<Named[]> =>
  db
    .select({ id: tools.id, name: tools.exposedName })
    .from(tools)
    .where(and(eq(tools.teamId, teamId), inArray(tools.id, [...ids])));

const connectionsOf = ({ db, teamId }: Context, ids: readonly string[]): Promise<Named[]> =>
  db
    .select({ id: connections.id, name: connections.name })
    .from(connections)
    .where(and(eq(connections.teamId, teamId), inArray(connections.id, [...ids])));

async function actorsOf({ db, teamId }: Context, ids: readonly string[]): Promise<Named[]> {
  const [persons, machines] = await db.batch([
    db
      .select({ id: people.id, name: people.name })
      .from(members)
      .innerJoin(people, eq(people.id, members.personId))
      .where(and(eq(members.teamId, teamId), inArray(members.personId, [...ids]))),
    db
      .select({ id: machineClients.id, name: machineClients.name })
      .from(machineClients)
      .where(and(eq(machineClients.teamId, teamId), inArray(machineClients.id, [...ids]))),
  ]);
  return [...persons, ...machines];
}
