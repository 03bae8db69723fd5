import { ExecutionStatus, type ExecutionSummary } from "../../shared/contracts/executions";
import { lowestIdAt } from "../../shared/ids";

const maxCounted = 10_000;

/** What the executions begun at or after `since` came to: of the newest ones, where they are very many. */
export function summarize(
  sql: SqlStorage,
  since: number,
  hidden: readonly string[],
): ExecutionSummary {
  const rows = sql
    .exec<{ status: ExecutionStatus; durationMs: number | null }>(
      `SELECT status, outcome ->> 'durationMs' AS durationMs FROM executions WHERE id >= ?
       AND connection_id NOT IN (SELECT value FROM json_each(?)) ORDER BY id DESC LIMIT ?`,
      lowestIdAt("exe", since),
      JSON.stringify(hidden),
      maxCounted + 1,
    )
    .toArray();
  const counted = rows.slice(0, maxCounted);
  const count = (status: ExecutionStatus) => counted.filter((row) => row.status === status).length;
  const byStatus = Object.fromEntries(
    ExecutionStatus.options.map((status) => [status, count(status)]),
  ) as ExecutionSummary["byStatus"];
  const durations = counted
    .flatMap(({ durationMs }) => (durationMs === null ? [] : [durationMs]))
    .toSorted((a, b) => a - b);
  const within = (share: number) => durations[Math.ceil(durations.length * share) - 1] ?? null;
  return {
    since,
    total: counted.length,
    failed: byStatus.failed + byStatus.timed_out + byStatus.lost,
    byStatus,
    p50Ms: within(0.5),
    p95Ms: within(0.95),
    truncated: rows.length > maxCounted,
  };
}
