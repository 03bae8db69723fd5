import type { ErrorCode } from "../../shared/errors";

/**
 * What is foreseen. `message` names the thing and the next step and is shown to the caller, so it never
 * holds a secret or an upstream's own words; those go in `cause`, which is only logged.
 */
export class HubError extends Error {
  override readonly name = "HubError";
  readonly code: ErrorCode;
  readonly details: Record<string, unknown> | undefined;
  /** What the HTTP answer says besides. */
  readonly headers: Record<string, string> | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    options: ErrorOptions & {
      details?: Record<string, unknown>;
      headers?: Record<string, string>;
    } = {},
  ) {
    // Refusals come in masses, and nobody asks where in the code they were made: to find that out costs more than to
    // make one.
    const depth = Error.stackTraceLimit;
    if (code === "rate_limited") Error.stackTraceLimit = 0;
    super(message, options);
    Error.stackTraceLimit = depth;
    this.code = code;
    this.details = options.details;
    this.headers = options.headers;
  }
}
