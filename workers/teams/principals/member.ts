import { and, eq, isNotNull, ne, notInArray, or } from "drizzle-orm";
import { isBuiltInRole, permissionsOf, type Permission } from "../../../shared/roles";
import { registryOf } from "../../platform/registry";
import { connections } from "../../connections/tables";
import { connectionAccess, customRoles, members } from "../tables";

export type Member = {
  role: string;
  permissions: ReadonlySet<Permission>;
  hidden: ReadonlySet<string>;
};

export type Narrowing = {
  /** What of the member's permissions is left; null for all. */
  scopes: readonly Permission[] | null;
  /** The connections that are left, by id; null for all. */
  connections: readonly string[] | null;
};

/** What a person may do in a team, narrowed by what their credential was made for; undefined for who is no member. */
export async function readMember(
  env: Env,
  who: { teamId: string; personId: string },
  narrowing: Narrowing = { scopes: null, connections: null },
): Promise<Member | undefined> {
  const row = await registryOf(env)
    .select({
      role: members.role,
      name: customRoles.name,
      permissions: customRoles.permissions,
    })
    .from(members)
    .leftJoin(
      customRoles,
      and(eq(customRoles.teamId, members.teamId), eq(customRoles.id, members.role)),
    )
    .where(and(eq(members.teamId, who.teamId), eq(members.personId, who.personId)))
    .get();
  if (!row) return undefined;
  const granted = isBuiltInRole(row.role)
    ? permissionsOf(row.role)
    : new Set<Permission>(row.permissions);
  const permissions = narrow(granted, narrowing.scopes);
  // Whoever configures connections needs no row to use one; a key of theirs with fewer scopes does not either.
  const closed = granted.has("connections.write") ? [] : closedTo(env, who, row.role);
  const beyond = notAmong(env, who.teamId, narrowing.connections);
  const personal = ownOfOthers(env, who);
  return {
    role: row.name ?? row.role,
    permissions,
    hidden: new Set((await Promise.all([closed, beyond, personal])).flat()),
  };
}

/** What is somebody else's own is there for nobody else, whatever they may configure; nor for who is no person. */
export async function ownOfOthers(
  env: Env,
  { teamId, personId }: { teamId: string; personId: string | null },
): Promise<string[]> {
  const rows = await registryOf(env)
    .select({ id: connections.id })
    .from(connections)
    .where(
      and(
        eq(connections.teamId, teamId),
        isNotNull(connections.ownerId),
        personId === null ? undefined : ne(connections.ownerId, personId),
      ),
    );
  return rows.map(({ id }) => id);
}

export function narrow(
  granted: ReadonlySet<Permission>,
  scopes: readonly Permission[] | null,
): ReadonlySet<Permission> {
  return scopes === null ? granted : new Set(scopes.filter((scope) => granted.has(scope)));
}

/** Connections with an access list that names neither the person nor their role. */
async function closedTo(
  env: Env,
  { teamId, personId }: { teamId: string; personId: string },
  role: string,
): Promise<string[]> {
  const db = registryOf(env);
  const open = db
    .select({ id: connectionAccess.connectionId })
    .from(connectionAccess)
    .where(
      and(
        eq(connectionAccess.teamId, teamId),
        or(
          and(eq(connectionAccess.kind, "role"), eq(connectionAccess.subjectId, role)),
          and(eq(connectionAccess.kind, "person"), eq(connectionAccess.subjectId, personId)),
        ),
      ),
    );
  const rows = await db
    .selectDistinct({ id: connectionAccess.connectionId })
    .from(connectionAccess)
    .where(
      and(eq(connectionAccess.teamId, teamId), notInArray(connectionAccess.connectionId, open)),
    );
  return rows.map(({ id }) => id);
}

/** The team's connections that are not among `chosen`. */
export async function notAmong(
  env: Env,
  teamId: string,
  chosen: readonly string[] | null,
): Promise<string[]> {
  if (chosen === null) return [];
  const rows = await registryOf(env)
    .select({ id: connections.id })
    .from(connections)
    .where(eq(connections.teamId, teamId));
  const left = new Set(chosen);
  return rows.map(({ id }) => id).filter((id) => !left.has(id));
}
