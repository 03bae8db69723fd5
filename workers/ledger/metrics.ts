import type { JobStatus } from "../../shared/contracts/jobs";
import type { Rollups } from "./rollups";
import type { EndStatus } from "./tally";

/** What one connection's executions ever came to. It never goes down. */
export type ConnectionTotals = {
  connectionId: string;
  byStatus: Record<EndStatus, number>;
  /** How long they took, together. */
  ms: number;
  /** By the slots of `durations.ts`: how often. */
  durations: { slot: number; times: number }[];
};

export type LedgerMetrics = {
  /** The oldest connection first. */
  connections: ConnectionTotals[];
  /** Of those that have not ended: as many as may wait, and no more. */
  jobs: Partial<Record<JobStatus, number>>;
};

/** Without the connections that are hidden from whoever asks. */
export function readMetrics(
  { sql, rollups }: { sql: SqlStorage; rollups: Rollups },
  hidden: readonly string[],
): LedgerMetrics {
  const unseen = new Set(hidden);
  const jobs = sql
    .exec<{ status: JobStatus; jobs: number }>(
      `SELECT status, count(*) AS jobs FROM jobs
       WHERE status IN ('queued', 'running') AND connection_id NOT IN (SELECT value FROM json_each(?)) GROUP BY status`,
      JSON.stringify(hidden),
    )
    .toArray();
  return {
    connections: rollups
      .lifetimes()
      .filter(({ connectionId }) => !unseen.has(connectionId))
      .map(({ connectionId, tally: { byStatus, ms, durations } }) => ({
        connectionId,
        byStatus,
        ms,
        durations: [...durations].map(([slot, times]) => ({ slot, times })),
      })),
    jobs: Object.fromEntries(jobs.map(({ status, jobs: count }) => [status, count])),
  };
}
