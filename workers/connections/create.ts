import type { Connection, CreateConnection } from "../../shared/contracts/connections";
import { checkParams } from "../connectors";
import { requireMayName } from "../credentials";
import type { Context } from "../platform/context";
import { requireAllowedUrl } from "./address";
import { establish } from "./establish";
import { requireMay } from "./flows/may";
import { readConfig, readCredential, requireConnector, withoutCredential } from "./read-input";
import type { Snapshot } from "./sync";

/**
 * Connects an MCP server or a vendor with a credential that was typed: tries it with a real request, reads everything
 * the server offers, and stores it all in one batch. Stores nothing when that fails, unless `allowUnreachable`. Throws
 * `invalid_input` naming the field, `forbidden`, `conflict`, `outbound_refused`, `upstream_*`.
 */
export async function createConnection(
  ctx: Context,
  input: CreateConnection,
  snapshot: Snapshot,
): Promise<Connection> {
  requireMay(ctx, input.owner);
  const whole = requireConnector(input.connector);
  const config = readConfig(whole, input.config);
  if (config) requireAllowedUrl(ctx, config.url);
  const { manifest, method, record, scopes } =
    readCredential(whole, { auth: input.auth, headers: input.config?.headers }) ??
    withoutCredential(whole);
  requireMayName(ctx, record);
  return establish(
    ctx,
    {
      manifest,
      method,
      target: {
        name: input.name,
        owner: input.owner,
        rotateEveryDays: input.rotateEveryDays ?? null,
      },
      config,
      params: checkParams(manifest, input.params ?? {}, "body.params"),
      record,
      scopes: { granted: scopes, missing: [] },
      state: null,
      expiresAt: null,
      consented: false,
      allowUnreachable: input.allowUnreachable,
    },
    snapshot,
  );
}
