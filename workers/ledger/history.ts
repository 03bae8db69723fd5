import type { Events } from "./events";
import { toDetail, toEvent, type EventRow, type ExecutionRow } from "./records";

export type WholeRow = ExecutionRow & {
  tool_id: string | null;
  connection_id: string;
  arguments: string | null;
  result: string | null;
};
/** Executions that have ended, with all there is of them. */
export type Whole = { executions: WholeRow[]; events: EventRow[] };

/** Ids from `from` on and below `before`. */
export type IdRange = { from?: string | undefined; before?: string | undefined };

/** Between this id and the next there is no other. */
export const past = (id: string): string => `${id}~`;

/** Well under the 32 MiB that a message between objects may have. */
const mostCharacters = 4 * 1024 * 1024;

export type History = ReturnType<typeof openHistory>;

/** The executions that have ended, as they are moved, archived and deleted: each with its events, oldest first. */
export function openHistory({ sql }: DurableObjectStorage, events: Events) {
  sql.exec(`
    CREATE TABLE IF NOT EXISTS last_calls (
      connection_id TEXT PRIMARY KEY, execution_id TEXT NOT NULL
    ) WITHOUT ROWID;
  `);

  return { oldest, read, put, remove };

  /** The ids of the oldest that have ended: no more than `most`, and than fit into one message. */
  function oldest({ most, ...range }: IdRange & { most: number }): string[] {
    const ids: string[] = [];
    let characters = 0;
    const rows = sql.exec<{ id: string; characters: number }>(
      `SELECT id, length(intent) + ifnull(length(arguments), 0) + ifnull(length(result), 0) AS characters
       FROM executions WHERE id >= ? AND id < ? AND +status <> 'running' ORDER BY id LIMIT ?`,
      ...boundsOf(range),
      most,
    );
    for (const row of rows) {
      characters += row.characters;
      if (characters > mostCharacters && ids.length > 0) break;
      ids.push(row.id);
    }
    return ids;
  }

  /** Everything of those in the range that have ended. */
  function read(range: IdRange): Whole {
    const executions = sql
      .exec<WholeRow>(
        `SELECT id, status, tool_id, connection_id, intent, outcome, arguments, result
         FROM executions WHERE id >= ? AND id < ? AND +status <> 'running' ORDER BY id`,
        ...boundsOf(range),
      )
      .toArray();
    return { executions, events: executions.flatMap(({ id }) => eventsOf(id)) };
  }

  function eventsOf(id: string): EventRow[] {
    return sql
      .exec<EventRow>("SELECT * FROM events WHERE execution_id = ? ORDER BY seq", id)
      .toArray();
  }

  /** Any number of times: what is there already is written over with the same. */
  function put({ executions, events: rows }: Whole): void {
    for (const row of executions)
      sql.exec(
        "INSERT OR REPLACE INTO executions VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        row.id,
        row.status,
        row.tool_id,
        row.connection_id,
        row.intent,
        row.outcome,
        row.arguments,
        row.result,
      );
    for (const row of rows)
      sql.exec(
        "INSERT OR REPLACE INTO events VALUES (?, ?, ?, ?, ?)",
        row.seq,
        row.execution_id,
        row.at,
        row.type,
        row.data,
      );
  }

  /** Deletes these with their events. What is left is when each of their connections was called last. */
  function remove(ids: readonly string[]): void {
    const list = JSON.stringify(ids);
    sql.exec(
      `INSERT INTO last_calls SELECT connection_id, max(id) FROM executions
       WHERE id IN (SELECT value FROM json_each(?)) GROUP BY connection_id
       ON CONFLICT (connection_id) DO UPDATE SET
       execution_id = max(execution_id, excluded.execution_id)`,
      list,
    );
    const { seq } = sql
      .exec<{ seq: number | null }>(
        "SELECT max(seq) AS seq FROM events WHERE execution_id IN (SELECT value FROM json_each(?))",
        list,
      )
      .one();
    if (seq !== null) events.deleting(seq);
    sql.exec("DELETE FROM events WHERE execution_id IN (SELECT value FROM json_each(?))", list);
    sql.exec("DELETE FROM executions WHERE id IN (SELECT value FROM json_each(?))", list);
  }
}

const boundsOf = ({ from = "", before = "~" }: IdRange): [string, string] => [from, before];

/** One line for each execution: what the API shows of it, and its events. */
export function toLines({ executions, events }: Whole): string {
  const byExecution = Map.groupBy(events, (event) => event.execution_id);
  return executions
    .map((row) => {
      const own = (byExecution.get(row.id) ?? []).map(toEvent);
      return `${JSON.stringify({ ...toDetail(row), events: own })}\n`;
    })
    .join("");
}
