import { and, desc, eq, isNull, lt, sql } from "drizzle-orm";
import type {
  CreateMachineClient,
  MachineClient,
  MachineClientSecret,
} from "../../../shared/contracts/grants";
import type { Page, PageQuery } from "../../../shared/contracts/pages";
import { newId } from "../../../shared/ids";
import type { ClientScope } from "../../../shared/roles";
import { recorded, requireForSensitive } from "../../audit";
import { connections } from "../../connections/tables";
import { lastUses, type CredentialUse } from "../../ledger";
import { bumpEpoch } from "../../limits";
import { requirePermission, type Context } from "../../platform/context";
import { sha256Hex } from "../../platform/encoding";
import { HubError } from "../../platform/errors";
import { byId, toPage } from "../../platform/pages";
import { refusedNull } from "../../platform/refused";
import { randomText } from "../keys/api-key";
import { machineClients, people } from "../tables";

const maxClients = 200;
const makeSecret = (): string => `pbs_${randomText(40)}`;

type Row = {
  client: typeof machineClients.$inferSelect;
  person: { id: string; name: string } | null;
};

/** A client that acts for the team and for no person. It can do no more than whoever makes it. */
export async function createMachineClient(
  ctx: Context,
  input: CreateMachineClient,
): Promise<MachineClientSecret> {
  requirePermission(ctx, "clients.manage");
  for (const scope of input.scopes) requirePermission(ctx, scope);
  await requireForSensitive(ctx, "Making a machine client");
  const chosen = await requireOwnConnections(ctx, input.connections);
  const secret = makeSecret();
  const client = {
    id: newId("mac", ctx.now),
    name: input.name,
    scopes: [...new Set(input.scopes)],
    connections: chosen,
    createdBy: ctx.actor.personId ?? "",
    createdAt: ctx.now,
  };
  const live = sql`SELECT count(*) FROM ${machineClients} WHERE ${machineClients.teamId} = ${ctx.teamId} AND ${machineClients.revokedAt} IS NULL`;
  const { id, name, scopes } = client;
  const event = {
    action: "machine_client.create",
    subjectId: id,
    after: { name, scopes, connections: chosen },
  };
  const batch = recorded(ctx, event, [
    ctx.db.insert(machineClients).values({
      ...client,
      teamId: ctx.teamId,
      name: sql`CASE WHEN (${live}) < ${maxClients} THEN ${name} END`,
      hash: await sha256Hex(secret),
    }),
  ]);
  await batch.catch((error: unknown) => {
    throw refusedNull(error, "machine_clients.name") ? tooMany(error) : error;
  });
  return { ...(await findMachineClient(ctx, id)), clientSecret: secret };
}

export async function listMachineClients(
  ctx: Context,
  query: PageQuery,
): Promise<Page<MachineClient>> {
  requirePermission(ctx, "clients.manage");
  const rows = await rowsOf(ctx)
    .where(
      and(live(ctx), query.cursor === undefined ? undefined : lt(machineClients.id, query.cursor)),
    )
    .orderBy(desc(machineClients.id))
    .limit(query.limit + 1);
  const seen = await lastUses(
    ctx,
    rows.map(({ client }) => client.id),
  );
  return toPage(rows, query.limit, { item: (row) => shown(row, seen), cursor: byId });
}

/**
 * A new secret; the old one is refused from now on, and so are the tokens that were made with it. Whoever gets it can do
 * what the client can, so they must be able to do it themselves.
 */
export async function rotateMachineClient(ctx: Context, id: string): Promise<MachineClientSecret> {
  requirePermission(ctx, "clients.manage");
  const client = await findMachineClient(ctx, id);
  for (const scope of client.scopes) requirePermission(ctx, scope);
  await requireNoneHidden(ctx, client.connections);
  await requireForSensitive(ctx, "Rotating a machine client's secret");
  const secret = makeSecret();
  const { name } = client;
  await change(ctx, id, {
    action: "machine_client.rotate",
    details: { name },
    set: { hash: await sha256Hex(secret) },
  });
  return { ...client, clientSecret: secret };
}

export async function deleteMachineClient(ctx: Context, id: string): Promise<void> {
  requirePermission(ctx, "clients.manage");
  const { name, scopes } = await findMachineClient(ctx, id);
  await change(ctx, id, {
    action: "machine_client.delete",
    before: { name, scopes },
    set: { revokedAt: ctx.now },
  });
}

type Change = {
  action: string;
  details?: Record<string, unknown>;
  before?: Record<string, unknown>;
  set: Partial<typeof machineClients.$inferInsert>;
};

async function change(ctx: Context, id: string, { set, ...event }: Change): Promise<void> {
  await recorded(ctx, { ...event, subjectId: id }, [
    ctx.db
      .update(machineClients)
      .set(set)
      .where(and(eq(machineClients.id, id), live(ctx))),
  ]);
  await bumpEpoch(ctx, { ended: { grantId: id } });
}

async function findMachineClient(ctx: Context, id: string): Promise<MachineClient> {
  const row = await rowsOf(ctx)
    .where(and(eq(machineClients.id, id), live(ctx)))
    .get();
  if (row) return shown(row, await lastUses(ctx, [id]));
  throw new HubError(
    "not_found",
    `There is no machine client ${id}. List them at /api/v1/machine-clients.`,
  );
}

const rowsOf = (ctx: Context) =>
  ctx.db
    .select({ client: machineClients, person: { id: people.id, name: people.name } })
    .from(machineClients)
    .leftJoin(people, eq(people.id, machineClients.createdBy));

const live = (ctx: Context) =>
  and(eq(machineClients.teamId, ctx.teamId), isNull(machineClients.revokedAt));

function shown({ client, person }: Row, seen: ReadonlyMap<string, CredentialUse>): MachineClient {
  const { id, name, scopes, connections: chosen, createdBy, createdAt } = client;
  return {
    id,
    name,
    scopes: scopes as ClientScope[],
    connections: chosen,
    createdBy: person ?? { id: createdBy, name: "Somebody who left" },
    createdAt,
    lastSeen: seen.get(id) ?? null,
  };
}

/** Those of the team: what is one person's own is no client's that acts for nobody. */
async function ofTeam(ctx: Context): Promise<string[]> {
  const rows = await ctx.db
    .select({ id: connections.id })
    .from(connections)
    .where(and(eq(connections.teamId, ctx.teamId), isNull(connections.ownerId)));
  return rows.map(({ id }) => id);
}

/** Whoever makes it may use them all; who may not use all connections of the team has to choose. */
async function requireOwnConnections(
  ctx: Context,
  chosen: readonly string[] | null,
): Promise<string[] | null> {
  const all = await ofTeam(ctx);
  const own = new Set(all.filter((id) => !ctx.hidden.has(id)));
  if (chosen === null) {
    if (own.size === all.length) return null;
    throw new HubError(
      "forbidden",
      "You may not use every connection of the team, so name those the client may use.",
    );
  }
  const unknown = chosen.find((id) => !own.has(id));
  if (unknown === undefined) return [...new Set(chosen)];
  throw new HubError("not_found", `There is no connection ${unknown} that you could share.`);
}

async function requireNoneHidden(ctx: Context, chosen: readonly string[] | null): Promise<void> {
  const beyond = (chosen ?? (await ofTeam(ctx))).some((id) => ctx.hidden.has(id));
  if (!beyond) return;
  throw new HubError(
    "forbidden",
    "This client may use connections that you may not. Ask somebody who may use them all to rotate its secret.",
  );
}

const tooMany = (cause: unknown) =>
  new HubError(
    "conflict",
    `The team has ${maxClients} machine clients already. Delete one that is no longer used, then make the new one.`,
    { cause },
  );
