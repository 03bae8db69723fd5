import type { FlowErrorCode, FlowFault } from "../../../shared/contracts/connect-flows";
import type { ErrorCode } from "../../../shared/errors";
import type { TokenFailure } from "../../credentials";
import { HubError } from "../../platform/errors";

/** What is said where whoever noticed has no better words. */
const words: Record<FlowErrorCode, string> = {
  denied: "Access was not allowed at the vendor. Start again, and allow it there.",
  scope_refused:
    "The vendor did not grant everything the connection needs. Start again, and allow all of it there.",
  wrong_account:
    "You signed in with another account than the connection had. Sign out at the vendor, then reconnect with the right one, or make a new connection for this one.",
  expired: "The sign-in was not finished in time. Start again.",
  cancelled: "The sign-in was cancelled. Start again when you are ready.",
  state_mismatch:
    "This sign-in was used already, or was begun in another browser. Start again in this one.",
  issuer_mismatch:
    "The answer came from another server than the one you were sent to, so it was not used. Start again, and check the server's address.",
  callback_invalid: "The vendor sent the browser back without an answer. Start again.",
  token_refused:
    "The vendor did not give a token for this sign-in. Start again; if it stays, check the OAuth app's settings there.",
  token_invalid:
    "The vendor's answer held no token the hub can use. Check the account and the connector's settings, then start again.",
  unreachable: "The vendor could not be reached, or did not answer in time. Start again later.",
  refused_address:
    "The vendor's answer led to an address the hub does not call. Check the address you gave.",
  discovery_failed:
    "After you signed in the vendor did not say which account to use. Start again, and choose an account there that may use its API.",
  registration_failed:
    "The server takes no client it does not know. Register one there, then give its client id.",
  misconfigured:
    "The OAuth app or a setting of the connector is wrong. Check them, then start again.",
  test_failed:
    "You are signed in, but the vendor refused the first request. Check what the account may do there, then start again.",
  not_allowed:
    "Whoever began this sign-in may not make this connection any more. Ask an owner or admin of the team.",
  name_taken: "Another connection took this name in the meantime. Start again with another name.",
  connection_gone: "The connection was deleted in the meantime. Make a new one in its place.",
  internal:
    "Something went wrong inside the hub and nothing was stored. Start again; if it stays, report it.",
};

export const flowFault = (code: FlowErrorCode, message = words[code]): FlowFault => ({
  code,
  message,
});

/** Ends a sign-in with a fault that its page shows. */
export class FlowFailure extends Error {
  override readonly name = "FlowFailure";
  readonly fault: FlowFault;

  constructor(code: FlowErrorCode, message?: string) {
    super(code);
    this.fault = flowFault(code, message);
  }
}

/** What the hub's own errors are in a sign-in, and whether their sentence says more than the usual one. */
const told: Partial<Record<ErrorCode, { as: FlowErrorCode; inItsWords: boolean }>> = {
  outbound_refused: { as: "refused_address", inItsWords: true },
  upstream_unreachable: { as: "unreachable", inItsWords: true },
  upstream_timeout: { as: "unreachable", inItsWords: true },
  upstream_unauthorized: { as: "test_failed", inItsWords: true },
  upstream_invalid: { as: "test_failed", inItsWords: true },
  upstream_error: { as: "test_failed", inItsWords: true },
  upstream_too_large: { as: "test_failed", inItsWords: true },
  invalid_input: { as: "misconfigured", inItsWords: true },
  connection_needs_auth: { as: "misconfigured", inItsWords: true },
  conflict: { as: "name_taken", inItsWords: true },
  unauthorized: { as: "not_allowed", inItsWords: false },
  forbidden: { as: "not_allowed", inItsWords: false },
  no_team: { as: "not_allowed", inItsWords: false },
  not_found: { as: "connection_gone", inItsWords: false },
};

/** What was thrown on the way from the vendor's answer to the connection, as the flow tells it. */
export function faultOf(error: unknown): FlowFault {
  if (error instanceof FlowFailure) return error.fault;
  if (!(error instanceof HubError)) return flowFault("internal");
  const { as = "internal", inItsWords = false } = told[error.code] ?? {};
  return flowFault(as, inItsWords ? error.message : undefined);
}

export function faultOfToken({ kind, message, fault }: TokenFailure): FlowFault {
  return flowFault(fault ?? byKind[kind], message);
}

const byKind: Record<TokenFailure["kind"], FlowErrorCode> = {
  transient: "unreachable",
  revoked: "token_refused",
  misconfigured: "misconfigured",
};
