// What a connection's state asks of a person.
import type { Connection, ConnectionStatus } from "../../../shared/contracts/connections";

type Auth = Connection["auth"];

/** Without one of these it runs nothing, or soon will not: only a person mends that. */
const waiting = ["pending", "needs_reauth", "expiring", "revoked"] as const;
const signedInThere: readonly string[] = ["oauth2_code", "oauth2_device", "mcp_oauth"];

export const isMcp = ({ connector }: Pick<Connection, "connector">): boolean => connector === "mcp";
/** What it waits for somebody with; undefined where it waits for nobody. */
export const waitingOf = ({ status }: Pick<Connection, "status">) =>
  waiting.find((known) => known === status);
export const waitsForPerson = (connection: Pick<Connection, "status">): boolean =>
  waitingOf(connection) !== undefined;

export type Step = "set-up" | "sign-in" | "replace";

/** What signing in anew is called: at the vendor, or with something typed. */
export function stepOf({
  status,
  auth,
}: Pick<Connection, "status"> & { auth: Pick<Auth, "kind"> }): Step {
  if (status === "pending") return "set-up";
  return signedInThere.includes(auth.kind) ? "sign-in" : "replace";
}

/** Whether there is anything to take back. */
export const hasCredential = ({ status, auth }: Pick<Connection, "status" | "auth">): boolean =>
  status !== "pending" &&
  status !== "revoked" &&
  auth.kind !== "none" &&
  (auth.fieldNames.length > 0 || auth.consentedAt !== null || auth.refreshes);

export type Expiry =
  /** `none`: there is nothing that could end. */
  | { kind: "renews" | "unknown" | "over" | "none" }
  | { kind: "ends"; at: number }
  | { kind: "ended"; at: number };

export function expiryOf(
  {
    status,
    auth: { refreshes, expiresAt },
  }: { status: ConnectionStatus; auth: Pick<Auth, "refreshes" | "expiresAt"> },
  now: number,
): Expiry {
  if (status === "pending" || status === "revoked") return { kind: "none" };
  // What could be renewed and is not alive was taken back, whatever end was said.
  if (refreshes && status === "needs_reauth") return { kind: "over" };
  if (refreshes) return { kind: "renews" };
  if (expiresAt === null) return { kind: "unknown" };
  return { kind: now < expiresAt ? "ends" : "ended", at: expiresAt };
}

export const isRotationDue = (
  { status, auth }: Pick<Connection, "status"> & { auth: Pick<Auth, "rotationDueAt"> },
  now: number,
): boolean =>
  auth.rotationDueAt !== null &&
  auth.rotationDueAt <= now &&
  !["pending", "revoked", "disabled"].includes(status);

/** A reminder can be set for what a person typed; a token that the vendor gave is renewed or ends by itself. */
export const canRemind = ({ auth }: { auth: Pick<Auth, "kind" | "rotateEveryDays"> }): boolean =>
  auth.rotateEveryDays !== null || !["none", ...signedInThere].includes(auth.kind);
