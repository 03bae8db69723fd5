import * as oauth from "oauth4webapi";
import type { StartSso } from "../../../shared/contracts/sso";
import { newId } from "../../../shared/ids";
import { isOwnPath } from "../../../shared/own-path";
import { addressOf } from "../../platform/address";
import { sha256Hex } from "../../platform/encoding";
import { HubError } from "../../platform/errors";
import { registryOf } from "../../platform/registry";
import type { Asking } from "../authenticate";
import { beginRule, byAddress, requireRoom } from "../identity/lock-out";
import { verifications } from "../tables";
import { discover } from "./oidc";
import { domainOf, findByDomain, redirectUriOf } from "./provider";

const stateMs = 10 * 60_000;

export type Started = { url: string; state: string };

/** What is remembered between going to the provider and coming back; by the SHA-256 of the state. */
export type Remembered = { teamId: string; verifier: string; nonce: string; next: string };

export const identifierOf = async (state: string): Promise<string> =>
  `sso/${await sha256Hex(state)}`;

/**
 * Where to send a browser whose person gave this address. Throws `not_found` where no team has captured its domain,
 * `locked_out`.
 */
export async function startSso(asking: Asking, { email, next = "/" }: StartSso): Promise<Started> {
  const { env, request, now } = asking;
  await requireRoom(env, byAddress(addressOf(env, request), "begin", beginRule));
  const provider = await findByDomain(env, domainOf(email));
  if (!provider)
    throw new HubError(
      "not_found",
      "No single sign-on is set up for this address. Sign in another way.",
    );
  const server = await discover(env, provider);
  const state = oauth.generateRandomState();
  const verifier = oauth.generateRandomCodeVerifier();
  const nonce = oauth.generateRandomNonce();
  const remembered: Remembered = {
    teamId: provider.teamId,
    verifier,
    nonce,
    next: isOwnPath(next) ? next : "/",
  };
  await registryOf(env)
    .insert(verifications)
    .values({
      id: newId("ver", now),
      identifier: await identifierOf(state),
      value: JSON.stringify(remembered),
      expiresAt: new Date(now + stateMs),
      createdAt: new Date(now),
      updatedAt: new Date(now),
    });
  const url = new URL(server.authorization_endpoint ?? "");
  url.searchParams.set("client_id", provider.clientId);
  url.searchParams.set("redirect_uri", redirectUriOf(request));
  url.searchParams.set("response_type", "code");
  url.searchParams.set("scope", "openid email profile");
  url.searchParams.set("code_challenge", await oauth.calculatePKCECodeChallenge(verifier));
  url.searchParams.set("code_challenge_method", "S256");
  url.searchParams.set("state", state);
  url.searchParams.set("nonce", nonce);
  url.searchParams.set("login_hint", email);
  return { url: url.href, state };
}
