import { listenToConnection, resyncConnection, type ConnectionRow } from "../connections";
import { isObject, metaKey, rpcCode, type JsonObject } from "../connectors";
import { requireFactorFor } from "../executions";
import { confirm } from "../teams";
import { snapshotStatements } from "../tools";
import { requirePermission, type Context } from "../platform/context";
import { describeError, log } from "../platform/log";
import { HubError } from "../platform/errors";
import { Lru } from "../platform/lru";
import type { Asked } from "./answer";
import { ReplyStream } from "./reply-stream";
import { WireRefusal } from "./replies";
import { connectionsOf } from "./view";

const lookEveryMs = 1000;
const syncEveryMs = 1000;
const listNotes = {
  toolsListChanged: "notifications/tools/list_changed",
  promptsListChanged: "notifications/prompts/list_changed",
  resourcesListChanged: "notifications/resources/list_changed",
} as const;
type ListFilter = keyof typeof listNotes;

type Watching = { asked: Asked; stream: ReplyStream; signal: AbortSignal };

/**
 * `subscriptions/listen`: a stream of changes. Of one 2026-07-28 server its own stream is passed on, once the hub's
 * snapshot is up to date; in every other case the hub tells when the team's registry has changed.
 */
export async function listen(ctx: Context, asked: Asked): Promise<Response> {
  const filter = asked.params["notifications"];
  if (!isObject(filter))
    throw new WireRefusal(rpcCode.invalidParams, "params.notifications must be an object.", {
      status: 200,
    });
  const [connection] = asked.view.connection === null ? [] : await connectionsOf(ctx, asked.view);
  if (connection) requireFactorFor(ctx, connection);
  const stream = new ReplyStream();
  const gone = new AbortController();
  const signal = AbortSignal.any([asked.request.signal, gone.signal]);
  const watching = { asked, stream, signal };
  const work =
    connection?.server?.era === "modern"
      ? passOn(ctx, { ...watching, filter, connection })
      : watchRegistry(ctx, { ...watching, filter });
  ctx.waitUntil(
    work
      .catch((error: unknown) => {
        if (!signal.aborted)
          log("warn", "mcp.listen_ended", {
            requestId: ctx.requestId,
            teamId: ctx.teamId,
            error: describeError(error),
          });
      })
      .finally(() => {
        stream.send(
          JSON.stringify({ jsonrpc: "2.0", id: asked.id, result: { resultType: "complete" } }),
        );
        stream.close();
      }),
  );
  return stream.response(() => gone.abort());
}

async function passOn(
  ctx: Context,
  {
    asked,
    stream,
    signal,
    filter,
    connection,
  }: Watching & { filter: JsonObject; connection: ConnectionRow },
): Promise<void> {
  const over = new AbortController();
  const whileBoth = AbortSignal.any([signal, over.signal]);
  let heard = false;
  const requireSame = (now: Context, [row]: ConnectionRow[]) => {
    if (row) requireFactorFor(now, row);
    if (row?.url !== connection.url || row.credentialVersion !== connection.credentialVersion)
      throw new HubError("unavailable", "The connection points elsewhere now.");
  };
  const relay = async () => {
    const { id, params } = asked;
    for await (const notification of listenToConnection(ctx, connection, {
      id,
      params,
      signal: whileBoth,
    })) {
      heard = true;
      if (Object.values(listNotes).some((method) => method === notification.method))
        await resyncSoon(ctx, connection.id);
      stream.send(notification);
    }
  };
  try {
    // The server knows nothing of the caller's rights, nor of what becomes of the connection: that is watched beside it.
    await Promise.race([
      relay(),
      onChange(ctx, whileBoth, async (now) =>
        requireSame(now, await connectionsOf(now, asked.view)),
      ),
    ]);
  } catch (error) {
    if (heard || signal.aborted) throw error;
    log("warn", "mcp.listen_refused", {
      teamId: ctx.teamId,
      connectionId: connection.id,
      error: describeError(error),
    });
  } finally {
    over.abort();
  }
  if (!heard && !signal.aborted) await watchRegistry(ctx, { asked, stream, signal, filter });
}

async function watchRegistry(
  ctx: Context,
  { asked, filter, stream, signal }: Watching & { filter: JsonObject },
): Promise<void> {
  const kept = (Object.keys(listNotes) as ListFilter[]).filter((key) => filter[key] === true);
  const _meta = { [metaKey.subscriptionId]: asked.id };
  stream.send({
    method: "notifications/subscriptions/acknowledged",
    params: { notifications: Object.fromEntries(kept.map((key) => [key, true])), _meta },
  });
  if (kept.length === 0) return;
  await onChange(ctx, signal, async (now) => {
    // A view of one connection ends with the caller's access to it.
    if (asked.view.connection !== null) await connectionsOf(now, asked.view);
    for (const key of kept) stream.send({ method: listNotes[key], params: { _meta } });
  });
}

/** Looks whether the team's registry has changed, until the signal. Throws once the caller's key no longer counts. */
async function onChange(
  ctx: Context,
  signal: AbortSignal,
  changed: (now: Context) => Promise<unknown>,
): Promise<void> {
  let known = ctx;
  while (!signal.aborted) {
    await scheduler.wait(lookEveryMs, { signal }).catch(() => undefined);
    if (signal.aborted) return;
    if (known.expiresAt !== null && Date.now() >= known.expiresAt)
      throw new HubError("unauthorized", "The caller's token has expired.");
    const now = await confirm(known);
    if (now.epoch === known.epoch) continue;
    known = now;
    requirePermission(now, "tools.read");
    await changed(now);
  }
}

/** When this isolate last began to sync a connection because its server said that it has changed. */
const lastSync = new Lru<number>(1000);

/** Many listeners hear of one change, and a server may tell of many: one sync a second is enough for all of them. */
async function resyncSoon(ctx: Context, connectionId: string): Promise<void> {
  const heard = Date.now();
  for (;;) {
    const last = lastSync.get(connectionId) ?? 0;
    if (last > heard) return;
    const waitMs = last + syncEveryMs - Date.now();
    if (waitMs <= 0) break;
    await scheduler.wait(waitMs);
  }
  lastSync.set(connectionId, Date.now());
  await resyncConnection(ctx, connectionId, snapshotStatements).catch((error: unknown) =>
    log("warn", "mcp.resync_failed", {
      teamId: ctx.teamId,
      connectionId,
      error: describeError(error),
    }),
  );
}
