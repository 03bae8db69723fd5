import type { FlowErrorCode, FlowFault } from "../../../../shared/contracts/connect-flows";
import type { ErrorCode } from "../../../../shared/errors";
import { HubError } from "../../../platform/errors";

/** Ends a sign-in at an MCP server, with what the person who began it is told. Never holds the server's own words. */
export class SignInFailure extends Error {
  override readonly name = "SignInFailure";
  readonly fault: FlowFault;

  constructor(code: FlowErrorCode, message: string, options?: ErrorOptions) {
    super(code, options);
    this.fault = { code, message };
  }
}

const codes: Partial<Record<ErrorCode, FlowErrorCode>> = {
  outbound_refused: "refused_address",
  upstream_unreachable: "unreachable",
  upstream_timeout: "unreachable",
  upstream_invalid: "discovery_failed",
  upstream_error: "discovery_failed",
  upstream_too_large: "discovery_failed",
};

/** What was thrown while a server was asked, as a fault. Throws on what is the hub's own. */
export function signInFault(error: unknown): FlowFault {
  if (error instanceof SignInFailure) return error.fault;
  if (!(error instanceof HubError)) throw error;
  const code = codes[error.code];
  if (code === undefined) throw error;
  return { code, message: error.message };
}
