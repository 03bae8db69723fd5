// When a token is renewed, and when asking the vendor is tried again. Rules: the clock is passed in.
import type { TokenFailure } from "../credentials";

/** A token's ends: when it came and when it is over; null where nobody says so. */
export type Life = { obtainedAt: number; expiresAt: number | null };

/** How long before its end, at most: in milliseconds, and as a part of its life, since some live for minutes only. */
type Margin = { ms: number; part: number };
export const forCalls: Margin = { ms: 5 * 60_000, part: 1 / 4 };
export const aheadOfUse: Margin = { ms: 10 * 60_000, part: 1 / 2 };

export function isDue({ obtainedAt, expiresAt }: Life, now: number, { ms, part }: Margin): boolean {
  if (expiresAt === null) return false;
  return now >= expiresAt - Math.min(ms, Math.max(0, expiresAt - obtainedAt) * part);
}

export const lives = ({ expiresAt }: Pick<Life, "expiresAt">, now: number): boolean =>
  expiresAt === null || now < expiresAt;

/** A renewal that came to nothing: the how many-eth in a row. */
export type Failed = { failure: TokenFailure; at: number; count: number };

const longestWaitMs = 5 * 60_000;
const misconfiguredWaitMs = 10 * 60_000;
const longestAskedWaitMs = 60 * 60_000;

/** From when on the vendor may be asked again. Never by itself where somebody has to sign in again. */
export function nextTryAt({ failure, at, count }: Failed): number {
  switch (failure.kind) {
    case "revoked":
      return Infinity;
    case "misconfigured":
      return at + misconfiguredWaitMs;
    case "transient": {
      const own = Math.min(longestWaitMs, 1000 * 2 ** Math.min(count - 1, 20));
      const asked = Math.min(longestAskedWaitMs, (failure.retryAfterSeconds ?? 0) * 1000);
      return at + Math.max(own, asked);
    }
  }
}

const quickMs = 5000;

/**
 * Whether to ask once more at once: the answer may have been lost on its way, and then a vendor that ends each refresh
 * token with its use often takes the old one for a moment longer. Not one that asked for patience, or took its time.
 */
export const isWorthAnother = (
  failure: TokenFailure,
  { tries, tookMs }: { tries: number; tookMs: number },
): boolean =>
  failure.kind === "transient" &&
  failure.retryAfterSeconds === undefined &&
  tries < 2 &&
  tookMs < quickMs;

const forcedInMs = 60_000;
const mostForced = 5;

/** Which renewals count still that a refused token forced: a server that refuses one after the other gets no storm of them. */
export function forcedLately(times: readonly number[], now: number): number[] | "enough" {
  const recent = times.filter((at) => now - at < forcedInMs);
  return recent.length >= mostForced ? "enough" : recent;
}
