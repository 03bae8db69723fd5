import { and, eq } from "drizzle-orm";
import type { Context } from "../../platform/context";
import { registryOf } from "../../platform/registry";
import { openSecret } from "../store";
import { oauthApps } from "../tables";
import type { OAuthClient } from "./client";
import { deploymentApps } from "./deployment-apps";

export type AppRow = typeof oauthApps.$inferSelect;

/** Whose app a connector's sign-in goes through. */
export async function configuredApp(
  ctx: Pick<Context, "env" | "teamId">,
  connector: string,
): Promise<"team" | "deployment" | null> {
  if (await readApp(ctx, connector)) return "team";
  return deploymentApps(ctx.env).has(connector) ? "deployment" : null;
}

/** The app itself, its secret opened: the team's, else the deployment's. */
export async function openApp(
  ctx: Pick<Context, "env" | "teamId">,
  connector: string,
): Promise<OAuthClient | null> {
  const row = await readApp(ctx, connector);
  if (!row) return deploymentApps(ctx.env).get(connector) ?? null;
  const { clientId, credentialId, credentialVersion } = row;
  if (credentialId === null) return { clientId, clientSecret: null };
  const secret = await openSecret(ctx, { id: credentialId, version: credentialVersion });
  return { clientId, clientSecret: secret["clientSecret"] ?? null };
}

/** The team's own. */
export function readApp(
  { env, teamId }: Pick<Context, "env" | "teamId">,
  connector: string,
): Promise<AppRow | undefined> {
  return registryOf(env)
    .select()
    .from(oauthApps)
    .where(and(eq(oauthApps.teamId, teamId), eq(oauthApps.connector, connector)))
    .get();
}
