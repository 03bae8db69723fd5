import { HubError } from "../../platform/errors";
import type { TokenFailure } from "./types";

/** A failure to get a token, for a caller who waits for it. */
export function failureError({ kind, message, error, retryAfterSeconds }: TokenFailure): HubError {
  return new HubError(kind === "transient" ? "upstream_error" : "upstream_unauthorized", message, {
    details: {
      reason: kind,
      ...(error === undefined ? {} : { error }),
      ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
    },
  });
}
