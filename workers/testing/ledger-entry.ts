import { newId } from "../../shared/ids";
import type { Intent, LedgerEntry, Outcome } from "../ledger/records";

/** A whole minute, and the time of entries that say no other. */
export const begin = 1_800_000_000_000;

export type Made = Partial<Omit<LedgerEntry, "intent" | "outcome">> & {
  at?: number;
  intent?: Partial<Intent>;
  outcome?: Partial<Outcome> | null;
};

/** What the gate tells of a call that has ended well, but for what is said otherwise; with `outcome: null` it goes on. */
export function entry({ at = begin, intent = {}, outcome = {}, ...rest }: Made = {}): LedgerEntry {
  const whole: Intent = {
    method: "tools/call",
    surface: "rest",
    toolId: "tool_1",
    name: "echo",
    connectionId: "con_1",
    connectionSlug: "one",
    actor: { kind: "apiKey", id: "key_1", personId: "per_1" },
    requestId: "req_1",
    startedAt: at,
    ...intent,
  };
  const end = {
    status: "succeeded",
    finishedAt: at + 5,
    durationMs: 5,
    upstreamMs: 4,
    error: null,
    ...outcome,
  };
  return {
    executionId: newId("exe", at),
    arguments: '{"characters":2,"truncated":false,"json":{}}',
    notes: [],
    result: outcome === null ? null : '{"characters":2,"truncated":false,"json":{}}',
    ...rest,
    intent: JSON.stringify(whole),
    outcome: outcome === null ? null : JSON.stringify(end),
  };
}
