import { and, eq, isNull } from "drizzle-orm";
import { HubError } from "../../platform/errors";
import { registryOf } from "../../platform/registry";
import type { Absent } from "../act-as";
import { clientGrants } from "../tables";
import { readApiKeyById } from "./api-key";
import { readMachineClientById } from "./machine-client";
import { readMember } from "./member";
import { tokenEnded, type Principal } from "./principal";

type Who = Pick<Absent, "teamId" | "actor" | "secondFactorAt"> & { now: number };

/** Who asked for something earlier, as they stand now in the team they asked in. Throws `unauthorized`, `forbidden`. */
export async function readAbsent(env: Env, who: Who): Promise<Principal> {
  const principal = await behind(env, who);
  const { teamId, expiresAt } = principal;
  if (teamId !== who.teamId || (expiresAt !== null && who.now >= expiresAt)) throw tokenEnded();
  return principal;
}

async function behind(env: Env, who: Who): Promise<Principal> {
  const { kind, id, personId } = who.actor;
  switch (kind) {
    case "user":
      return readPerson(env, who, id);
    case "apiKey":
      return readApiKeyById(env, id);
    case "mcpClient":
      return personId === null ? readMachineClientById(env, id) : readGrant(env, who, personId);
    case "system":
      throw tokenEnded();
  }
}

/** Whoever was signed in: that they belong to the team is what counts. */
async function readPerson(env: Env, who: Who, personId: string): Promise<Principal> {
  const { teamId, secondFactorAt } = who;
  const member = await readMember(env, { teamId, personId });
  if (!member)
    throw new HubError(
      "forbidden",
      "Whoever asked for this is not a member of the team any more. Somebody who is has to ask for it anew.",
    );
  return {
    ...member,
    teamId,
    actor: { kind: "user", id: personId, personId, sessionId: "" },
    secondFactorAt,
    expiresAt: null,
    allowedAddresses: null,
  };
}

async function readGrant(env: Env, { teamId, actor }: Who, personId: string): Promise<Principal> {
  const grant = await registryOf(env)
    .select()
    .from(clientGrants)
    .where(
      and(
        eq(clientGrants.id, actor.id),
        eq(clientGrants.personId, personId),
        eq(clientGrants.teamId, teamId),
        isNull(clientGrants.revokedAt),
      ),
    )
    .get();
  const member = grant && (await readMember(env, grant, grant));
  if (!member) throw tokenEnded();
  return {
    ...member,
    teamId,
    actor: { kind: "mcpClient", id: grant.id, personId },
    secondFactorAt: grant.secondFactorAt,
    expiresAt: null,
    allowedAddresses: null,
  };
}
