/** What an answer told of the vendor's own limits. */
export type VendorNews = {
  limit: number | null;
  remaining: number | null;
  /** When it is whole again, in milliseconds since 1970. */
  resetAt: number | null;
  /** The vendor asks not to be called before then. */
  blockedUntil: number | null;
  heardAt: number;
};

type Answer = { status: number; headers: Pick<Headers, "get" | "has"> };

/** Who asks for more would lock a connection with one header. */
const longestBlockMs = 60 * 60_000;
/** No limit is counted over a longer time. */
const longestResetMs = 31 * 24 * 60 * 60_000;
const prefixes = ["x-ratelimit-", "ratelimit-", "x-rate-limit-"];

/**
 * What a vendor's answer says of its limits: `Retry-After` (RFC 9110), `RateLimit` and `RateLimit-Policy`
 * (draft-ietf-httpapi-ratelimit-headers), and the older `X-RateLimit-Limit`, `-Remaining` and `-Reset` in their
 * spellings. Undefined where it says nothing, or nothing that makes sense.
 */
export function readVendorLimits({ status, headers }: Answer, now: number): VendorNews | undefined {
  const told = headers.has("ratelimit") ? readDraft(headers) : readOlder(headers, now);
  const asked = status === 429 ? momentOf(headers.get("retry-after"), now) : null;
  if (!told && asked === null) return undefined;
  const { limit = null, remaining = null, waitMs = null } = told ?? {};
  const resetAt = waitMs !== null && waitMs > 0 && waitMs <= longestResetMs ? now + waitMs : null;
  const usedUp = remaining === 0 ? resetAt : null;
  const until = Math.max(asked ?? 0, usedUp ?? 0);
  const blockedUntil = until > now && until <= now + longestBlockMs ? until : null;
  if (limit === null && remaining === null && blockedUntil === null) return undefined;
  return { limit, remaining, resetAt, blockedUntil, heardAt: now };
}

type Told = { limit: number | null; remaining: number | null; waitMs: number | null };

/** `"minute";r=0;t=12, "day";r=900;t=3600`: of several the one that is nearest to its end. */
function readDraft(headers: Answer["headers"]): Told | undefined {
  const items = (headers.get("ratelimit") ?? "").slice(0, 2000).split(",").map(readItem);
  const policies = (headers.get("ratelimit-policy") ?? "").slice(0, 2000).split(",").map(readItem);
  let nearest: (Told & { share: number }) | undefined;
  for (const { name, params } of items) {
    const remaining = countOf(params["r"]);
    if (remaining === null) continue;
    const seconds = countOf(params["t"]);
    const limit = countOf(policies.find((policy) => policy.name === name)?.params["q"]);
    const waitMs = seconds === null ? null : seconds * 1000;
    const share = limit === null || limit === 0 ? remaining : remaining / limit;
    const isNearer =
      !nearest ||
      share < nearest.share ||
      (share === nearest.share && (waitMs ?? 0) > (nearest.waitMs ?? 0));
    if (isNearer) nearest = { limit, remaining, waitMs, share };
  }
  return nearest;
}

/** One item of a structured field (RFC 9651): its name, and its parameters by name. */
function readItem(text: string): { name: string; params: Record<string, string | undefined> } {
  const [name = "", ...pairs] = text.split(";").map((part) => part.trim());
  const params = pairs.map((pair) => pair.split("=", 2) as [string, string]);
  return { name, params: Object.fromEntries(params) };
}

function readOlder(headers: Answer["headers"], now: number): Told | undefined {
  for (const prefix of prefixes) {
    const left = headers.get(`${prefix}remaining`);
    if (left === null) continue;
    const remaining = countOf(left);
    if (remaining === null) continue;
    const at = momentOf(headers.get(`${prefix}reset`), now);
    return {
      limit: countOf(headers.get(`${prefix}limit`)?.split(/[,;]/, 1)[0]),
      remaining,
      waitMs: at === null ? null : at - now,
    };
  }
  return undefined;
}

function countOf(text: string | undefined): number | null {
  if (text === undefined || !/^\s*\d{1,12}(\.\d{1,9})?\s*$/.test(text)) return null;
  return Math.floor(Number(text));
}

/** The earliest moment, as a count, that can be no span of time: 2001 in seconds. */
const firstEpochSeconds = 1_000_000_000;
const firstEpochMs = 100_000_000_000;

/** Seconds from now, seconds or milliseconds since 1970, or a date. Null for what is over or makes no sense. */
function momentOf(text: string | null, now: number): number | null {
  if (text === null) return null;
  const trimmed = text.trim();
  let at: number;
  if (/^\d{1,15}(\.\d{1,9})?$/.test(trimmed)) {
    const count = Number(trimmed);
    if (count >= firstEpochMs) at = count;
    else if (count >= firstEpochSeconds) at = count * 1000;
    else at = now + count * 1000;
  } else at = /^[A-Za-z\d]/.test(trimmed) && trimmed.length <= 40 ? Date.parse(trimmed) : NaN;
  return at > now ? Math.ceil(at) : null;
}
