import type { Job } from "../../../shared/contracts/jobs";

/** A job for tests, made at time 0. */
export const sampleJob = (change: Partial<Job> = {}): Job => ({
  id: "job_1",
  status: "succeeded",
  toolId: "tool_report",
  name: "create_report",
  connectionId: "con_1",
  connectionSlug: "finance",
  actor: { kind: "user", id: "per_1", personId: "per_1" },
  requestId: "req_1",
  context: {},
  createdAt: 0,
  startedAt: 10,
  finishedAt: 50,
  nextAttemptAt: null,
  attempts: 1,
  executionId: "exe_1",
  timeoutMs: 600_000,
  progress: null,
  estimate: null,
  error: null,
  cancelRequestedAt: null,
  callback: null,
  notify: false,
  resultUntil: null,
  ...change,
});
