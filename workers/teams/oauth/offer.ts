import { and, eq, inArray, isNull } from "drizzle-orm";
import { clientScopes, type ClientScope } from "../../../shared/roles";
import { connections } from "../../connections/tables";
import { registryOf } from "../../platform/registry";
import { readMember, type Member } from "../principals/member";
import { clientGrants, members, teams } from "../tables";
import { slugIn } from "./resources";

const maxTeams = 50;
const maxConnections = 500;

export const isClientScope = (scope: string): scope is ClientScope =>
  clientScopes.some((known) => known === scope);

export type TeamOffer = { id: string; name: string; member: Member };

/** The person's teams in which they may at least look at tools. */
export async function teamsOf(
  env: Env,
  { personId, onlyTeamId }: { personId: string; onlyTeamId: string | null },
): Promise<TeamOffer[]> {
  const rows = await registryOf(env)
    .select({ id: teams.id, name: teams.name })
    .from(members)
    .innerJoin(teams, eq(teams.id, members.teamId))
    .where(
      and(
        eq(members.personId, personId),
        onlyTeamId === null ? undefined : eq(members.teamId, onlyTeamId),
      ),
    )
    .orderBy(members.createdAt)
    .limit(maxTeams);
  const offers = await Promise.all(
    rows.map(async (team) => ({
      ...team,
      member: await readMember(env, { teamId: team.id, personId }),
    })),
  );
  return offers.flatMap(({ member, ...team }) =>
    member?.permissions.has("tools.read") ? [{ ...team, member }] : [],
  );
}

/** The connections the person can pass on: those they may use themselves, of the one name where one is asked for. */
export async function connectionsOf(env: Env, offers: readonly TeamOffer[], resource: string) {
  const hidden = new Set(offers.flatMap(({ member }) => [...member.hidden]));
  const slug = slugIn(resource);
  const rows = await registryOf(env)
    .select({ teamId: connections.teamId, id: connections.id, name: connections.name })
    .from(connections)
    .where(
      and(
        inArray(
          connections.teamId,
          offers.map(({ id }) => id),
        ),
        slug === undefined ? undefined : eq(connections.slug, slug),
      ),
    )
    .limit(maxConnections);
  return rows.filter(({ id }) => !hidden.has(id));
}

/** What the person let this client do at this resource before, in whichever of their teams. */
export async function grantsBefore(
  env: Env,
  of: { personId: string; clientId: string; resource: string },
) {
  return registryOf(env)
    .select()
    .from(clientGrants)
    .where(
      and(
        eq(clientGrants.personId, of.personId),
        eq(clientGrants.clientId, of.clientId),
        eq(clientGrants.resource, of.resource),
        isNull(clientGrants.revokedAt),
      ),
    );
}

/** What is asked for, and what the client had: a step up never takes away. */
export function askedScopes(
  requested: readonly string[],
  before: readonly { scopes: readonly string[] }[],
): ClientScope[] {
  const known = requested.filter(isClientScope);
  const had = before.flatMap(({ scopes }) => scopes);
  return clientScopes.filter(
    (scope) =>
      // A client that names no scope, or none of ours, is offered what a client can have.
      scope === "tools.read" || known.length === 0 || known.includes(scope) || had.includes(scope),
  );
}
