import { and, eq } from "drizzle-orm";
import { bumpEpoch } from "../limits";
import type { Context } from "../platform/context";
import { HubError } from "../platform/errors";
import { connections, type ConnectionRow } from "./tables";

const maxScopes = 200;

/**
 * A server that takes the token and wants more for one thing (RFC 6750, `insufficient_scope`): what it wants is kept, so
 * that the next sign-in asks for it beside what was granted. Everything else the connection is good for goes on. Any
 * other error comes back as it is.
 */
export async function wantingMore(
  ctx: Context,
  row: ConnectionRow,
  error: unknown,
): Promise<unknown> {
  if (!(error instanceof HubError) || row.authState?.oauthClientId === undefined) return error;
  const wanted = scopesOf(error);
  if (wanted.length === 0) return error;
  const further = wanted.filter((scope) => !row.scopes.includes(scope));
  const missing = [...new Set([...row.missingScopes, ...further])].slice(0, maxScopes);
  if (missing.length > row.missingScopes.length) {
    await ctx.db
      .update(connections)
      .set({ missingScopes: missing })
      .where(and(eq(connections.id, row.id), eq(connections.teamId, ctx.teamId)));
    await bumpEpoch(ctx);
  }
  return new HubError(
    "connection_needs_auth",
    `The server behind ${row.name} asks for further permissions. Reconnect it to give them; its tools and policies stay.`,
    { cause: error, details: { wantedScopes: wanted } },
  );
}

function scopesOf({ details }: HubError): string[] {
  const wanted = details?.["wantedScopes"];
  return Array.isArray(wanted) ? wanted.filter((scope) => typeof scope === "string") : [];
}
