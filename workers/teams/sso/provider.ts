import { and, eq, isNotNull } from "drizzle-orm";
import type { SsoProvider, SsoState } from "../../../shared/contracts/sso";
import { registryOf } from "../../platform/registry";
import { ssoProviders } from "../tables";

export type ProviderRow = typeof ssoProviders.$inferSelect;

/** The provider of a team, set up or in the making. */
export function findProvider(env: Env, teamId: string): Promise<ProviderRow | undefined> {
  return registryOf(env).select().from(ssoProviders).where(eq(ssoProviders.teamId, teamId)).get();
}

/** The provider of whichever team has shown that the domain is its own. */
export function findByDomain(env: Env, domain: string): Promise<ProviderRow | undefined> {
  return registryOf(env)
    .select()
    .from(ssoProviders)
    .where(and(eq(ssoProviders.domain, domain), isNotNull(ssoProviders.domainVerifiedAt)))
    .get();
}

export const redirectUriOf = (request: Request): string =>
  `${new URL(request.url).origin}/api/auth/sso/callback`;

export const dnsOf = ({ domain, domainToken }: ProviderRow) => ({
  name: `_plugboard.${domain}`,
  text: `plugboard-domain=${domainToken}`,
});

export const stateOf = (row: ProviderRow | undefined, request: Request): SsoState => ({
  redirectUri: redirectUriOf(request),
  provider: row ? shown(row) : null,
});

function shown(row: ProviderRow): SsoProvider {
  const { issuer, clientId, domain, defaultRole, domainVerifiedAt } = row;
  return { issuer, clientId, domain, defaultRole, dns: dnsOf(row), domainVerifiedAt };
}

export const domainOf = (email: string): string =>
  email.slice(email.lastIndexOf("@") + 1).toLowerCase();
