import type { HubError } from "../platform/errors";

/** How often a call is sent at most while its caller waits; jobs have attempts of their own. */
export const mostAttempts = 3;
const baseMs = 200;
const mostMs = 5000;
/** What a server answers that may be otherwise in a moment. */
const passing: ReadonlySet<unknown> = new Set([408, 429, 500, 502, 503, 504]);

/** An attempt that brought no answer. */
export type Attempt = {
  error: Pick<HubError, "code" | "details">;
  /** Which one it was, from 1, and how many there may be. */
  attempt: number;
  most: number;
  /** Whether the call may be sent a second time: it changes nothing, or the same once more. */
  safe: boolean;
  /** Until the call's time limit. */
  leftMs: number;
  /** From 0 to 1. */
  random: number;
};

/**
 * In how many milliseconds a call is sent again, or undefined where it is not. Waits are drawn from the whole of a span
 * that doubles (full jitter), so that many calls that failed together do not come back together; a server that says how
 * long to wait is taken at its word, where that ends before the call's time limit.
 */
export function retryAfterMs(failed: Attempt): number | undefined {
  const { error, attempt, most, safe, leftMs, random } = failed;
  if (!safe || attempt >= most || !mayPass(error)) return undefined;
  const asked = error.details?.["retryAfterSeconds"];
  const delayMs =
    typeof asked === "number"
      ? asked * 1000
      : Math.round(random * Math.min(baseMs * 2 ** (attempt - 1), mostMs));
  return delayMs < leftMs ? delayMs : undefined;
}

/** Whether the same call may get an answer a moment later. */
export function mayPass({ code, details }: Attempt["error"]): boolean {
  if (code === "upstream_unreachable" || details?.["brokenOff"] === true) return true;
  // Without a status it was our own time limit.
  return (
    (code === "upstream_error" || code === "upstream_timeout") &&
    passing.has(details?.["upstreamStatus"])
  );
}
