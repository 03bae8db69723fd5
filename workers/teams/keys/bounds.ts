import { and, eq } from "drizzle-orm";
import type { Permission } from "../../../shared/roles";
import type { Context } from "../../platform/context";
import { HubError } from "../../platform/errors";
import { apiKeys } from "../tables";
import { isWithin } from "./addresses";

/** What a key has: null for all its person may do, for ever, from anywhere. */
export type Extent = {
  scopes: Permission[] | null;
  expiresAt: number | null;
  allowedAddresses: string[] | null;
};

/**
 * What no key can go beyond that the caller makes, rotates or changes: the extent of the key they came with, so that a
 * stolen narrow key gets its thief no wider, longer or freer one. A session has no bounds but the role.
 */
export async function boundsOf(ctx: Context): Promise<Extent> {
  const { actor } = ctx;
  if (actor.kind === "user") return { scopes: null, expiresAt: null, allowedAddresses: null };
  const key =
    actor.kind === "apiKey"
      ? await ctx.db
          .select({
            scopes: apiKeys.scopes,
            expiresAt: apiKeys.expiresAt,
            allowedAddresses: apiKeys.allowedAddresses,
          })
          .from(apiKeys)
          .where(and(eq(apiKeys.id, actor.id), eq(apiKeys.teamId, ctx.teamId)))
          .get()
      : undefined;
  if (!key)
    throw new HubError(
      "forbidden",
      "API keys belong to people. Sign in, or use an API key, to make or change one.",
    );
  return key;
}

/** Throws `forbidden` where one of these goes beyond the caller's own permissions; names the first. */
export function requireOwnPermissions(ctx: Context, scopes: readonly Permission[]): void {
  const beyond = scopes.find((scope) => !ctx.permissions.has(scope));
  if (beyond === undefined) return;
  throw new HubError(
    "forbidden",
    `You cannot give a key the permission ${beyond}: you do not have it here yourself.`,
    { details: { permission: beyond } },
  );
}

/** Throws `forbidden` where an extent goes beyond the bounds. */
export function requireWithin(
  bounds: Extent,
  { scopes, expiresAt, allowedAddresses }: Extent,
): void {
  const beyond =
    bounds.scopes === null
      ? undefined
      : (scopes ?? ["everything your role gives"]).find(
          (scope) => !bounds.scopes?.some((own) => own === scope),
        );
  if (beyond !== undefined) throw wider(`It would have more permissions: ${beyond}.`);
  if (bounds.expiresAt !== null && (expiresAt === null || expiresAt > bounds.expiresAt))
    throw wider("It would last longer.");
  if (
    bounds.allowedAddresses !== null &&
    (allowedAddresses === null || !isWithin(allowedAddresses, bounds.allowedAddresses))
  )
    throw wider("It could be used from more addresses.");
}

const wider = (reason: string) =>
  new HubError(
    "forbidden",
    `The key would be wider than the one you came with. ${reason} Sign in with a browser to do this.`,
  );
