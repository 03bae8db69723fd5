import type { ExecutionRow, Intent, Outcome } from "./records";
import type { Rollups } from "./rollups";

const atOnce = 2000;
const everything = "~";
const mark = "counted_up_to";

/**
 * Counts what the ledger held before it had counts. What ends meanwhile is counted at once where this has passed it
 * already, else when this comes to it: each once. A ledger without its mark counts all its executions anew.
 */
export function openCounting(storage: DurableObjectStorage, rollups: Rollups) {
  const { sql, kv } = storage;
  let upTo = kv.get<string>(mark) ?? begin();

  return {
    /** Whether the end of this one is counted as it comes. */
    hasPassed: (id: string): boolean => id <= upTo,
    isDone: (): boolean => upTo === everything,
    step,
  };

  function begin(): string {
    const [row] = sql.exec("SELECT 1 FROM executions LIMIT 1").toArray();
    rollups.clear();
    const first = row ? "" : everything;
    kv.put(mark, first);
    return first;
  }

  /** Counts some. True while there are more. */
  function step(): boolean {
    if (upTo !== everything) upTo = storage.transactionSync(countSome);
    return upTo !== everything;
  }

  function countSome(): string {
    const rows = sql
      .exec<ExecutionRow>(
        "SELECT id, status, intent, outcome FROM executions WHERE id > ? ORDER BY id LIMIT ?",
        upTo,
        atOnce,
      )
      .toArray();
    rollups.add(
      rows.flatMap(({ intent, outcome }) =>
        outcome === null
          ? []
          : [{ intent: JSON.parse(intent) as Intent, outcome: JSON.parse(outcome) as Outcome }],
      ),
    );
    const next = rows.length < atOnce ? everything : (rows.at(-1)?.id ?? everything);
    kv.put(mark, next);
    return next;
  }
}
