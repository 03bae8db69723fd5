import type { ConnectionTest } from "../../shared/contracts/connections";
import { errors } from "../../shared/errors";
import type { Context } from "../platform/context";
import { HubError } from "../platform/errors";
import { noteTrial } from "./note-trial";
import { readManaged } from "./owner";
import { openForWork } from "./secrets";
import { faultOf, trialOf, tryCredential } from "./try-credential";

/**
 * A real request with the stored credential: to an MCP server for all it offers, to a vendor the one its manifest names,
 * to a database a knock at its port. Changes nothing but what the connection shows of its state.
 */
export async function testConnection(ctx: Context, idOrSlug: string): Promise<ConnectionTest> {
  const row = await readManaged(ctx, idOrSlug);
  const started = Date.now();
  try {
    const opened = await openForWork(ctx, row, "test");
    const tried = await tryCredential(ctx, trialOf(row, opened));
    tried.close();
    const { server, capabilities, counts, responseTimeMs } = tried.columns;
    // A server that was never reached has no snapshot: only a sync makes it usable.
    if (row.connector !== "mcp" || row.server) await noteTrial(ctx, row, undefined);
    return {
      ok: true,
      responseTimeMs: responseTimeMs ?? Date.now() - started,
      server: shown(server),
      capabilities,
      counts,
      error: null,
    };
  } catch (error) {
    // What the hub itself lacks is no fault of the connection's.
    if (error instanceof HubError && errors[error.code].side === "hub") throw error;
    const fault = faultOf(ctx, error);
    await noteTrial(ctx, row, fault);
    return {
      ok: false,
      responseTimeMs: Date.now() - started,
      server: null,
      capabilities: {},
      counts: { tools: 0, resources: 0, prompts: 0 },
      error: fault,
    };
  }
}

function shown(server: Parameters<typeof withoutSessions>[0] | null): ConnectionTest["server"] {
  return server && withoutSessions(server);
}

function withoutSessions(
  server: NonNullable<Awaited<ReturnType<typeof tryCredential>>["columns"]["server"]>,
): NonNullable<ConnectionTest["server"]> {
  const { keepsSessions: _keepsSessions, icons = [], websiteUrl = null, ...rest } = server;
  return { ...rest, icons, websiteUrl };
}
