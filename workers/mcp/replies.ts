import { rpcCode, type Era, type RpcError, type RpcId } from "../connectors";
import { errors, type ErrorCode } from "../../shared/errors";
import type { HubError } from "../platform/errors";
import { errorHeaders, toHubError } from "../platform/error-response";
import { describeError, log } from "../platform/log";

/** A request the wire itself refuses: wrong headers, wrong envelope, unknown method or version. */
export class WireRefusal extends Error {
  readonly error: RpcError;
  readonly status: number;
  constructor(code: number, message: string, options: { status?: number; data?: unknown } = {}) {
    super(message);
    this.error =
      options.data === undefined ? { code, message } : { code, message, data: options.data };
    this.status = options.status ?? 400;
  }
}

const json = { "content-type": "application/json" };

/** `resultText` is JSON already. */
export function resultReply(
  id: RpcId,
  resultText: string,
  headers: Record<string, string> = {},
): Response {
  return new Response(`{"jsonrpc":"2.0","id":${JSON.stringify(id)},"result":${resultText}}`, {
    headers: { ...json, ...headers },
  });
}

export function errorReply(
  id: RpcId | null,
  error: RpcError,
  options: { status?: number; headers?: Record<string, string> } = {},
): Response {
  return Response.json(
    { jsonrpc: "2.0", id, error },
    { status: options.status ?? 200, headers: options.headers ?? {} },
  );
}

/** Refusals that are about the request as a whole keep their HTTP status; the rest is an answer like any other. */
const whole: readonly ErrorCode[] = [
  "unauthorized",
  "forbidden",
  "locked_out",
  "payload_too_large",
  "overloaded",
  "unavailable",
  "internal",
];

/** Whatever was thrown, as JSON-RPC. What is unforeseen is logged whole and answered with the request id only. */
export function refusalReply(
  error: unknown,
  asked: { id: RpcId | null; requestId: string },
): Response {
  const { id, requestId } = asked;
  if (error instanceof WireRefusal) return errorReply(id, error.error, { status: error.status });
  const known = toHubError(error);
  if (known.code === "internal")
    log("error", "request.failed", { requestId, code: known.code, error: describeError(error) });
  const status = id === null || whole.includes(known.code) ? errors[known.code].status : 200;
  return errorReply(id, toRpcError(known, requestId), { status, headers: errorHeaders(known) });
}

/** Since 2026-07-28 some protocol errors have a status of their own; before, they all travel in a 200. */
export function statusOf(era: Era, error: RpcError): number {
  if (era === "legacy") return 200;
  if (error.code === rpcCode.methodNotFound) return 404;
  const refusals: readonly number[] = [
    rpcCode.headerMismatch,
    rpcCode.missingClientCapability,
    rpcCode.unsupportedVersion,
  ];
  return refusals.includes(error.code) ? 400 : 200;
}

const hubRefusal = -32000;

/** One error of the hub as JSON-RPC says it. `data.code` is the hub's own, stable code. */
export function toRpcError(error: HubError, requestId: string): RpcError {
  const code =
    error.code === "not_found" ||
    error.code === "invalid_input" ||
    error.code === "invalid_arguments"
      ? rpcCode.invalidParams
      : error.code === "internal"
        ? rpcCode.internalError
        : hubRefusal;
  return { code, message: error.message, data: { ...error.details, code: error.code, requestId } };
}

/** Whether a model should read this error as the tool's answer, so that it can act on it. */
export function isForTheModel(code: ErrorCode): boolean {
  if (errors[code].side === "upstream") return true;
  return [
    "invalid_arguments",
    "outbound_refused",
    "tool_quarantined",
    "connection_disabled",
    "tool_needs_input",
    "execution_lost",
  ].includes(code);
}
