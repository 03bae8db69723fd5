import { and, eq } from "drizzle-orm";
import type { Context } from "../../platform/context";
import { HubError } from "../../platform/errors";
import { registryOf } from "../../platform/registry";
import type { SignIn } from "../auth/types";
import { openSecret } from "../store";
import { oauthClients } from "../tables";
import { openApp } from "./open-app";
import type { OAuthClient } from "./client";

/**
 * The client a connection's token belongs to, its secret opened; null for methods that have none, and where the app was
 * deleted. The team's own app, else the deployment's; of an MCP server the client the hub has at its issuer.
 */
export async function clientOf(
  ctx: Pick<Context, "env" | "teamId">,
  { connector, method, state }: Pick<SignIn, "connector" | "method" | "state">,
): Promise<OAuthClient | null> {
  switch (method.kind) {
    case "oauth2_code":
    case "oauth2_device":
      return openApp(ctx, connector);
    case "mcp_oauth":
      return state?.oauthClientId === undefined
        ? null
        : openRegisteredClient(ctx, state.oauthClientId);
    case "oauth2_client_credentials":
    case "signed_jwt":
    case "session":
    case "api_key":
    case "bearer":
    case "basic":
    case "none":
    case "headers":
    case "aws_sigv4":
    case "database":
    case "client_certificate":
    case "ssh_key":
      return null;
  }
}

async function openRegisteredClient(
  ctx: Pick<Context, "env" | "teamId">,
  id: string,
): Promise<OAuthClient | null> {
  const row = await registryOf(ctx.env)
    .select()
    .from(oauthClients)
    .where(and(eq(oauthClients.teamId, ctx.teamId), eq(oauthClients.id, id)))
    .get();
  if (!row) return null;
  const { clientId, clientAuth, credentialId, credentialVersion } = row;
  const known = {
    clientId,
    clientAuth,
    ...(row.origin === "registered" && { registration: { teamId: ctx.teamId, id } }),
  };
  if (credentialId === null) return { ...known, clientSecret: null };
  const secret = await openSecret(ctx, { id: credentialId, version: credentialVersion });
  const clientSecret = secret["clientSecret"];
  if (clientSecret === undefined)
    throw new HubError("internal", "The client's sealed record holds no secret. Sign in again.");
  return { ...known, clientSecret };
}
