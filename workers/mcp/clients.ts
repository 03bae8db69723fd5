import type { McpClient, McpClientQuery } from "../../shared/contracts/clients";
import type { Page } from "../../shared/contracts/pages";
import { isObject, metaKey, MODERN_VERSION } from "../connectors";
import { requirePermission, type Context } from "../platform/context";
import { describeError, log } from "../platform/log";
import { Lru } from "../platform/lru";
import type { Asked } from "./answer";
import { negotiated } from "./describe";

const tellEveryMs = 60_000;
const maxLength = 100;

/** How a client introduced itself. */
type Introduced = { name: string; title: unknown; version: unknown; protocolVersion: string };

/** Who last opened with `initialize`, by caller: later requests of its era name nobody. */
const opened = new Lru<Introduced>(5000);
/** When the ledger was last told of a client, by caller and name. */
const toldAt = new Lru<number>(5000);

/** Notes in the team's ledger who speaks here: at once when this isolate hears it first, then once a minute. */
export function noteClient(ctx: Context, asked: Asked): void {
  const caller = `${ctx.teamId}/${ctx.actor.id}`;
  const client = introduced(caller, asked);
  if (client === undefined) return;
  const key = `${caller}/${client.name}`;
  const last = toldAt.get(key);
  if (last !== undefined && ctx.now - last < tellEveryMs) return;
  toldAt.set(key, ctx.now);
  ctx.waitUntil(tell(ctx, client, asked.request.headers.get("user-agent")));
}

function introduced(caller: string, { era, method, params }: Asked): Introduced | undefined {
  if (era === "legacy" && method !== "initialize") return opened.get(caller);
  const meta = isObject(params["_meta"]) ? params["_meta"] : {};
  const info = era === "modern" ? meta[metaKey.clientInfo] : params["clientInfo"];
  if (!isObject(info) || typeof info["name"] !== "string") return undefined;
  const name = info["name"].slice(0, maxLength);
  const { title, version } = info;
  if (era === "modern") return { name, title, version, protocolVersion: MODERN_VERSION };
  const protocolVersion = negotiated(params["protocolVersion"]);
  const client = { name, title: plain(title), version: plain(version), protocolVersion };
  opened.set(caller, client);
  return client;
}

/** What the client that asks calls itself, where it has said so. */
export function clientName(ctx: Context, asked: Asked): string | undefined {
  const client = introduced(`${ctx.teamId}/${ctx.actor.id}`, asked);
  return (client && plain(client.name)) ?? undefined;
}

async function tell(ctx: Context, client: Introduced, userAgent: string | null): Promise<void> {
  const name = plain(client.name);
  if (name === null) return;
  const { actor } = ctx;
  try {
    await ctx.env.TEAM_LEDGER.getByName(ctx.teamId).seeClient(ctx.teamId, {
      name,
      title: plain(client.title),
      version: plain(client.version),
      protocolVersion: client.protocolVersion,
      userAgent: plain(userAgent),
      keyId: actor.kind === "apiKey" ? actor.id : null,
      grantId: actor.kind === "mcpClient" ? actor.id : null,
      personId: actor.personId,
      at: ctx.now,
    });
  } catch (error) {
    log("warn", "mcp.client_not_noted", {
      requestId: ctx.requestId,
      teamId: ctx.teamId,
      error: describeError(error),
    });
  }
}

/** What a client says of itself is shown to people: without what is not seen, or turns round what is. */
function plain(said: unknown): string | null {
  if (typeof said !== "string") return null;
  const text = said.slice(0, maxLength).replace(/\p{C}/gu, "").trim();
  return text === "" ? null : text;
}

export async function listClients(ctx: Context, query: McpClientQuery): Promise<Page<McpClient>> {
  requirePermission(ctx, "executions.read");
  return ctx.env.TEAM_LEDGER.getByName(ctx.teamId).listClients({
    limit: query.limit,
    after: query.cursor === undefined ? undefined : placeOf(query.cursor),
    keyId: query.key,
  });
}

function placeOf(cursor: string): { lastSeenAt: number; id: string } {
  const [lastSeenAt, id = ""] = cursor.split(".", 2);
  return { lastSeenAt: Number(lastSeenAt), id };
}
