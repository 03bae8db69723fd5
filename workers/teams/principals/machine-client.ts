import type { Permission } from "../../../shared/roles";
import { credentialOf, liveClient } from "../oauth/client-credentials";
import { notAmong, ownOfOthers } from "./member";
import { tokenEnded, type Principal } from "./principal";

/** A machine client: what it was made with is what it may do, whatever becomes of its maker. Throws `unauthorized`. */
export async function readMachineClient(env: Env, credentialId: string): Promise<Principal> {
  const client = await liveClient(env, credentialId.split(".")[0] ?? "");
  if (!client || credentialOf(client) !== credentialId) throw tokenEnded();
  return machinePrincipal(env, client);
}

/** The same by the client's id, for what it asked for earlier. */
export async function readMachineClientById(env: Env, id: string): Promise<Principal> {
  const client = await liveClient(env, id);
  if (!client) throw tokenEnded();
  return machinePrincipal(env, client);
}

async function machinePrincipal(
  env: Env,
  { id, teamId, scopes, connections }: NonNullable<Awaited<ReturnType<typeof liveClient>>>,
): Promise<Principal> {
  return {
    teamId,
    actor: { kind: "mcpClient", id, personId: null },
    role: "machine client",
    permissions: new Set<Permission>(scopes),
    hidden: new Set([
      ...(await notAmong(env, teamId, connections)),
      ...(await ownOfOthers(env, { teamId, personId: null })),
    ]),
    secondFactorAt: null,
    expiresAt: null,
    allowedAddresses: null,
  };
}
