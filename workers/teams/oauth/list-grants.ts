import { and, desc, eq, isNull, lt } from "drizzle-orm";
import type { ClientGrant } from "../../../shared/contracts/grants";
import type { Page, PageQuery } from "../../../shared/contracts/pages";
import { lastUses } from "../../ledger";
import { may, type Context } from "../../platform/context";
import { byId, toPage } from "../../platform/pages";
import { clientGrants, people } from "../tables";

/** The AI clients that are let in: by the caller, or by anybody of the team for whoever manages them. */
export async function listGrants(ctx: Context, query: PageQuery): Promise<Page<ClientGrant>> {
  const rows = await ctx.db
    .select({ grant: clientGrants, person: { id: people.id, name: people.name } })
    .from(clientGrants)
    .leftJoin(people, eq(people.id, clientGrants.personId))
    .where(
      and(
        reachable(ctx),
        query.cursor === undefined ? undefined : lt(clientGrants.id, query.cursor),
      ),
    )
    .orderBy(desc(clientGrants.id))
    .limit(query.limit + 1);
  const seen = await lastUses(
    ctx,
    rows.map(({ grant }) => grant.id),
  );
  return toPage(rows, query.limit, {
    item: ({ grant, person }) => ({
      id: grant.id,
      client: {
        id: grant.clientId,
        name: grant.clientName,
        redirectHost: grant.redirectHost,
      },
      person,
      resource: grant.resource,
      scopes: grant.scopes,
      connections: grant.connections,
      createdAt: grant.createdAt,
      lastSeen: seen.get(grant.id) ?? null,
      you: grant.personId === ctx.actor.personId,
    }),
    cursor: byId,
  });
}

/** The grants the caller can see and end. */
export function reachable(ctx: Context) {
  return and(
    eq(clientGrants.teamId, ctx.teamId),
    isNull(clientGrants.revokedAt),
    may(ctx, "clients.manage") ? undefined : eq(clientGrants.personId, ctx.actor.personId ?? ""),
  );
}
