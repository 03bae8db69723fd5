// The life of a connection as a rule: what it is, what happened, what it is then.
import type { ConnectionFault, ConnectionStatus } from "../../shared/contracts/connections";
import type { TokenFailure } from "../credentials";

/** What the rule looks at. `since` is when the credential in use was entered or came, as far as that is known. */
export type Standing = {
  status: ConnectionStatus;
  lastError: ConnectionFault | null;
  /** Failures in a row. */
  errorCount: number;
  refreshes: boolean;
  expiresAt: number | null;
  since: number | null;
};

export type SignInEvent =
  /** Its server or vendor took the credential. */
  | { kind: "worked" }
  /** Nobody answered, or not in a way that says anything of the credential. */
  | { kind: "unreachable"; fault: ConnectionFault }
  /** Its server refused the credential; `final` where a renewed one was refused too. */
  | { kind: "refused"; fault: ConnectionFault; final: boolean }
  /** There is another one, since `at`. */
  | { kind: "renewed"; refreshes: boolean; expiresAt: number | null; at: number }
  | { kind: "not_renewed"; failure: TokenFailure }
  /** Time went by. */
  | { kind: "looked" }
  | { kind: "revoked" };

export type Next = Pick<Standing, "status" | "lastError" | "errorCount">;

const dayMs = 24 * 60 * 60_000;
/** So often in a row a credential that nobody can renew is refused before it counts as dead: one refusal may be a slip. */
const refusalsTaken = 3;

export function nextStanding(standing: Standing, event: SignInEvent, now: number): Next {
  const { status, lastError, errorCount } = standing;
  const same: Next = { status, lastError, errorCount };
  if (event.kind === "revoked") return { status: "revoked", lastError: null, errorCount: 0 };
  // Somebody disabled it, took it back, or has not signed in yet: only they end that.
  if (status === "disabled" || status === "revoked" || status === "pending") return same;
  switch (event.kind) {
    case "worked": {
      const rested = restingStatus(standing, now);
      // What ended by the calendar and works all the same is not dead, and is not looked at again (`warnOfEnds`).
      return {
        status: rested === "needs_reauth" ? "expiring" : rested,
        lastError: null,
        errorCount: 0,
      };
    }
    case "renewed":
      // What was refused since then was that one already.
      if (lastError && lastError.at >= event.at) return same;
      return {
        status: restingStatus({ ...event, since: event.at }, now),
        lastError: null,
        errorCount: 0,
      };
    case "unreachable":
      return {
        status: status === "needs_reauth" ? status : "error",
        lastError: event.fault,
        errorCount: errorCount + 1,
      };
    case "refused": {
      const count = errorCount + 1;
      const dead = event.final || count >= refusalsTaken || status === "needs_reauth";
      return {
        status: dead ? "needs_reauth" : "error",
        lastError: event.fault,
        errorCount: count,
      };
    }
    case "not_renewed":
      return notRenewed(standing, event.failure, now);
    case "looked":
      if (status === "error" || status === "needs_reauth") return same;
      return { ...same, status: restingStatus(standing, now) };
  }
}

function notRenewed(standing: Standing, failure: TokenFailure, now: number): Next {
  const { status, expiresAt } = standing;
  const code = failure.kind === "transient" ? "upstream_unreachable" : "upstream_unauthorized";
  const next = {
    lastError: { code, message: failure.message, at: now },
    errorCount: standing.errorCount + 1,
  };
  switch (failure.kind) {
    case "revoked":
      return { ...next, status: "needs_reauth" };
    case "misconfigured":
      return { ...next, status: status === "needs_reauth" ? status : "error" };
    case "transient":
      // While the token in use lives, nobody need hear of it.
      if (status === "needs_reauth" || (expiresAt !== null && now < expiresAt))
        return { ...next, status, lastError: standing.lastError };
      return { ...next, status: "error" };
  }
}

/** Whether it is `expiring` past its end: since it worked after that, or until somebody looks. */
export const hasOutlived = (
  { status, refreshes, expiresAt }: Pick<Standing, "status" | "refreshes" | "expiresAt">,
  now: number,
): boolean => status === "expiring" && !refreshes && expiresAt !== null && now >= expiresAt;

/** What a connection is that nothing is wrong with: how near its end is decides. */
export function restingStatus(
  { refreshes, expiresAt, since }: Pick<Standing, "refreshes" | "expiresAt" | "since">,
  now: number,
): "connected" | "expiring" | "needs_reauth" {
  if (refreshes || expiresAt === null) return "connected";
  if (now >= expiresAt) return "needs_reauth";
  return now >= expiresAt - warnedBeforeMs({ expiresAt, since }) ? "expiring" : "connected";
}

export const longestWarningMs = 7 * dayMs;

/** How long before its end people hear of it: a week, or for what lives shorter a quarter of its life. */
function warnedBeforeMs({ expiresAt, since }: { expiresAt: number; since: number | null }): number {
  if (since === null || since >= expiresAt) return longestWarningMs;
  return Math.min(longestWarningMs, (expiresAt - since) / 4);
}
