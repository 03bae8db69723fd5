import * as oauth from "oauth4webapi";
import * as z from "zod";
import type { ErrorCode } from "../../../../shared/errors";
import type { OutboundPolicy } from "../../../platform/outbound";
import { HubError } from "../../../platform/errors";
import type { OAuthClient } from "../client";
import type { ServerMetadata } from "./discover";
import { SignInFailure } from "./fault";
import { viaGuard } from "./outbound";

type ClientAuth = NonNullable<OAuthClient["clientAuth"]>;
export type Registered = {
  clientId: string;
  clientSecret: string | null;
  clientAuth: ClientAuth;
  /** In milliseconds; null for never. */
  secretExpiresAt: number | null;
};

const spelled = { basic: "client_secret_basic", post: "client_secret_post", none: "none" } as const;

/**
 * Registers the hub (RFC 7591): as a public client, and as one with a secret where public ones are not taken. Throws
 * `SignInFailure` with the way out, and what the guard throws.
 */
export async function registerClient(
  env: Env,
  policy: OutboundPolicy,
  { server, redirectUri }: { server: ServerMetadata; redirectUri: string },
): Promise<Registered> {
  const ways = waysToAsk(server.token_endpoint_auth_methods_supported);
  let refusal: unknown;
  for (const way of ways) {
    try {
      return await registerAs(env, policy, { server, redirectUri, way });
    } catch (error) {
      if (error instanceof SignInFailure) throw error;
      if (error instanceof HubError && !unreadable.has(error.code)) throw error;
      refusal = error;
    }
  }
  throw needsClient(server, redirectUri, refusal);
}

/** An answer like any other that is no registration. */
const unreadable: ReadonlySet<ErrorCode> = new Set(["upstream_too_large", "upstream_invalid"]);

/** Public where that is taken or nothing is said; with a secret where it is not, or as the second try. */
export function waysToAsk(taken: readonly string[] | undefined): ClientAuth[] {
  const takes = (way: ClientAuth) => taken === undefined || taken.includes(spelled[way]);
  const secret = (["basic", "post"] as const).find(takes);
  return [...(takes("none") ? (["none"] as const) : []), ...(secret ? [secret] : [])];
}

/** Said where the hub can be no client there unless somebody makes it one. */
export const needsClient = (server: ServerMetadata, redirectUri: string, cause?: unknown) =>
  new SignInFailure(
    "registration_failed",
    `${new URL(server.issuer).host} takes only clients it knows. Register one there with the redirect URI ${redirectUri}, then give its client id, and its secret if it has one.`,
    { cause },
  );

async function registerAs(
  env: Env,
  policy: OutboundPolicy,
  { server, redirectUri, way }: { server: ServerMetadata; redirectUri: string; way: ClientAuth },
): Promise<Registered> {
  const renews = server.grant_types_supported?.includes("refresh_token") ?? true;
  const response = await oauth.dynamicClientRegistrationRequest(
    { issuer: server.issuer, registration_endpoint: server.registration_endpoint ?? "" },
    {
      client_name: "Plugboard",
      redirect_uris: [redirectUri],
      grant_types: ["authorization_code", ...(renews ? ["refresh_token"] : [])],
      response_types: ["code"],
      token_endpoint_auth_method: spelled[way],
      application_type: applicationType(redirectUri),
    },
    viaGuard(env, policy, (body) =>
      // Mandatory beside a secret, and left out by many.
      "client_secret" in body ? { client_secret_expires_at: 0, ...body } : body,
    ),
  );
  // Some answer 200 where the RFC says 201.
  const created =
    response.status === 200
      ? new Response(response.body, { status: 201, headers: response.headers })
      : response;
  const said = await oauth.processDynamicClientRegistrationResponse(created);
  const registered = readRegistration(said, { way, redirectUri });
  if (registered) return registered;
  throw needsClient(server, redirectUri);
}

/** Web, as the hub is one; on one's own machine the address that OpenID Connect takes from native apps alone. */
const applicationType = (redirectUri: string): "web" | "native" =>
  new URL(redirectUri).protocol === "https:" ? "web" : "native";

/** RFC 7591, 3.2.1: as much of it as is used. */
const Registration = z.object({
  client_id: z.string().min(1).max(2000),
  client_secret: z.string().max(4000).optional(),
  client_secret_expires_at: z.number().nonnegative().default(0),
  redirect_uris: z.array(z.string()).default([]),
  token_endpoint_auth_method: z.string().optional(),
});

/** Undefined for a registration of which nothing comes: another redirect URI, a way to sign in the hub has not. */
export function readRegistration(
  said: unknown,
  asked: { way: ClientAuth; redirectUri: string },
): Registered | undefined {
  const { data } = Registration.safeParse(said);
  if (!data) return undefined;
  if (data.redirect_uris.length > 0 && !data.redirect_uris.includes(asked.redirectUri))
    return undefined;
  const secret = data.client_secret ?? "";
  const clientAuth = authOf(data.token_endpoint_auth_method, {
    way: asked.way,
    hasSecret: secret !== "",
  });
  if (clientAuth === "none")
    return { clientId: data.client_id, clientSecret: null, clientAuth, secretExpiresAt: null };
  if (clientAuth === undefined || secret === "") return undefined;
  const ends = data.client_secret_expires_at;
  return {
    clientId: data.client_id,
    clientSecret: secret,
    clientAuth,
    secretExpiresAt: ends === 0 ? null : ends * 1000,
  };
}

function authOf(
  said: unknown,
  { way, hasSecret }: { way: ClientAuth; hasSecret: boolean },
): ClientAuth | undefined {
  if (said === undefined) return hasSecret ? way : "none";
  return (Object.keys(spelled) as ClientAuth[]).find((known) => spelled[known] === said);
}
