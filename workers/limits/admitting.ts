// What a gate is asked before a call is made, and what it answers.
import type { Limit, LimitState, LimitWarning } from "./admission";
import type { Settlement } from "./calls";
import type { ServerNews } from "./servers";

export type Admit = {
  /** The epoch the caller's knowledge belongs to; an older one is refused as stale before anything is spent. */
  epoch: number;
  executionId: string;
  /** The connection whose server is asked; null where the answer is there already. */
  connectionId: string | null;
  limits: readonly Limit[];
  /** How many calls of the team may be under way at the same time. */
  inFlight: number;
  /** Milliseconds the call may take. */
  timeoutMs: number;
  /** JSON the ledger records: what runs, for whom, since when. */
  intent: string;
  /** The arguments as the ledger records them. */
  arguments: string | null;
  /** How many calls of the team the asking Worker has under way. */
  underway: number;
  /** Who repeats this key within a day gets the first execution, not a second. */
  idempotency: { key: string; hash: string } | null;
  /** What became of earlier calls. */
  settlements: readonly Settlement[];
};

export type Admission =
  /** `probe`: the one call that shows whether its server works again. */
  | { kind: "admitted"; limits: LimitState[]; warnings?: LimitWarning[]; probe?: true }
  | { kind: "stale"; epoch: number }
  | { kind: "limited"; exceeded: LimitState; warnings?: LimitWarning[] }
  /** Its server fails again and again, or asked to wait: nothing is sent to it before then. */
  | { kind: "open" | "vendor_limited"; retryAfterMs: number }
  /** The team has more calls under way than its plan allows. */
  | { kind: "shed"; retryAfterMs: number }
  | { kind: "repeated"; executionId: string; sameRequest: boolean };

/** Something people are to be told of, for whoever asks to be admitted to tell. */
export type WithNews = { news?: ServerNews[] };

/** Limits that are paid ahead of a call. Whoever repeats the key within a day pays nothing and hears of the first `id`. */
export type Spend = {
  epoch: number;
  limits: readonly Limit[];
  once?: { key: string; hash: string; id: string } | undefined;
};

/** What paying limits ahead of a call came to. */
export type Payment =
  | { kind: "admitted"; limits: LimitState[]; warnings?: LimitWarning[] }
  | Extract<Admission, { kind: "stale" | "limited" | "repeated" }>;
