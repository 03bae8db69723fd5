import type { ExecutionStatus } from "../../../shared/contracts/executions";
import type { ErrorCode } from "../../../shared/errors";
import type { FinalStatus } from "../../ledger";

/** Attempts that reached the server, and those that were refused before; what one retries by hand counts anew. */
const mostAttempts = 5;
const mostRefused = 10;
const baseMs = 1000;
const mostMs = 5 * 60_000;
const mostAskedMs = 60 * 60_000;

/** How an attempt of a job ended. */
export type Ended = {
  /** What became of its execution; null where the call was refused before its server was asked. */
  status: Exclude<ExecutionStatus, "running"> | null;
  code: ErrorCode | "tool_error" | null;
  /** The same call may get an answer a moment later. */
  mayPass: boolean;
  /** How long whoever refused it asks to wait. */
  retryAfterMs: number | null;
  /** Whether a call may be sent a second time: it changes nothing, or the same once more. */
  safe: boolean;
  /** Which attempt it was, from 1. */
  tries: number;
  cancelRequested: boolean;
  now: number;
  /** From 0 to 1. */
  random: number;
};

/** What follows from the end of an attempt: the next one, or the end of the job. */
export function afterAttempt(ended: Ended): { again: number } | { ended: FinalStatus } {
  const { status, code, cancelRequested } = ended;
  if (status === "succeeded") return { ended: "succeeded" };
  if (cancelRequested) return { ended: "cancelled" };
  if (isWorthAnother(ended)) return { again: ended.now + delayMs(ended) };
  if (status === null || status === "failed") return { ended: "failed" };
  // Whoever asked may not call any more: nobody cancelled it.
  return { ended: status === "cancelled" && code !== "cancelled" ? "failed" : status };
}

function isWorthAnother({ status, code, mayPass, safe, tries }: Ended): boolean {
  switch (status) {
    case null:
      return tries < mostRefused && code !== null && passing.has(code);
    case "lost":
    case "timed_out":
      return tries < mostAttempts && safe;
    case "failed":
      return tries < mostAttempts && safe && mayPass;
    case "cancelled":
    case "succeeded":
      return false;
  }
}

/** Why nothing was sent, where that is another matter later. */
const passing: ReadonlySet<string> = new Set<ErrorCode>([
  "rate_limited",
  "circuit_open",
  "overloaded",
  "unavailable",
  "internal",
]);

/** Drawn from the upper half of a span that doubles, so that jobs that failed together do not come back together. */
function delayMs({ tries, retryAfterMs, random }: Ended): number {
  const span = Math.min(baseMs * 2 ** (tries - 1), mostMs);
  const backOff = Math.round(span / 2 + (random * span) / 2);
  return Math.max(backOff, Math.min(retryAfterMs ?? 0, mostAskedMs));
}
