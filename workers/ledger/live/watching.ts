import type { Form } from "./frames";
import type { Only, Sight } from "./sight";
import { Unheard } from "./unheard";

export type Wishes = {
  /** What they watch; null for everything. */
  only: Only | null;
  form: Form;
  /** They say what they have: no more is sent to them than they can take. */
  acks: boolean;
};

/** Who watches with the same eyes. */
export type Group = { sight: Sight; viewers: Set<Watching> };

export type Watching = Wishes & {
  id: string;
  expiresAt: number | null;
  socket: WebSocket;
  group: Group;
  /** The last sequence number they heard of. */
  told: number;
  unheard: Unheard;
  /** Where they go on reading, as long as they are behind; null for whoever is told what happens as it happens. */
  from: number | null;
  /** Something passed them by while they were behind that cannot be read later. */
  missed: boolean;
  /** They go on reading soon. */
  due: boolean;
};

type Attachment = Pick<Watching, "id" | "only" | "expiresAt" | "form" | "acks" | "from" | "missed">;

/**
 * Who watches, by their sockets. What they may not see lies in SQLite, where they are in an attachment of the socket: the
 * memory is rebuilt from both.
 */
export function openWatching(ctx: DurableObjectState) {
  const { sql } = ctx.storage;
  sql.exec("CREATE TABLE IF NOT EXISTS viewers (id TEXT PRIMARY KEY, hidden TEXT NOT NULL)");
  const all = new Map<WebSocket, Watching>();
  const groups = new Map<string, Group>();
  restore();

  return {
    count: (): number => all.size,
    has: (socket: WebSocket): boolean => all.has(socket),
    find: (socket: WebSocket): Watching | undefined => all.get(socket),
    all: (): Watching[] => [...all.values()],
    groups: (): Iterable<Group> => groups.values(),

    /** Those that came with one of these ids. */
    with(ids: readonly string[]): Set<Watching> {
      const sockets = ids.flatMap((id) => ctx.getWebSockets(id));
      return new Set(sockets.flatMap((socket) => all.get(socket) ?? []));
    },

    /** Takes in a socket, with the ids it came with. */
    accept(socket: WebSocket, { ids, hidden, ...wishes }: Wishes & AcceptedFor): Watching {
      ctx.acceptWebSocket(socket, ids);
      const id = crypto.randomUUID();
      if (hidden.length > 0)
        sql.exec("INSERT INTO viewers VALUES (?, ?)", id, JSON.stringify(hidden));
      const watching = add(socket, { id, ...wishes, from: null, missed: false }, hidden);
      save(watching);
      return watching;
    },

    save,

    /** Nothing may be said to it from here on. */
    forget(socket: WebSocket): void {
      const viewer = all.get(socket);
      if (!viewer) return;
      all.delete(socket);
      viewer.group.viewers.delete(viewer);
      if (viewer.group.viewers.size === 0) groups.delete(keyOf(viewer.group.sight));
      sql.exec("DELETE FROM viewers WHERE id = ?", viewer.id);
    },
  };

  function add(socket: WebSocket, attached: Attachment, hidden: readonly string[]): Watching {
    const sight = { hidden: new Set(hidden), only: attached.only };
    const key = keyOf(sight);
    const group = groups.get(key) ?? { sight, viewers: new Set() };
    groups.set(key, group);
    const viewer = { ...attached, socket, group, told: 0, unheard: new Unheard(), due: false };
    group.viewers.add(viewer);
    all.set(socket, viewer);
    return viewer;
  }

  function save({ socket, id, only, expiresAt, form, acks, from, missed }: Watching): void {
    const attached: Attachment = { id, only, expiresAt, form, acks, from, missed };
    socket.serializeAttachment(attached);
  }

  /** Who was there when the object left the memory, and no row of anybody else. */
  function restore(): void {
    const rows = sql.exec<{ id: string; hidden: string }>("SELECT id, hidden FROM viewers");
    const hidden = new Map(rows.toArray().map((row) => [row.id, row.hidden]));
    for (const socket of ctx.getWebSockets()) {
      if (socket.readyState !== WebSocket.OPEN) continue;
      const attached = socket.deserializeAttachment() as Attachment;
      add(socket, attached, JSON.parse(hidden.get(attached.id) ?? "[]") as string[]);
    }
    const ids = JSON.stringify([...all.values()].map(({ id }) => id));
    sql.exec("DELETE FROM viewers WHERE id NOT IN (SELECT value FROM json_each(?))", ids);
  }
}

/** The ids of the person, and of the session, key or grant they came with; and what does not exist for them. */
type AcceptedFor = { ids: string[]; hidden: readonly string[]; expiresAt: number | null };

const keyOf = ({ hidden, only }: Sight): string => JSON.stringify([[...hidden].sort(), only]);
