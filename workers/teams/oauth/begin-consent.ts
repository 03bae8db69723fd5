import type { ConsentAsked } from "../../../shared/contracts/grants";
import { addressOf } from "../../platform/address";
import { HubError } from "../../platform/errors";
import type { Asking } from "../authenticate";
import { authenticatePerson } from "../identity/person";
import { parseAuthorization } from "./authorize";
import { isDocumentUrl } from "./client-documents";
import { askedScopes, connectionsOf, grantsBefore, teamsOf } from "./offer";
import { wholeHub } from "./resources";

export type Begun = { asked: ConsentAsked; headers: Headers } | { redirectTo: string };

/** What the consent page shows, and a handle that is good for one answer of this person in this browser. */
export async function beginConsent(asking: Asking, query: string): Promise<Begun> {
  const { env, request: http } = asking;
  const person = await authenticatePerson(asking);
  const { origin } = new URL(http.url);
  const parsed = await parseAuthorization(env, { origin, query, address: addressOf(env, http) });
  if (parsed.kind === "refused") throw new HubError("invalid_input", parsed.sentence);
  if (parsed.kind === "redirect") return { redirectTo: parsed.to };
  const { helpers } = parsed.issuer;
  const { personId, sessionId, teamId } = person;
  const { clientId, resource = wholeHub(origin) } = parsed.request;
  const described = await helpers.describeConsent(parsed.request);
  const before = await grantsBefore(env, { personId, clientId, resource });
  const scopes = askedScopes(parsed.request.scope, before);
  const offers = await teamsOf(env, person);
  // The library keeps the request as it is given, sealed by the handle: so the session stands in it.
  const bound = { ...parsed.request, resource, scope: scopes, sessionId };
  const { handle, headers } = await helpers.beginConsent(bound);
  return {
    headers,
    asked: {
      handle,
      client: {
        id: clientId,
        name: plainName(described.clientName),
        domain: isDocumentUrl(clientId) ? new URL(clientId).hostname : null,
        uri: described.clientUri ?? null,
        redirectHost: described.redirectHost,
        local: described.redirectIsLoopback || !/^https?:/i.test(described.redirectUri),
      },
      resource,
      scopes: scopes.map((name) => ({
        name,
        needed: name === "tools.read",
        granted: before.some((grant) => grant.scopes.includes(name)),
      })),
      teams: offers.map(({ id, name, member }) => ({
        id,
        name,
        role: member.role,
        scopes: scopes.filter((scope) => member.permissions.has(scope)),
      })),
      currentTeamId: offers.some(({ id }) => id === teamId) ? teamId : (offers[0]?.id ?? null),
      connections: await connectionsOf(env, offers, resource),
    },
  };
}

/** What a client calls itself is shown to people: without what is not seen, or turns round what is. */
export function plainName(said: string): string {
  const name = said.slice(0, 100).replace(/\p{C}/gu, "").trim();
  return name === "" ? "A client without a name" : name;
}
