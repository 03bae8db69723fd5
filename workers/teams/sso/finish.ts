import { eq } from "drizzle-orm";
import * as oauth from "oauth4webapi";
import * as z from "zod";
import { HubError } from "../../platform/errors";
import { registryOf } from "../../platform/registry";
import { verifications } from "../tables";
import type { Visit } from "../visit";
import type { Vault } from "./configure";
import { enter, type Entered } from "./enter";
import { discover, notUsable, outbound } from "./oidc";
import { domainOf, findProvider, redirectUriOf } from "./provider";
import { identifierOf, type Remembered } from "./start";

const Claims = z.object({
  sub: z.string().min(1).max(255),
  email: z.email().max(254).toLowerCase(),
  email_verified: z.union([z.boolean(), z.literal("true"), z.literal("false")]).optional(),
  name: z.string().optional(),
  amr: z.array(z.string()).optional(),
});
export type Claims = z.infer<typeof Claims>;

const expired = () =>
  new HubError("link_expired", "This sign-in took too long or was used already. Sign in again.");

/**
 * Takes a browser back from its team's provider and opens a session. The state works once, in the browser that went
 * away with it. Throws `link_expired`, `forbidden`, `upstream_invalid`.
 */
export async function finishSso(
  { request, cookieState, ...visit }: Visit & { request: Request; cookieState: string | undefined },
  vault: Vault,
): Promise<Entered & { next: string }> {
  const { env, now } = visit;
  const url = new URL(request.url);
  const state = url.searchParams.get("state");
  if (state === null || state !== cookieState) throw expired();
  const remembered = await takeState(env, state, now);
  const provider = remembered && (await findProvider(env, remembered.teamId));
  if (!remembered || !provider || provider.domainVerifiedAt === null) throw expired();
  const secretRef = { id: provider.credentialId, version: provider.credentialVersion };
  const secret = await vault.openSecret({ env, teamId: provider.teamId }, secretRef);
  const server = await discover(env, provider);
  const client: oauth.Client = { client_id: provider.clientId };
  let claims: Claims;
  try {
    const parameters = oauth.validateAuthResponse(server, client, url, state);
    const response = await oauth.authorizationCodeGrantRequest(
      server,
      client,
      oauth.ClientSecretPost(secret["clientSecret"] ?? ""),
      parameters,
      redirectUriOf(request),
      remembered.verifier,
      outbound(env),
    );
    const tokens = await oauth.processAuthorizationCodeResponse(server, client, response, {
      expectedNonce: remembered.nonce,
      requireIdToken: true,
    });
    await oauth.validateApplicationLevelSignature(server, response, outbound(env));
    claims = Claims.parse(oauth.getValidatedIdTokenClaims(tokens));
  } catch (error) {
    if (error instanceof oauth.AuthorizationResponseError)
      throw new HubError(
        "forbidden",
        "The identity provider did not let you in. Try again there.",
        {
          cause: error,
        },
      );
    throw notUsable(error);
  }
  const unverified = claims.email_verified === false || claims.email_verified === "false";
  if (unverified || domainOf(claims.email) !== provider.domain)
    throw new HubError(
      "forbidden",
      `The identity provider named an address that is not of ${provider.domain}. Sign in there with the right account.`,
    );
  return { ...(await enter({ ...visit, provider, claims })), next: remembered.next };
}

/** Deleted as it is read: of several that bring the same state, one finds it. */
async function takeState(env: Env, state: string, now: number): Promise<Remembered | undefined> {
  const [row] = await registryOf(env)
    .delete(verifications)
    .where(eq(verifications.identifier, await identifierOf(state)))
    .returning();
  return row && row.expiresAt.getTime() > now ? (JSON.parse(row.value) as Remembered) : undefined;
}
