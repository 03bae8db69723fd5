import type { Job } from "../../../shared/contracts/jobs";
import type { Kept } from "./records";

const lookedAt = 20;

/** When a running job will probably end: by what it says itself, else by what its tool usually takes. */
export function estimate(sql: SqlStorage, { status, asked, state }: Kept): Job["estimate"] {
  const { attemptAt, progress } = state;
  if (status !== "running" || attemptAt === null) return null;
  if (
    progress?.total !== undefined &&
    progress.progress > 0 &&
    progress.total >= progress.progress
  ) {
    const tookMs = progress.at - attemptAt;
    const wholeMs = (tookMs * progress.total) / progress.progress;
    // What a server says of itself may be beyond all numbers.
    if (Number.isFinite(wholeMs))
      return { endsAt: Math.round(attemptAt + wholeMs), basis: "progress" };
  }
  const usual = usualMs(sql, asked.toolId);
  return usual === undefined ? null : { endsAt: attemptAt + usual, basis: "history" };
}

/** What half of the tool's last calls that succeeded took at most: along an index, and of a few rows. */
function usualMs(sql: SqlStorage, toolId: string): number | undefined {
  const durations = sql
    .exec<{ ms: number | null }>(
      `SELECT outcome ->> 'durationMs' AS ms FROM (
         SELECT status, outcome FROM executions WHERE tool_id = ? ORDER BY id DESC LIMIT ?)
       WHERE status = 'succeeded'`,
      toolId,
      lookedAt,
    )
    .toArray()
    .flatMap(({ ms }) => (ms === null ? [] : [ms]))
    .toSorted((a, b) => a - b);
  return durations[Math.ceil(durations.length / 2) - 1];
}
