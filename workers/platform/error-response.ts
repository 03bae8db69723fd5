import { HTTPException } from "hono/http-exception";
import type { ErrorBody } from "../../shared/contracts/errors";
import { errors, type ErrorCode } from "../../shared/errors";
import { HubError } from "./errors";
import { describeError, log } from "./log";

export function errorResponse(error: unknown, requestId: string): Response {
  const known = toHubError(error);
  return Response.json(errorBody(error, requestId), {
    status: errors[known.code].status,
    headers: errorHeaders(known),
  });
}

/** Whatever was thrown, as it is told. What is the hub's own fault is logged whole. */
export function errorBody(error: unknown, requestId: string): ErrorBody {
  const known = toHubError(error);
  if (known.code === "internal" || known.code === "unavailable")
    log("error", "request.failed", { requestId, code: known.code, error: describeError(error) });
  return {
    error: {
      code: known.code,
      message: known.message,
      requestId,
      ...(known.details === undefined ? {} : { details: known.details }),
    },
  };
}

export function errorHeaders(error: HubError): Record<string, string> {
  const seconds = error.details?.["retryAfterSeconds"];
  return {
    ...error.headers,
    ...(error.code === "unauthorized" ? { "www-authenticate": 'Bearer realm="Plugboard"' } : {}),
    ...(typeof seconds === "number" && asksToWait(error.code)
      ? { "retry-after": String(seconds) }
      : {}),
    ...(error.code === "unavailable" ? { "retry-after": "5" } : {}),
  };
}

/** An upstream's own `Retry-After` stands in the details alone: whoever asks again asks the hub. */
const asksToWait = (code: ErrorCode): boolean =>
  errors[code].status === 429 || code === "circuit_open" || code === "overloaded";

export function toHubError(error: unknown): HubError {
  if (error instanceof HubError) return error;
  if (error instanceof HTTPException && error.status === 400)
    return new HubError("invalid_input", "body: is not valid JSON", { cause: error });
  if (error instanceof HTTPException && error.status === 415) return notJson(error);
  return new HubError(
    "internal",
    "Something went wrong inside the hub. Try again; if it stays, report the request id.",
    {
      cause: error,
    },
  );
}

export function notJson(cause?: unknown): HubError {
  return new HubError(
    "unsupported_media_type",
    "Send the body as JSON, with the header Content-Type: application/json.",
    { cause },
  );
}
