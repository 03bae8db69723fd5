import type { Connection } from "../../shared/contracts/connections";
import type { Context } from "../platform/context";
import { HubError } from "../platform/errors";
import { askToken } from "./credential";
import { readManaged } from "./owner";
import { readConnection, toConnection } from "./rows";

/**
 * A new token now, whatever is left of the one in use. Throws `conflict` where the hub renews nothing, and what
 * `credentialFor` throws where none is to be had.
 */
export async function refreshConnection(ctx: Context, idOrSlug: string): Promise<Connection> {
  const row = await readManaged(ctx, idOrSlug);
  if (row.credentialId === null || !row.refreshes)
    throw new HubError(
      "conflict",
      `The hub cannot renew what the connection ${row.name} signs in with. Reconnect it, or enter a new credential.`,
    );
  await askToken(ctx, row, { force: true });
  return toConnection(await readConnection(ctx, row.id));
}
