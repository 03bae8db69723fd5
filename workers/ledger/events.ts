import type { Page } from "../../shared/contracts/pages";
import { toPage } from "../platform/pages";
import type { EventRow, LedgerEntry } from "./records";

export type Events = ReturnType<typeof openEvents>;
type Note = LedgerEntry["notes"][number];

/** Everything that happened to executions and jobs, in one sequence. `execution_id` is a job's id for what happened to it. */
export function openEvents(storage: DurableObjectStorage) {
  const { sql, kv } = storage;
  sql.exec(`
    CREATE TABLE IF NOT EXISTS events (
      seq INTEGER PRIMARY KEY, execution_id TEXT NOT NULL, at INTEGER NOT NULL,
      type TEXT NOT NULL, data TEXT NOT NULL
    );
    CREATE INDEX IF NOT EXISTS events_by_execution ON events (execution_id);
  `);
  /** Up to here events may have been deleted. */
  let keptAfter = kv.get<number>("events_kept_after") ?? 0;
  /** The sequence number of the last event. It never comes back, though all of them be deleted. */
  let seq = Math.max(
    keptAfter,
    sql.exec<{ seq: number | null }>("SELECT max(seq) AS seq FROM events").one().seq ?? 0,
  );

  return {
    last: (): number => seq,

    keptAfter: (): number => keptAfter,

    /** Some up to this one are about to be deleted: whoever missed them is not told that they missed nothing. */
    deleting(upTo: number): void {
      if (upTo <= keptAfter) return;
      keptAfter = upTo;
      kv.put("events_kept_after", upTo);
    },

    /** In one transaction. Where it fails the numbers it took are free again, before anybody is told of them. */
    inOne<Answer>(work: () => Answer): Answer {
      const before = seq;
      try {
        return storage.transactionSync(work);
      } catch (error) {
        seq = before;
        throw error;
      }
    },

    /** Everything of these subjects goes. */
    remove(subjectIds: readonly string[]): void {
      const list = JSON.stringify(subjectIds);
      const those = "FROM events WHERE execution_id IN (SELECT value FROM json_each(?))";
      const { last } = sql
        .exec<{ last: number | null }>(`SELECT max(seq) AS last ${those}`, list)
        .one();
      if (last !== null) this.deleting(last);
      sql.exec(`DELETE ${those}`, list);
    },

    add(subjectId: string, events: readonly Note[]): EventRow[] {
      return this.addAll(events.map((event) => ({ ...event, subjectId })));
    },

    addAll(events: readonly (Note & { subjectId: string })[]): EventRow[] {
      const written: EventRow[] = [];
      // A statement has its price, and takes 100 parameters.
      for (let from = 0; from < events.length; from += 20) {
        const rows = events
          .slice(from, from + 20)
          .map(({ subjectId, at, type, data }): EventRow => {
            seq += 1;
            return { seq, execution_id: subjectId, at, type, data };
          });
        sql.exec(
          `INSERT INTO events VALUES ${rows.map(() => "(?, ?, ?, ?, ?)").join(", ")}`,
          ...rows.flatMap((row) => [row.seq, row.execution_id, row.at, row.type, row.data]),
        );
        written.push(...rows);
      }
      return written;
    },

    /** Whether an earlier delivery, whose answer was lost, brought this note already. */
    has(executionId: string, { at, type, data }: Note): boolean {
      const same =
        "SELECT 1 FROM events WHERE execution_id = ? AND at = ? AND type = ? AND data = ? LIMIT 1";
      return sql.exec(same, executionId, at, type, data).toArray().length > 0;
    },

    /** Those of these subjects after `cursor`, oldest first. The cursor is the sequence number of a page's last one. */
    page<Item extends { seq: number }>(
      subjectIds: readonly string[],
      {
        limit,
        cursor,
        type,
        item,
      }: {
        limit: number;
        cursor: number;
        type?: string | undefined;
        item: (row: EventRow) => Item;
      },
    ): Page<Item> {
      const only = subjectIds.length === 1 ? subjectIds[0] : undefined;
      const rows = sql
        .exec<EventRow>(
          // Of one they lie in order; those of several are sorted, so they are few.
          `SELECT * FROM events WHERE execution_id ${only === undefined ? "IN (SELECT value FROM json_each(?))" : "= ?"}
           AND seq > ? AND type = ifnull(?, type) ORDER BY seq LIMIT ?`,
          only ?? JSON.stringify(subjectIds),
          cursor,
          type ?? null,
          limit + 1,
        )
        .toArray();
      return toPage(rows, limit, { item, cursor: (event) => String(event.seq) });
    },
  };
}
