import type { LiveMessage } from "../../shared/contracts/executions";

/** Who watches: whose access their socket stands on, and what does not exist for them. */
export type Viewer = {
  /** The team's epoch the Worker let them in at. */
  epoch: number;
  /** The ids of the person, and of the session, key or grant they came with. */
  ids: string[];
  hidden: string[];
  /** When their session, key or token ends by itself. */
  expiresAt: number | null;
};

/** Whose sockets close, by the ids they came with, as of an epoch. */
export type CutOff = {
  epoch: number;
  ended: readonly string[];
  changed: readonly string[] | "everyone";
};

/** Their access ended; or it is another one now, and they may come back. */
const closeCode = { ended: 4401, changed: 4408 } as const;

type Attachment = { id: string; expiresAt: number | null };
type Known = { hidden: ReadonlySet<string>; expiresAt: number | null; closed: boolean };

/**
 * The sockets of one team's live stream. What a viewer may not see lies in SQLite, since an attachment holds a few
 * kilobytes only; the memory is rebuilt from both.
 */
export function openViewers(ctx: DurableObjectState) {
  const { sql, kv } = ctx.storage;
  sql.exec("CREATE TABLE IF NOT EXISTS viewers (id TEXT PRIMARY KEY, hidden TEXT NOT NULL)");
  const known = new WeakMap<WebSocket, Known>();
  /** Whoever was let in at an older epoch may have been cut off since. */
  let cutOffAt = kv.get<number>("cut_off_at") ?? 0;
  forgetGone();

  return { accept, say, tell, tellPeople, cutOff, endAll, forget };

  function accept(socket: WebSocket, { epoch, ids, hidden, expiresAt }: Viewer): void {
    ctx.acceptWebSocket(socket, ids);
    const id = crypto.randomUUID();
    socket.serializeAttachment({ id, expiresAt } satisfies Attachment);
    if (hidden.length > 0)
      sql.exec("INSERT INTO viewers VALUES (?, ?)", id, JSON.stringify(hidden));
    if (epoch < cutOffAt) close(socket, "changed");
  }

  function say(socket: WebSocket, message: LiveMessage): void {
    sayText(socket, connectionOf(message), JSON.stringify(message));
  }

  /** To everybody whom it concerns. */
  function tell(message: LiveMessage): void {
    const text = JSON.stringify(message);
    const connectionId = connectionOf(message);
    for (const socket of ctx.getWebSockets()) sayText(socket, connectionId, text);
  }

  /** To whoever of these people watches, and nobody else. */
  function tellPeople(people: readonly string[], message: LiveMessage): void {
    for (const id of people) for (const socket of ctx.getWebSockets(id)) say(socket, message);
  }

  function sayText(socket: WebSocket, connectionId: string | undefined, text: string): void {
    const { hidden, expiresAt, closed } = viewerOf(socket);
    if (closed) return;
    if (expiresAt !== null && Date.now() >= expiresAt) return close(socket, "ended");
    if (connectionId !== undefined && hidden.size > 0)
      if (connectionId === "" || hidden.has(connectionId)) return;
    try {
      socket.send(text);
    } catch {
      // The viewer is gone; it replays what it missed when it comes back.
    }
  }

  function cutOff({ epoch, ended, changed }: CutOff): void {
    cutOffAt = Math.max(cutOffAt, epoch);
    kv.put("cut_off_at", cutOffAt);
    for (const id of ended) for (const socket of ctx.getWebSockets(id)) close(socket, "ended");
    const back =
      changed === "everyone" ? ctx.getWebSockets() : changed.flatMap((id) => ctx.getWebSockets(id));
    for (const socket of back) close(socket, "changed");
  }

  function endAll(): void {
    for (const socket of ctx.getWebSockets()) close(socket, "ended");
  }

  function close(socket: WebSocket, why: keyof typeof closeCode): void {
    if (viewerOf(socket).closed) return;
    forget(socket);
    socket.close(
      closeCode[why],
      why === "ended" ? "Your access has ended." : "Your access has changed. Come back.",
    );
  }

  function viewerOf(socket: WebSocket): Known {
    let viewer = known.get(socket);
    if (viewer) return viewer;
    const { id, expiresAt } = socket.deserializeAttachment() as Attachment;
    const [row] = sql
      .exec<{ hidden: string }>("SELECT hidden FROM viewers WHERE id = ?", id)
      .toArray();
    const hidden = new Set(row ? (JSON.parse(row.hidden) as string[]) : []);
    const closed = socket.readyState !== WebSocket.OPEN;
    known.set(socket, (viewer = { hidden, expiresAt, closed }));
    return viewer;
  }

  /** Its row goes, so nothing may be said to it from here on. */
  function forget(socket: WebSocket): void {
    known.set(socket, { hidden: new Set(), expiresAt: null, closed: true });
    const { id } = socket.deserializeAttachment() as Attachment;
    sql.exec("DELETE FROM viewers WHERE id = ?", id);
  }

  /** Rows of sockets that went while the object was not in memory. */
  function forgetGone(): void {
    const ids = ctx
      .getWebSockets()
      .map((socket) => (socket.deserializeAttachment() as Attachment).id);
    sql.exec(
      "DELETE FROM viewers WHERE id NOT IN (SELECT value FROM json_each(?))",
      JSON.stringify(ids),
    );
  }
}

/** Whose connection a message tells of: empty where nobody knows, undefined where it is about none. */
function connectionOf(message: LiveMessage): string | undefined {
  if (message.type === "connection") return message.connectionId;
  return message.type === "event" ? (message.execution?.connectionId ?? "") : undefined;
}
