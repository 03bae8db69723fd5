import { and, eq } from "drizzle-orm";
import { may, requirePermission, type Context } from "../../platform/context";
import { HubError } from "../../platform/errors";
import { clientGrants } from "../tables";
import { endGrant, forgetTokens } from "./end-grant";
import { reachable } from "./list-grants";

/**
 * The client's next request is refused, whatever it asks, and its open streams end. A key or token does so only with
 * `keys.write` or `clients.manage`: one that was stolen and can only read cuts nobody off.
 */
export async function cutOff(ctx: Context, request: Request, id: string): Promise<void> {
  const grant = await ctx.db
    .select()
    .from(clientGrants)
    .where(and(eq(clientGrants.id, id), reachable(ctx)))
    .get();
  if (!grant)
    throw new HubError(
      "not_found",
      `There is no AI client ${id} that you could cut off. List them at /api/v1/client-grants.`,
    );
  if (ctx.actor.kind !== "user" && !may(ctx, "clients.manage"))
    requirePermission(ctx, "keys.write");
  const { clientId, clientName, personId, resource, scopes } = grant;
  await endGrant(ctx, grant, { before: { clientId, clientName, personId, resource, scopes } });
  ctx.waitUntil(forgetTokens({ env: ctx.env, request }, [grant]));
}
