import type { AccessToken } from "../../../../shared/contracts/account";
import { HubError } from "../../../platform/errors";
import { apiResource } from "../../../platform/resources";
import type { Asking } from "../../authenticate";
import { enter } from "../../enter";
import { signAccessToken } from "../tokens/sign";

/** A JWT for the API, good for an hour: it may do what the caller's session or key may, and ends with it. */
export async function makeAccessToken(asking: Asking): Promise<AccessToken> {
  const { env, request, now } = asking;
  const ctx = await enter(asking, { sessions: true, resource: apiResource, fresh: true });
  const { actor, teamId, expiresAt: endsAt } = ctx;
  const header = request.headers.get("authorization");
  if ((header !== null && !/^Bearer +pb_/i.test(header)) || actor.personId === null)
    throw new HubError(
      "forbidden",
      "A token is made with a session or an API key, not with another token.",
    );
  const { accessToken, expiresAt } = await signAccessToken(env, {
    issuer: new URL(request.url).origin,
    audience: apiResource(request),
    subject: actor.personId,
    credentialId: actor.kind === "user" ? actor.sessionId : actor.id,
    teamId,
    now,
    endsAt,
  });
  return { accessToken, tokenType: "Bearer", expiresAt };
}
