import type { ErrorCode } from "../../shared/errors";
import type { Verdict } from "../limits";
import type { HubError } from "../platform/errors";

/** What an error says by its code alone. */
const verdicts: Partial<Record<ErrorCode, Verdict>> = {
  upstream_unreachable: "fails",
  upstream_timeout: "fails",
  upstream_invalid: "fails",
  upstream_unauthorized: "works",
  upstream_too_large: "works",
  tool_needs_input: "works",
};

/**
 * What an error says of the server behind a connection, and not only of the call: that it is down, or that it is there.
 * Undefined where it says neither: the caller hung up, or the call never reached it.
 */
export function verdictOf({
  code,
  details,
}: Pick<HubError, "code" | "details">): Verdict | undefined {
  const status = details?.["upstreamStatus"];
  // It waited for the request in vain.
  if (code === "upstream_timeout" && status === 408) return undefined;
  if (code !== "upstream_error") return verdicts[code];
  // How much it may be asked is told apart: see the vendor's limits.
  if (status === 429) return undefined;
  return typeof status === "number" && status >= 500 ? "fails" : "works";
}
