import type { ServerReport } from "./servers";

export type ExecutionNote = { at: number; type: string; data: string };

/** What became of a call, or what was heard of it on the way; and what that says of its server. */
export type Settlement = ServerReport & {
  executionId: string;
  notes: ExecutionNote[];
  /** JSON the ledger records: status, times, error. Null while the call goes on. */
  outcome: string | null;
  result: string | null;
  /** The answer, sealed, for whoever repeats the call under its idempotency key. */
  kept?: string | null;
};

/** A call under way, as the gate keeps it. */
export type OpenCall = {
  /** The number of its row in the outbox. */
  row: number;
  at: number;
  connectionId: string | null;
  subjects: string;
  intent: string;
  arguments: string | null;
  deadline: number;
  /** The round of questions it waits in; 0 while it runs. */
  waitingRound: number;
  announced: boolean;
  stopped: boolean;
};

/** The end of a call that nobody told one of. */
export function lostOutcome(call: OpenCall, now: number): string {
  const error =
    call.waitingRound > 0
      ? { code: "cancelled", message: "The input this call asked for never came." }
      : {
          code: "execution_lost",
          message:
            "The hub was interrupted before the server's answer was recorded. Whether the call took effect is not known.",
        };
  return JSON.stringify({
    status: call.waitingRound > 0 ? "cancelled" : "lost",
    finishedAt: now,
    durationMs: null,
    upstreamMs: null,
    error,
  });
}
