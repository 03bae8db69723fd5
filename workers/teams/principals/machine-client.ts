import type { Permission } from "../../../shared/roles";
import { credentialOf, liveClient } from "../oauth/client-credentials";
import { notAmong, ownOfOthers } from "./member";
import { tokenEnded, type Principal } from "./principal";

/** A machine client: what it was made with is what it may do, whatever becomes of its maker. Throws `unauthorized`. */
export async function readMachineClient(env: Env, credentialId: string): Promise<Principal> {
  const client = await liveClient(env, credentialId.split(".")[0] ?? "");
  if (!client || credentialOf(client) !== credentialId) throw tokenEnded();
  const { id, teamId, scopes, connections } = client;
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
