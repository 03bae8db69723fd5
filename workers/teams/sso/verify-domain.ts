import { and, eq, isNotNull, ne, sql } from "drizzle-orm";
import type { SsoState } from "../../../shared/contracts/sso";
import { recorded } from "../../audit";
import { requirePermission, type Context } from "../../platform/context";
import { HubError } from "../../platform/errors";
import { resolveTexts } from "../../platform/outbound";
import { refusedNull } from "../../platform/refused";
import { outboundPolicy } from "../../platform/settings";
import { ssoProviders } from "../tables";
import { dnsOf, findProvider, stateOf } from "./provider";

/**
 * Looks for the team's text in the domain's DNS; from then on people of the domain come in through its provider. A
 * domain belongs to one team. Throws `conflict` while the text is not there, `unavailable` where no resolver is set.
 */
export async function verifyDomain(ctx: Context, request: Request): Promise<SsoState> {
  requirePermission(ctx, "team.manage");
  const row = await findProvider(ctx.env, ctx.teamId);
  if (!row)
    throw new HubError("not_found", "This team has no identity provider. Set one up first.");
  const { dohUrl } = outboundPolicy(ctx.env);
  if (dohUrl === undefined)
    throw new HubError(
      "unavailable",
      "This hub asks no DNS resolver, so it cannot see whose the domain is. Set PLUGBOARD_DOH_URL.",
    );
  const { name, text } = dnsOf(row);
  if (!(await resolveTexts(name, dohUrl)).includes(text))
    throw new HubError(
      "conflict",
      `There is no TXT record at ${name} that says ${text}. Add it, wait until it is known, then try again.`,
    );
  const verified = { ...row, domainVerifiedAt: ctx.now };
  const taken = sql`SELECT 1 FROM ${ssoProviders} WHERE ${and(eq(ssoProviders.domain, row.domain), ne(ssoProviders.teamId, ctx.teamId), isNotNull(ssoProviders.domainVerifiedAt))}`;
  const event = {
    action: "sso.domain_verified",
    subjectId: row.id,
    details: { domain: row.domain },
  };
  await recorded(ctx, event, [
    ctx.db
      .update(ssoProviders)
      .set({
        domainVerifiedAt: ctx.now,
        // Two teams can ask at once: whoever comes second has no domain, which the table refuses.
        domain: sql`CASE WHEN EXISTS (${taken}) THEN NULL ELSE ${row.domain} END`,
      })
      .where(
        and(eq(ssoProviders.teamId, ctx.teamId), eq(ssoProviders.domainToken, row.domainToken)),
      ),
  ]).catch((error: unknown) => {
    throw refusedNull(error, "sso_providers.domain") ? otherTeams(row.domain, error) : error;
  });
  return stateOf(verified, request);
}

const otherTeams = (domain: string, cause: unknown) =>
  new HubError(
    "conflict",
    `Another team of this hub has shown that ${domain} is its own. Ask whoever runs the hub.`,
    { cause },
  );
