import {
  OAuthAuthorizationServer,
  OAuthError,
  type OAuthHelpers,
  type TokenExchangeCallbackOptions,
} from "@cloudflare/workers-oauth-provider";
import { and, eq, isNull } from "drizzle-orm";
import { clientScopes } from "../../../shared/roles";
import { HubError } from "../../platform/errors";
import { registryOf } from "../../platform/registry";
import { clientGrants, members } from "../tables";
import { isDocumentUrl, readClientDocument } from "./client-documents";
import { spend } from "./rates";
import { wholeHub } from "./resources";

const accessTokenSeconds = 60 * 60;
const day = 24 * 60 * 60;
const idleSeconds = 30 * day;
const registrationSeconds = 90 * day;
/** KV refuses longer keys, with an error. */
const maxKeyLength = 480;

export type Props = { grantId: string };

export type Issuer = {
  server: OAuthAuthorizationServer<Env>;
  helpers: OAuthHelpers;
  /** The environment the library sees. */
  env: Env;
};

export type IssuerOptions = {
  /** MCP endpoints beside `/mcp` that can be meant; each must be one of ours (`resourceAt`). */
  resources?: readonly (string | undefined)[];
  /** Who makes the hub fetch a client's document: an address. */
  address: string;
  /** Told why the library refused, in its stable words. */
  refused?: (reason: string) => void;
};

/**
 * The authorization server of one host name. It is made for each request, since the library wants to be told all
 * resources beforehand, and every connection is one.
 */
export function issuerAt(env: Env, origin: string, options: IssuerOptions): Issuer {
  const { address, refused, resources = [] } = options;
  if (!/^https:|^http:\/\/(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:|$)/.test(origin))
    throw new HubError("unavailable", "AI clients can sign in only where the hub is on https.");
  const known = [wholeHub(origin), ...resources.filter((one) => one !== undefined)];
  const server = new OAuthAuthorizationServer<Env>({
    issuer: origin,
    resources: [...new Set(known)],
    defaultResource: wholeHub(origin),
    authorizeEndpoint: "/oauth/authorize",
    tokenEndpoint: "/oauth/token",
    clientRegistrationEndpoint: "/oauth/register",
    scopesSupported: [...clientScopes],
    accessTokenTTL: accessTokenSeconds,
    refreshTokenTTL: idleSeconds,
    refreshTokenIdleTTL: idleSeconds,
    clientRegistrationTTL: registrationSeconds,
    allowPrivateUseRedirectUris: true,
    cookiePrefix: "__Host-plugboard-",
    tokenExchangeCallback: requireLiveGrant,
    onError: ({ internal }) => {
      refused?.(internal.reason);
    },
  });
  const own = { ...env, OAUTH_KV: withDocuments(env, address) };
  return { server, helpers: server.getOAuthApi(own), env: own };
}

/** No token is made from a grant that was cut off, whatever of it still lies in KV. */
async function requireLiveGrant({ env, props, userId }: TokenExchangeCallbackOptions<Env>) {
  const { grantId } = props as Props;
  const grant = await registryOf(env)
    .select({ id: clientGrants.id })
    .from(clientGrants)
    .innerJoin(
      members,
      and(eq(members.teamId, clientGrants.teamId), eq(members.personId, clientGrants.personId)),
    )
    .where(
      and(
        eq(clientGrants.id, grantId),
        eq(clientGrants.personId, userId),
        isNull(clientGrants.revokedAt),
      ),
    )
    .get();
  if (!grant)
    throw new OAuthError("invalid_grant", {
      description: "This access was ended. Sign in again.",
      internal: { category: "token-exchange-callback", reason: "grant_ended" },
    });
}

/** The library's store, in which a client with a metadata document seems to be registered. */
function withDocuments(env: Env, address: string): KVNamespace {
  const kv = env.OAUTH_KV;
  const admit = () => spend(env, "client-document", address);
  const get = async (key: string, options: never) => {
    const clientId = /^client:(.*)$/s.exec(key)?.[1];
    if (clientId !== undefined && isDocumentUrl(clientId))
      return readClientDocument(env, clientId, admit);
    return new TextEncoder().encode(key).length > maxKeyLength ? null : kv.get(key, options);
  };
  return {
    get,
    put: kv.put.bind(kv),
    delete: kv.delete.bind(kv),
    list: kv.list.bind(kv),
  } as unknown as KVNamespace;
}
