import type { JobProgress } from "../../../shared/contracts/jobs";
import type { LedgerEntry } from "../records";
import type { JobRows } from "./rows";

const maxMessage = 1000;

/** What a job's attempt says of how far it is becomes the job's own. Of an attempt that is over it says nothing. */
export function noteProgress(
  rows: JobRows,
  jobId: string,
  { executionId, notes }: Pick<LedgerEntry, "executionId" | "notes">,
): void {
  const last = notes.findLast(({ type }) => type === "progress");
  const progress = last && readProgress(last);
  if (!progress) return;
  const job = rows.find(jobId);
  if (job?.status !== "running" || job.state.executionId !== executionId) return;
  job.state.progress = progress;
  rows.save(job);
}

function readProgress({ at, data }: LedgerEntry["notes"][number]): JobProgress | undefined {
  const { progress, total, message } = JSON.parse(data) as Record<string, unknown>;
  if (typeof progress !== "number") return undefined;
  return {
    progress,
    ...(typeof total === "number" ? { total } : {}),
    ...(typeof message === "string" ? { message: message.slice(0, maxMessage) } : {}),
    at,
  };
}
