import { eq } from "drizzle-orm";
import type { PutSso, SsoState } from "../../../shared/contracts/sso";
import { newId } from "../../../shared/ids";
import { recorded } from "../../audit";
import { requirePermission, type Context } from "../../platform/context";
import { HubError } from "../../platform/errors";
import { randomText } from "../keys/api-key";
import { readAuthor, readRole, requireReach } from "../members/standing";
import { customRoles, ssoProviders } from "../tables";
import { discover } from "./oidc";
import { findProvider, stateOf, type ProviderRow } from "./provider";

type CredentialRef = { id: string; version: number };

/** What of the vault single sign-on needs; credentials/ stands on this floor, so `api.ts` hands it in. */
export type Vault = {
  putSecret: (
    ctx: Context,
    ref: CredentialRef,
    secret: Record<string, string>,
    about: { kind: "sso"; subjectId: string },
  ) => Promise<void>;
  openSecret: (
    ctx: Pick<Context, "env" | "teamId">,
    ref: CredentialRef,
  ) => Promise<Record<string, string>>;
  deleteSecret: (ctx: Context, ref: CredentialRef) => Promise<void>;
  /** The same, unless a provider refers to it: of a batch whose answer was lost what it wrote may stand. */
  discardSecret: (ctx: Context, ref: CredentialRef) => Promise<void>;
};

export async function getSso(ctx: Context, request: Request): Promise<SsoState> {
  requirePermission(ctx, "team.manage");
  return stateOf(await findProvider(ctx.env, ctx.teamId), request);
}

/**
 * Sets the team's provider up, once it has answered. A new domain has to be shown anew. Whoever names the provider can
 * come in as anybody of the domain, owners too: so it takes an owner. Throws `forbidden`, `invalid_input`, `upstream_*`.
 */
export async function putSso(
  ctx: Context,
  input: PutSso,
  { vault, request }: { vault: Vault; request: Request },
): Promise<SsoState> {
  requirePermission(ctx, "team.manage");
  requireReach(await readAuthor(ctx), await readRole(ctx, "owner"));
  await requireRole(ctx, input.defaultRole);
  await discover(ctx.env, input);
  const before = await findProvider(ctx.env, ctx.teamId);
  if (input.clientSecret === undefined && !before)
    throw new HubError("invalid_input", "body.clientSecret: is needed to set a provider up", {
      details: { field: "body.clientSecret" },
    });
  if (input.clientSecret === undefined && before?.issuer !== input.issuer)
    throw new HubError("invalid_input", "body.clientSecret: is needed for another issuer", {
      details: { field: "body.clientSecret" },
    });
  const credential =
    input.clientSecret === undefined
      ? undefined
      : { id: newId("crd", ctx.now), version: (before?.credentialVersion ?? 0) + 1 };
  const sameDomain = before?.domain === input.domain;
  const row: ProviderRow = {
    teamId: ctx.teamId,
    // People are known by the provider's own names for them, which mean nothing to another provider.
    id: before?.issuer === input.issuer ? before.id : newId("sso", ctx.now),
    issuer: input.issuer,
    clientId: input.clientId,
    credentialId: credential?.id ?? before?.credentialId ?? "",
    credentialVersion: credential?.version ?? before?.credentialVersion ?? 0,
    domain: input.domain,
    domainToken: sameDomain ? before.domainToken : randomText(32),
    domainVerifiedAt: sameDomain ? before.domainVerifiedAt : null,
    defaultRole: input.defaultRole,
    createdAt: before?.createdAt ?? ctx.now,
  };
  if (credential)
    await vault.putSecret(
      ctx,
      credential,
      { clientSecret: input.clientSecret ?? "" },
      { kind: "sso", subjectId: row.id },
    );
  const event = {
    action: "sso.update",
    subjectId: row.id,
    details: { secretReplaced: credential !== undefined },
    ...(before ? { before: facts(before) } : {}),
    after: facts(row),
  };
  try {
    await recorded(ctx, event, [
      ctx.db
        .insert(ssoProviders)
        .values(row)
        .onConflictDoUpdate({ target: ssoProviders.teamId, set: row }),
    ]);
  } catch (error) {
    if (credential) await vault.discardSecret(ctx, credential);
    throw error;
  }
  if (credential && before)
    await vault.deleteSecret(ctx, { id: before.credentialId, version: before.credentialVersion });
  return stateOf(row, request);
}

/** People of the domain sign in with their own means again. */
export async function removeSso(ctx: Context, vault: Vault): Promise<void> {
  requirePermission(ctx, "team.manage");
  const row = await findProvider(ctx.env, ctx.teamId);
  if (!row) throw new HubError("not_found", "This team has no identity provider to remove.");
  await recorded(ctx, { action: "sso.remove", subjectId: row.id, before: facts(row) }, [
    ctx.db.delete(ssoProviders).where(eq(ssoProviders.teamId, ctx.teamId)),
  ]);
  await vault.deleteSecret(ctx, { id: row.credentialId, version: row.credentialVersion });
}

const facts = ({ issuer, clientId, domain, domainVerifiedAt, defaultRole }: ProviderRow) => ({
  issuer,
  clientId,
  domain,
  domainVerifiedAt,
  defaultRole,
});

/** The roles newcomers can be given: none that may give roles away themselves. */
const newcomersRoles = ["operator", "member", "viewer"];

async function requireRole(ctx: Context, role: string): Promise<void> {
  if (newcomersRoles.includes(role)) return;
  const custom = await ctx.db
    .select({ teamId: customRoles.teamId, permissions: customRoles.permissions })
    .from(customRoles)
    .where(eq(customRoles.id, role))
    .get();
  const known = custom?.teamId === ctx.teamId;
  if (known && custom.permissions.every((permission) => ctx.permissions.has(permission))) return;
  throw new HubError(
    "invalid_input",
    `body.defaultRole: must be ${newcomersRoles.join(", ")}, or the id of one of the team's own roles that grants no more than you have`,
    { details: { field: "body.defaultRole" } },
  );
}
