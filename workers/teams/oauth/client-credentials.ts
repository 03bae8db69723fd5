import { timingSafeEqual } from "node:crypto";
import { and, eq, isNull } from "drizzle-orm";
import { addressOf } from "../../platform/address";
import { sha256Hex, utf8 } from "../../platform/encoding";
import { registryOf } from "../../platform/registry";
import type { Asking } from "../authenticate";
import { signAccessToken } from "../identity/tokens/sign";
import { machineClients, teams } from "../tables";
import { credentialsOf, oauthAnswer, oauthError } from "./form";
import { spend } from "./rates";
import { resourceAt } from "./resources";

/** RFC 6749 §4.4: a machine client gets a token of one hour for one resource, and no refresh token. */
export async function exchangeClientCredentials(
  asking: Asking,
  form: URLSearchParams,
): Promise<Response> {
  const { env, request, now } = asking;
  const { clientId, secret, basic } = credentialsOf(request, form);
  if (basic && (form.has("client_id") || form.has("client_secret")))
    return oauthError("invalid_request", "Authenticate in one way only.");
  const client = await liveClient(env, clientId);
  // Of an unknown client too, so that neither the words nor the work tell it from a wrong secret.
  const hash = utf8(await sha256Hex(secret));
  if (!client || !timingSafeEqual(hash, utf8(client.hash))) {
    // A right secret passes all the same: others behind one address are not locked out.
    await spend(env, "client-secret", addressOf(env, request));
    return oauthError("invalid_client", "The client is not known, or its secret is wrong.", {
      status: 401,
      headers: basic ? { "www-authenticate": 'Basic realm="Plugboard"' } : {},
    });
  }
  const { origin } = new URL(request.url);
  const named = form.getAll("resource");
  const resource = named.length === 1 ? resourceAt(origin, named[0] ?? "") : undefined;
  if (resource === undefined)
    return oauthError("invalid_target", "Name one MCP endpoint of this hub as the resource.");
  const asked = (form.get("scope") ?? "").split(" ").filter((scope) => scope !== "");
  if (asked.some((scope) => !client.scopes.some((own) => own === scope)))
    return oauthError("invalid_scope", "The client was not made with all of these scopes.");
  const scope = asked.length === 0 ? client.scopes : [...new Set(asked)];
  const { accessToken, expiresAt } = await signAccessToken(env, {
    issuer: origin,
    audience: resource,
    subject: client.id,
    credentialId: credentialOf(client),
    teamId: client.teamId,
    scopes: scope,
    now,
  });
  return oauthAnswer({
    access_token: accessToken,
    token_type: "Bearer",
    expires_in: Math.floor((expiresAt - now) / 1000),
    scope: scope.join(" "),
    resource,
  });
}

/** What stands behind a token: the client with its present secret. A rotated secret takes its tokens along. */
export const credentialOf = ({ id, hash }: { id: string; hash: string }): string =>
  `${id}.${hash.slice(0, 16)}`;

/** The machine client of this id, if it was not deleted and its team was not either. */
export async function liveClient(env: Env, id: string) {
  if (!/^mac_[0-9a-z]{26}$/.test(id)) return undefined;
  const row = await registryOf(env)
    .select({ client: machineClients })
    .from(machineClients)
    .innerJoin(teams, eq(teams.id, machineClients.teamId))
    .where(and(eq(machineClients.id, id), isNull(machineClients.revokedAt)))
    .get();
  return row?.client;
}
