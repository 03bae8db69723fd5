import { DurableObject } from "cloudflare:workers";
import type { McpClient } from "../../shared/contracts/clients";
import type {
  Execution,
  ExecutionEvent,
  ExecutionStatus,
  ExecutionSummary,
  LiveMessage,
} from "../../shared/contracts/executions";
import type { Page } from "../../shared/contracts/pages";
import { emptyTables } from "../platform/empty-tables";
import { describeError, log } from "../platform/log";
import { toPage } from "../platform/pages";
import { openClients, type ClientFilter, type SeenClient } from "./clients";
import { openCredentialUses, type CredentialUse, type SeenCredential } from "./credential-uses";
import { listExecutions, type ExecutionFilter } from "./list";
import { summarize } from "./summary";
import {
  toDetail,
  toEvent,
  toExecution,
  type EventRow,
  type ExecutionRow,
  type Intent,
  type LedgerEntry,
  type Outcome,
} from "./records";
import { openViewers, type CutOff, type Viewer } from "./viewers";

const maxReplay = 5000;

/**
 * What happened in one team: executions, their events and the clients that came, and the stream of it all. The live
 * message of an event comes from the place where the event is written, with its sequence number, so a viewer that
 * reconnects misses nothing.
 */
export class TeamLedger extends DurableObject<Env> {
  readonly #sql: SqlStorage;
  readonly #clients: ReturnType<typeof openClients>;
  readonly #uses: ReturnType<typeof openCredentialUses>;
  readonly #viewers: ReturnType<typeof openViewers>;
  /** The team was deleted: what still arrives is thrown away. */
  #erased: boolean;
  /** The sequence number of the last event. */
  #seq: number;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.#sql = ctx.storage.sql;
    this.#sql.exec(`
      CREATE TABLE IF NOT EXISTS executions (
        id TEXT PRIMARY KEY, status TEXT NOT NULL, tool_id TEXT, connection_id TEXT NOT NULL,
        intent TEXT NOT NULL, outcome TEXT, arguments TEXT, result TEXT
      ) WITHOUT ROWID;
      CREATE INDEX IF NOT EXISTS executions_by_status ON executions (status);
      CREATE INDEX IF NOT EXISTS executions_by_tool ON executions (tool_id);
      CREATE INDEX IF NOT EXISTS executions_by_connection ON executions (connection_id);
      CREATE TABLE IF NOT EXISTS events (
        seq INTEGER PRIMARY KEY, execution_id TEXT NOT NULL, at INTEGER NOT NULL,
        type TEXT NOT NULL, data TEXT NOT NULL
      );
      CREATE INDEX IF NOT EXISTS events_by_execution ON events (execution_id);
    `);
    this.#clients = openClients(this.#sql);
    this.#uses = openCredentialUses(this.#sql);
    this.#viewers = openViewers(ctx);
    this.#erased = ctx.storage.kv.get<boolean>("erased") ?? false;
    this.#seq =
      this.#sql.exec<{ seq: number | null }>("SELECT max(seq) AS seq FROM events").one().seq ?? 0;
    ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair("ping", "pong"));
  }

  /** Takes entries in batches, each any number of times: what is known already changes nothing. */
  record(teamId: string, entries: readonly LedgerEntry[]): void {
    this.#requireOwn(teamId);
    if (this.#erased) return;
    try {
      this.#write(entries);
    } catch {
      // What cannot be stored must not hold up the rest for ever: each for itself now, and that one without its bodies.
      for (const entry of entries) this.#writeWhatFits(entry);
    }
  }

  #requireOwn(teamId: string): void {
    if (teamId !== this.ctx.id.name)
      throw new Error("These entries belong to another team's ledger.");
  }

  #writeWhatFits(entry: LedgerEntry): void {
    try {
      this.#write([entry]);
    } catch (error) {
      this.#write([{ ...entry, notes: [], arguments: null, result: null }]);
      log("error", "ledger.entry_cut", {
        executionId: entry.executionId,
        error: describeError(error),
      });
    }
  }

  #write(entries: readonly LedgerEntry[]): void {
    const before = this.#seq;
    const written: EventRow[] = [];
    try {
      this.ctx.storage.transactionSync(() => {
        for (const entry of entries) this.#recordOne(entry, written);
      });
    } catch (error) {
      this.#seq = before;
      throw error;
    }
    this.#tellViewers(written);
  }

  #recordOne(entry: LedgerEntry, written: EventRow[]): void {
    const { executionId } = entry;
    const intent = JSON.parse(entry.intent) as Intent;
    const outcome = entry.outcome === null ? null : (JSON.parse(entry.outcome) as Outcome);
    const isNew =
      this.#sql.exec(
        "INSERT OR IGNORE INTO executions VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        executionId,
        outcome?.status ?? "running",
        intent.toolId,
        intent.connectionId,
        entry.intent,
        entry.outcome,
        entry.arguments,
        entry.result,
      ).rowsWritten > 0;
    if (!isNew && this.#statusOf(executionId) !== "running") return;
    const notes = isNew
      ? entry.notes
      : entry.notes.filter((note) => !this.#hasEvent(executionId, note));
    const events = isNew
      ? [{ at: intent.startedAt, type: "started", data: "{}" }, ...notes]
      : notes;
    if (outcome) {
      if (!isNew)
        this.#sql.exec(
          "UPDATE executions SET status = ?, outcome = ?, result = ? WHERE id = ?",
          outcome.status,
          entry.outcome,
          entry.result,
          executionId,
        );
      const { status, durationMs } = outcome;
      events.push({
        at: outcome.finishedAt ?? Date.now(),
        type: "finished",
        data: JSON.stringify({ status, durationMs }),
      });
    }
    this.#addEvents(executionId, events, written);
  }

  #statusOf(executionId: string): ExecutionStatus {
    return this.#sql
      .exec<{ status: ExecutionStatus }>("SELECT status FROM executions WHERE id = ?", executionId)
      .one().status;
  }

  #addEvents(executionId: string, events: LedgerEntry["notes"], written: EventRow[]): void {
    // One statement for nearly every call, which has two events. A statement takes 100 parameters.
    for (let from = 0; from < events.length; from += 20) {
      const rows = events.slice(from, from + 20).map(({ at, type, data }): EventRow => {
        this.#seq += 1;
        return { seq: this.#seq, execution_id: executionId, at, type, data };
      });
      this.#sql.exec(
        `INSERT INTO events VALUES ${rows.map(() => "(?, ?, ?, ?, ?)").join(", ")}`,
        ...rows.flatMap((row) => [row.seq, row.execution_id, row.at, row.type, row.data]),
      );
      written.push(...rows);
    }
  }

  /** Whether an earlier delivery, whose answer was lost, brought this note already. */
  #hasEvent(executionId: string, { at, type, data }: LedgerEntry["notes"][number]): boolean {
    const same =
      "SELECT 1 FROM events WHERE execution_id = ? AND at = ? AND type = ? AND data = ? LIMIT 1";
    return this.#sql.exec(same, executionId, at, type, data).toArray().length > 0;
  }

  list(filter: ExecutionFilter): Page<Execution> {
    return listExecutions(this.#sql, filter);
  }

  summarize(since: number, hidden: readonly string[] = []): ExecutionSummary {
    return summarize(this.#sql, since, hidden);
  }

  /** A client was heard of; live viewers are told. That is not replayed: whoever was away lists them anew. */
  seeClient(teamId: string, seen: SeenClient): void {
    this.#requireOwn(teamId);
    if (this.#erased) return;
    const client = this.#clients.see(seen);
    this.#viewers.tell({ type: "client", client });
  }

  listClients(filter: ClientFilter): Page<McpClient> {
    return this.#clients.list(filter);
  }

  /** A credential was used. Answers whether that was its first time from there, and not its first at all. */
  seeCredential(teamId: string, seen: SeenCredential): { newPlace: boolean } {
    this.#requireOwn(teamId);
    if (this.#erased) return { newPlace: false };
    return this.#uses.see(seen);
  }

  credentialUses(ids: readonly string[]): Record<string, CredentialUse> {
    return this.#uses.of(ids);
  }

  /** An ExecutionDetail as JSON text: its bodies can be anything, which RPC cannot type. */
  get(executionId: string): string | null {
    const [row] = this.#sql
      .exec<ExecutionRow & { arguments: string | null; result: string | null }>(
        "SELECT id, status, intent, outcome, arguments, result FROM executions WHERE id = ?",
        executionId,
      )
      .toArray();
    return row ? JSON.stringify(toDetail(row)) : null;
  }

  /** Oldest first. The cursor is the sequence number of the last event of the page before. */
  events(executionId: string, page: { limit: number; cursor: number }): Page<ExecutionEvent> {
    const rows = this.#sql
      .exec<EventRow>(
        "SELECT * FROM events WHERE execution_id = ? AND seq > ? ORDER BY seq LIMIT ?",
        executionId,
        page.cursor,
        page.limit + 1,
      )
      .toArray();
    return toPage(rows, page.limit, { item: toEvent, cursor: ({ seq }) => String(seq) });
  }

  /**
   * A viewer's WebSocket. Authorised by the Worker, which says in the header `x-viewer` who it is; `since` is the last
   * sequence number the viewer has.
   */
  override async fetch(request: Request): Promise<Response> {
    const since = new URL(request.url).searchParams.get("since");
    const viewer = JSON.parse(request.headers.get("x-viewer") ?? "") as Viewer;
    const { 0: theirs, 1: ours } = new WebSocketPair();
    this.#viewers.accept(ours, viewer);
    const last = this.#seq;
    this.#viewers.say(ours, { type: "hello", seq: last });
    if (since !== null) this.#replay(ours, Number(since), last);
    return new Response(null, { status: 101, webSocket: theirs });
  }

  /** Something changed that is kept elsewhere. It is not replayed: whoever was away loads it anew. */
  tellEverybody(message: LiveMessage): void {
    this.#viewers.tell(message);
  }

  tellPeople(people: readonly string[], message: LiveMessage): void {
    this.#viewers.tellPeople(people, message);
  }

  /** When each of these connections was called last, by id. The first rows of an index, however many calls there were. */
  lastCalls(connectionIds: readonly string[]): Record<string, number> {
    const rows = this.#sql
      .exec<{ connection_id: string; intent: string }>(
        `SELECT connection_id, intent FROM executions WHERE id IN (
           SELECT (SELECT id FROM executions WHERE connection_id = value ORDER BY id DESC LIMIT 1)
           FROM json_each(?))`,
        JSON.stringify(connectionIds),
      )
      .toArray();
    return Object.fromEntries(
      rows.map(({ connection_id: id, intent }) => [id, (JSON.parse(intent) as Intent).startedAt]),
    );
  }

  /** Closes the sockets of whoever lost their access, and of whoever has another one now. */
  cutOff(who: CutOff): void {
    this.#viewers.cutOff(who);
  }

  /** The team was deleted: nothing of it stays, and nothing is taken any more. */
  erase(): void {
    this.#erased = true;
    this.#viewers.endAll();
    this.ctx.storage.transactionSync(() => {
      this.ctx.storage.kv.put("erased", true);
      emptyTables(this.ctx.storage);
    });
  }

  #replay(viewer: WebSocket, since: number, last: number): void {
    if (since > last || last - since > maxReplay) {
      this.#viewers.say(viewer, { type: "reset", seq: last });
      return;
    }
    const missed = this.#sql
      .exec<EventRow>("SELECT * FROM events WHERE seq > ? ORDER BY seq", since)
      .toArray();
    for (const event of missed) this.#viewers.say(viewer, this.#message(event));
  }

  #message(event: EventRow): LiveMessage {
    const [row] = this.#sql
      .exec<ExecutionRow>(
        "SELECT id, status, intent, outcome FROM executions WHERE id = ?",
        event.execution_id,
      )
      .toArray();
    return {
      type: "event",
      seq: event.seq,
      event: toEvent(event),
      execution: row ? toExecution(row) : null,
    };
  }

  #tellViewers(events: readonly EventRow[]): void {
    if (this.ctx.getWebSockets().length === 0) return;
    for (const event of events) this.#viewers.tell(this.#message(event));
  }

  /** Viewers only listen. */
  override webSocketMessage(): void {}

  override webSocketClose(viewer: WebSocket, code: number): void {
    this.#viewers.forget(viewer);
    viewer.close(code === 1005 || code === 1006 ? 1000 : code);
  }
}
