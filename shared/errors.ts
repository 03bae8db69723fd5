/** Every error code the hub can answer with, and its HTTP status. `side` says who can mend it. */
export const errors = {
  invalid_input: { status: 400, side: "caller" },
  invalid_arguments: { status: 400, side: "caller" },
  outbound_refused: { status: 400, side: "caller" },
  unauthorized: { status: 401, side: "caller" },
  forbidden: { status: 403, side: "caller" },
  second_factor_required: { status: 403, side: "caller" },
  no_team: { status: 403, side: "caller" },
  not_found: { status: 404, side: "caller" },
  method_not_allowed: { status: 405, side: "caller" },
  conflict: { status: 409, side: "caller" },
  tool_quarantined: { status: 409, side: "caller" },
  connection_disabled: { status: 409, side: "caller" },
  connection_needs_auth: { status: 409, side: "caller" },
  secret_in_use: { status: 409, side: "caller" },
  idempotency_in_progress: { status: 409, side: "caller" },
  link_expired: { status: 410, side: "caller" },
  link_used: { status: 410, side: "caller" },
  payload_too_large: { status: 413, side: "caller" },
  unsupported_media_type: { status: 415, side: "caller" },
  idempotency_mismatch: { status: 422, side: "caller" },
  tool_needs_input: { status: 422, side: "caller" },
  rate_limited: { status: 429, side: "caller" },
  locked_out: { status: 429, side: "caller" },
  cancelled: { status: 499, side: "caller" },
  upstream_unreachable: { status: 502, side: "upstream" },
  upstream_unauthorized: { status: 502, side: "upstream" },
  upstream_invalid: { status: 502, side: "upstream" },
  upstream_error: { status: 502, side: "upstream" },
  upstream_too_large: { status: 502, side: "upstream" },
  execution_lost: { status: 502, side: "hub" },
  circuit_open: { status: 503, side: "upstream" },
  upstream_timeout: { status: 504, side: "upstream" },
  internal: { status: 500, side: "hub" },
  unavailable: { status: 503, side: "hub" },
  overloaded: { status: 503, side: "hub" },
} as const satisfies Record<string, { status: number; side: "caller" | "upstream" | "hub" }>;

export type ErrorCode = keyof typeof errors;

export const isErrorCode = (code: string | undefined): code is ErrorCode =>
  code !== undefined && Object.hasOwn(errors, code);
