import { and, eq, gt, isNull } from "drizzle-orm";
import { catalogue } from "../../../shared/catalogue/all";
import type { OAuthApp, PutOAuthApp } from "../../../shared/contracts/connectors";
import type { Page, PageQuery } from "../../../shared/contracts/pages";
import { newId } from "../../../shared/ids";
import { recorded } from "../../audit";
import { connections } from "../../connections/tables";
import { requirePermission, type Context } from "../../platform/context";
import { HubError } from "../../platform/errors";
import { toPage } from "../../platform/pages";
import { refusedTaken } from "../../platform/refused";
import { discardSecret } from "../discard";
import { deleteSecret, putSecret } from "../store";
import { oauthApps } from "../tables";
import type { OAuthClient } from "./client";
import { deploymentApps } from "./deployment-apps";
import { readApp, type AppRow } from "./open-app";

type Asked = { connector: string; redirectUri: string };

/** The apps there are, by connector: the team's own, and the deployment's where the team has none. */
export async function listOAuthApps(
  ctx: Context,
  { limit, cursor = "" }: PageQuery,
  redirectUri: string,
): Promise<Page<OAuthApp>> {
  requirePermission(ctx, "connections.write");
  const own = await ctx.db
    .select()
    .from(oauthApps)
    .where(and(eq(oauthApps.teamId, ctx.teamId), gt(oauthApps.connector, cursor)))
    .orderBy(oauthApps.connector)
    .limit(limit + 1);
  const named = new Set(own.map(({ connector }) => connector));
  const given = [...deploymentApps(ctx.env)]
    .filter(([connector]) => connector > cursor && !named.has(connector))
    .map(([connector, app]) => shownGiven(app, { connector, redirectUri }));
  // A page that ends with the team's own may not reach further than they do: what lies beyond is on the next.
  const reach = own.length > limit ? (own.at(-1)?.connector ?? "") : undefined;
  const apps = [
    ...own.map((row) => shownOwn(row, redirectUri)),
    ...given.filter(({ connector }) => reach === undefined || connector < reach),
  ].sort((one, other) => (one.connector < other.connector ? -1 : 1));
  return toPage(apps, limit, { item: (app) => app, cursor: ({ connector }) => connector });
}

/** Throws `not_found` where neither the team nor the deployment has one. */
export async function getOAuthApp(ctx: Context, asked: Asked): Promise<OAuthApp> {
  requirePermission(ctx, "connections.write");
  const own = await readApp(ctx, asked.connector);
  if (own) return shownOwn(own, asked.redirectUri);
  const given = deploymentApps(ctx.env).get(asked.connector);
  if (given) return shownGiven(given, asked);
  throw noApp(asked.connector);
}

/**
 * Stores the team's own app in place of the one it had. Connections that exist are renewed with it from then on. Throws
 * `not_found` for what is no connector, `invalid_input` for one that takes no app, `conflict` where somebody else was
 * faster.
 */
export async function putOAuthApp(
  ctx: Context,
  { clientId, clientSecret }: PutOAuthApp,
  { connector, redirectUri }: Asked,
): Promise<OAuthApp> {
  requirePermission(ctx, "connections.write");
  const { needsSecret } = requireTakesApp(connector);
  const before = await readApp(ctx, connector);
  const keeps = clientSecret === undefined && before?.clientId === clientId;
  if (needsSecret && clientSecret === undefined && !(keeps && before.credentialId !== null))
    throw new HubError(
      "invalid_input",
      "body.clientSecret: is needed. The vendor shows it beside the client id.",
      { details: { field: "body.clientSecret" } },
    );
  const credential =
    clientSecret === undefined
      ? undefined
      : { id: newId("crd", ctx.now), version: (before?.credentialVersion ?? 0) + 1 };
  const row: AppRow = {
    id: before?.id ?? newId("app", ctx.now),
    teamId: ctx.teamId,
    connector,
    clientId,
    credentialId: credential?.id ?? (keeps ? before.credentialId : null),
    credentialVersion: credential?.version ?? before?.credentialVersion ?? 0,
    createdAt: before?.createdAt ?? ctx.now,
    updatedAt: ctx.now,
  };
  if (credential && clientSecret !== undefined)
    await putSecret(ctx, credential, { clientSecret }, { kind: "oauth_app", subjectId: connector });
  const event = {
    action: "oauth_app.update",
    subjectId: row.id,
    details: { connector, secretReplaced: credential !== undefined },
    ...(before ? { before: { clientId: before.clientId } } : {}),
    after: { clientId },
  };
  try {
    const [changed] = await recorded(ctx, event, [
      before
        ? ctx.db.update(oauthApps).set(row).where(sameApp(before)).returning({ id: oauthApps.id })
        : ctx.db.insert(oauthApps).values(row).returning({ id: oauthApps.id }),
    ]);
    if (changed.length === 0) throw raced(connector);
  } catch (error) {
    if (credential) await discardSecret(ctx, credential);
    if (refusedTaken(error, "oauth_apps.team_id, oauth_apps.connector")) throw raced(connector);
    throw error;
  }
  if (before) await forgetSecret(ctx, before, row);
  return shownOwn(row, redirectUri);
}

/**
 * Removes the team's own app; the deployment's, where there is one, serves what is connected from then on. Throws
 * `conflict` while connections sign in with it: a token of one client is renewed by no other.
 */
export async function deleteOAuthApp(ctx: Context, connector: string): Promise<void> {
  requirePermission(ctx, "connections.write");
  const row = await readApp(ctx, connector);
  if (!row) throw noApp(connector);
  if (await isUsed(ctx, connector))
    throw new HubError(
      "conflict",
      "Connections sign in with this app, and nothing else could renew their tokens. Delete them first, or store another app in its place.",
    );
  const event = {
    action: "oauth_app.delete",
    subjectId: row.id,
    details: { connector },
    before: { clientId: row.clientId },
  };
  await recorded(ctx, event, [ctx.db.delete(oauthApps).where(sameApp(row))]);
  await forgetSecret(ctx, row);
}

/** The row while nobody else has changed it since it was read. */
const sameApp = ({ teamId, id, clientId, credentialId }: AppRow) =>
  and(
    eq(oauthApps.teamId, teamId),
    eq(oauthApps.id, id),
    eq(oauthApps.clientId, clientId),
    credentialId === null
      ? isNull(oauthApps.credentialId)
      : eq(oauthApps.credentialId, credentialId),
  );

async function forgetSecret(ctx: Context, before: AppRow, after?: AppRow): Promise<void> {
  if (before.credentialId === null || before.credentialId === after?.credentialId) return;
  await deleteSecret(ctx, { id: before.credentialId, version: before.credentialVersion });
}

const appKinds: readonly string[] = ["oauth2_code", "oauth2_device"];

/** The ways to sign in that go through an app, and whether all of them ask for its secret. */
function requireTakesApp(connector: string): { needsSecret: boolean } {
  const manifest = catalogue.find(({ id }) => id === connector);
  if (!manifest) throw noConnector(connector);
  const methods = manifest.auth.filter(({ kind }) => appKinds.includes(kind));
  if (methods.length === 0)
    throw new HubError(
      "invalid_input",
      `connector: ${manifest.name} is signed in to without an OAuth app. Connect it with what its form asks for.`,
      { details: { field: "connector" } },
    );
  return {
    needsSecret: methods.every(
      (method) => !("clientAuth" in method) || method.clientAuth !== "none",
    ),
  };
}

async function isUsed(ctx: Context, connector: string): Promise<boolean> {
  const methods = (catalogue.find(({ id }) => id === connector)?.auth ?? [])
    .filter(({ kind }) => appKinds.includes(kind))
    .map(({ id }) => id);
  const rows = await ctx.db
    .selectDistinct({ method: connections.authMethod })
    .from(connections)
    .where(and(eq(connections.teamId, ctx.teamId), eq(connections.connector, connector)));
  return rows.some(({ method }) => methods.includes(method));
}

const shownOwn = (row: AppRow, redirectUri: string): OAuthApp => ({
  connector: row.connector,
  clientId: row.clientId,
  hasSecret: row.credentialId !== null,
  source: "team",
  redirectUri,
  createdAt: row.createdAt,
  updatedAt: row.updatedAt,
});

const shownGiven = (app: OAuthClient, { connector, redirectUri }: Asked): OAuthApp => ({
  connector,
  clientId: app.clientId,
  hasSecret: app.clientSecret !== null,
  source: "deployment",
  redirectUri,
  createdAt: null,
  updatedAt: null,
});

const named = (connector: string) => JSON.stringify(connector.slice(0, 60));

const noConnector = (connector: string) =>
  new HubError(
    "not_found",
    `There is no connector ${named(connector)}. List the connectors to see their ids.`,
  );

const noApp = (connector: string) =>
  new HubError(
    "not_found",
    `There is no OAuth app for ${named(connector)}. Register one at the vendor, then store it here.`,
  );

const raced = (connector: string) =>
  new HubError(
    "conflict",
    `Somebody else changed the app for ${named(connector)} at the same time. Look at it, then try again.`,
  );
