import { findConnection, listenToConnection, resyncConnection, type ConnectionRow } from "../connections";
import { isObject, metaKey, rpcCode, type JsonObject } from "../connectors";
import { snapshotStatements } from "../tools";
import type { Context } from "../platform/context";
import { describeError, log } from "../platform/log";
import type { Asked } from "./answer";
import { ReplyStream } from "./reply-stream";
import { WireRefusal } from "./replies";

const lookEveryMs = 1000;
const listNotes = {
  toolsListChanged: "notifications/tools/list_changed",
  promptsListChanged: "notifications/prompts/list_changed",
  resourcesListChanged: "notifications/resources/list_changed",
} as const;
type ListFilter = keyof typeof listNotes;

/**
 * `subscriptions/listen`: a stream of changes. Of one 2026-07-28 server its own stream is passed on, once the hub's
 * snapshot is up to date; in every other case the hub tells when the team's registry has changed.
 */
export async function listen(ctx: Context, asked: Asked): Promise<Response> {
  const filter = asked.params["notifications"];
  if (!isObject(filter))
    throw new WireRefusal(rpcCode.invalidParams, "params.notifications must be an object.", { status: 200 });
  const connection = asked.view.connection === null ? undefined : await findConnection(ctx, asked.view.connection);
  const stream = new ReplyStream();
  const ended = new AbortController();
  asked.request.signal.addEventListener("abort", () => ended.abort(), { once: true });
  const work =
    connection?.server?.era === "modern"
      ? passOn(ctx, { asked, connection, stream, signal: ended.signal })
      : watchRegistry(ctx, { asked, filter, stream, signal: ended.signal });
  ctx.waitUntil(
    work
      .catch((error: unknown) => {
        if (!ended.signal.aborted)
          log("warn", "mcp.listen_ended", { requestId: ctx.requestId, teamId: ctx.teamId, error: describeError(error) });
      })
      .finally(() => {
        stream.send(JSON.stringify({ jsonrpc: "2.0", id: asked.id, result: { resultType: "complete" } }));
        stream.close();
      }),
  );
  return stream.response(() => ended.abort());
}

type Watching = { asked: Asked; stream: ReplyStream; signal: AbortSignal };

async function passOn(
  ctx: Context,
  { asked, connection, stream, signal }: Watching & { connection: ConnectionRow },
): Promise<void> {
  const { id, params } = asked;
  for await (const notification of listenToConnection(ctx, connection, { id, params, signal })) {
    if (Object.values(listNotes).some((method) => method === notification.method))
      await resyncConnection(ctx, connection.id, snapshotStatements).catch((error: unknown) =>
        log("warn", "mcp.resync_failed", { teamId: ctx.teamId, connectionId: connection.id, error: describeError(error) }),
      );
    stream.send(notification);
  }
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
  const gate = ctx.env.TEAM_GATE.getByName(ctx.teamId);
  let epoch = await gate.epoch();
  while (kept.length > 0 && !signal.aborted) {
    await scheduler.wait(lookEveryMs, { signal }).catch(() => undefined);
    const now = signal.aborted ? epoch : await gate.epoch();
    if (now === epoch) continue;
    epoch = now;
    // A caller whose key was revoked in the meantime hears no more.
    await ctx.renew(now);
    for (const key of kept) stream.send({ method: listNotes[key], params: { _meta } });
  }
}
