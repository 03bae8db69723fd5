import { HubError } from "../platform/errors";
import type { ConnectionRow } from "./tables";

/**
 * Whether a connection may be asked anything in its present state. One with an error may: a call can find it recovered.
 * Throws `connection_disabled`, `connection_needs_auth`.
 */
export function requireRunnable({ status, name }: Pick<ConnectionRow, "status" | "name">): void {
  switch (status) {
    case "connected":
    case "expiring":
    case "error":
      return;
    case "disabled":
      throw new HubError(
        "connection_disabled",
        `The connection ${name} is disabled. Enable it to use it.`,
      );
    case "pending":
      throw needsAuth(`Nobody has signed in for the connection ${name} yet. Sign in to use it.`);
    case "needs_reauth":
      throw needsAuth(
        `The connection ${name} has to be signed in again: its credential has ended or was refused. Reconnect it; its tools and policies stay.`,
      );
    case "revoked":
      throw needsAuth(
        `The access of the connection ${name} was taken back. Reconnect it to use it.`,
      );
  }
}

const needsAuth = (message: string) => new HubError("connection_needs_auth", message);
