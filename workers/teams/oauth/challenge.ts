import { clientScopes, type ClientScope } from "../../../shared/roles";
import { may, type Context } from "../../platform/context";
import { HubError } from "../../platform/errors";
import { confirm } from "../authenticate";
import { readMember } from "../principals/member";
import { metadataUrlOf } from "./resources";

/** How an AI client finds out where to sign in (RFC 9728 §5.1), or that it needs more scopes (RFC 6750 §3.1). */
function bearerChallenge(
  request: Request,
  asked: { error?: "invalid_token" | "insufficient_scope"; scopes?: readonly ClientScope[] },
): string {
  const { error, scopes = clientScopes } = asked;
  return [
    'Bearer realm="Plugboard"',
    ...(error === undefined ? [] : [`error="${error}"`]),
    `scope="${scopes.join(" ")}"`,
    `resource_metadata="${metadataUrlOf(request)}"`,
  ].join(", ");
}

/** An answer of an MCP endpoint: a 401 says where to sign in. */
export function challenged(request: Request, response: Response): Response {
  if (response.status !== 401) return response;
  const sent = request.headers.has("authorization");
  response.headers.set(
    "www-authenticate",
    bearerChallenge(request, sent ? { error: "invalid_token" } : {}),
  );
  return response;
}

/**
 * A client whose token lacks a scope is told all it needs at once, so that one further consent is enough. Not so where
 * its person may not do it either: asking them again would change nothing.
 */
export async function requireScopes(
  ctx: Context,
  request: Request,
  needed: readonly ClientScope[],
): Promise<void> {
  if (ctx.actor.kind !== "mcpClient" || needed.every((scope) => may(ctx, scope))) return;
  const { actor, env, teamId } = await confirm(ctx);
  if (actor.personId !== null) {
    const member = await readMember(env, { teamId, personId: actor.personId });
    if (!needed.every((scope) => member?.permissions.has(scope))) return;
  }
  throw new HubError(
    "forbidden",
    `This client was not let do this: it needs the scopes ${needed.join(" and ")}. Sign in again to grant them.`,
    {
      details: { scopes: needed },
      headers: {
        "www-authenticate": bearerChallenge(request, {
          error: "insufficient_scope",
          scopes: needed,
        }),
      },
    },
  );
}
