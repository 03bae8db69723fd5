/** What an attempt came to: the status it was answered with, null where nothing answered in time. */
export type Attempted = {
  /** Which attempt it was, from 1. */
  attempt: number;
  status: number | null;
  /** What the receiver asked for with `Retry-After`. */
  retryAfterSeconds: number | undefined;
  now: number;
};

export type AfterAttempt = { do: "again"; at: number } | { do: "delivered" } | { do: "give up" };

/** How long after an attempt the next one comes: the first is made at once. */
const waits = [5_000, 60_000, 5 * 60_000, 30 * 60_000, 2 * 3_600_000, 5 * 3_600_000];

/** A 2xx alone is an answer that counts; a redirect is none. 410: the receiver wants to hear nothing more. */
export function afterCallback({
  attempt,
  status,
  retryAfterSeconds,
  now,
}: Attempted): AfterAttempt {
  if (status !== null && status >= 200 && status < 300) return { do: "delivered" };
  const wait = waits[attempt - 1];
  if (status === 410 || wait === undefined) return { do: "give up" };
  return { do: "again", at: now + Math.max(wait, (retryAfterSeconds ?? 0) * 1000) };
}
