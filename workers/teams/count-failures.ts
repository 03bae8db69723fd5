import type { Asking } from "./authenticate";
import type { AttemptRule } from "../limits";
import { addressOf, networkOf } from "../platform/address";
import { HubError } from "../platform/errors";
import { log } from "../platform/log";
import { Lru } from "../platform/lru";
import { sessionCookieName } from "./session-cookie";

const minuteMs = 60_000;
const rule: AttemptRule = { failures: 300, withinMs: 5 * minuteMs, lockMs: 5 * minuteMs };

/** Until when an address is locked, as far as this isolate knows: those that keep failing cost no hop. */
const lockedUntil = new Lru<number>(5000);

/**
 * Lets `work` find out who asks. A key, token, session or ticket that does not count is logged and counted by its
 * address; where too many failed from there, whatever fails next is told to wait. A right one passes all the same.
 */
export async function countingFailures<Value>(
  asking: Asking,
  work: () => Promise<Value>,
  proof?: "ticket",
): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    const shown = proof ?? shownOf(asking.request);
    if (!(error instanceof HubError) || error.code !== "unauthorized" || shown === null)
      throw error;
    const address = addressOf(asking.env, asking.request);
    log("warn", "auth.failed", { requestId: asking.requestId, address, credential: shown });
    // Where nothing says whence requests come, one's failures must not be another's.
    if (address === "unknown") throw error;
    const waitMs = await failedFrom(asking.env, networkOf(address));
    throw waitMs > 0 ? lockedOut(waitMs) : error;
  }
}

/** What was sent to prove who asks, as far as it may be logged; null for nothing. */
function shownOf({ headers }: Request): string | null {
  const authorization = headers.get("authorization");
  if (authorization === null)
    return headers.get("cookie")?.includes(sessionCookieName) ? "session" : null;
  const prefix = /^Bearer +(pb_[0-9A-Za-z]{6})[0-9A-Za-z]{32}$/i.exec(authorization)?.[1];
  return prefix ?? "token";
}

async function failedFrom(env: Env, network: string): Promise<number> {
  const known = (lockedUntil.get(network) ?? 0) - Date.now();
  if (known > 0) return known;
  const waitMs = await env.ATTEMPTS.getByName(`credentials/${network}`).begin(rule);
  if (waitMs > 0) lockedUntil.set(network, Date.now() + waitMs);
  return waitMs;
}

function lockedOut(waitMs: number): HubError {
  const retryAfterSeconds = Math.ceil(waitMs / 1000);
  return new HubError(
    "locked_out",
    `Too many requests from your address came with a key or token that does not count. Try again in ${retryAfterSeconds} s, or send a right one now.`,
    { details: { retryAfterSeconds } },
  );
}
