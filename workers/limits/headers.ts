import type { LimitState } from "./admission";

const seconds = (ms: number) => Math.ceil(ms / 1000);
const daySeconds = 86_400;

/** A limit's name in the headers: `person`, `person-day`, `person-budget`. */
const policyOf = ({ name, window }: LimitState) =>
  window === "minute" ? name : `${name}-${window}`;

/** `RateLimit-Policy` and `RateLimit` (IETF draft-ietf-httpapi-ratelimit-headers): what is allowed and what is left. */
export function limitHeaders(states: readonly LimitState[]): Record<string, string> {
  if (states.length === 0) return {};
  return {
    "ratelimit-policy": states
      .map(
        (state) =>
          `"${policyOf(state)}";q=${state.limit};w=${state.window === "minute" ? 60 : daySeconds}`,
      )
      .join(", "),
    ratelimit: states
      .map((state) => `"${policyOf(state)}";r=${state.remaining};t=${seconds(state.resetMs)}`)
      .join(", "),
  };
}
