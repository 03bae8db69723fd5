import type { LimitState } from "./admission";

const seconds = (ms: number) => Math.ceil(ms / 1000);

/** `RateLimit-Policy` and `RateLimit` (IETF draft-ietf-httpapi-ratelimit-headers): what is allowed and what is left. */
export function limitHeaders(states: readonly LimitState[]): Record<string, string> {
  if (states.length === 0) return {};
  return {
    "ratelimit-policy": states.map(({ name, limit }) => `"${name}";q=${limit};w=60`).join(", "),
    ratelimit: states
      .map(({ name, remaining, resetMs }) => `"${name}";r=${remaining};t=${seconds(resetMs)}`)
      .join(", "),
  };
}
