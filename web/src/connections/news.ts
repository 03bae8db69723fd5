import type { Connection } from "../../../shared/contracts/connections";
import type { LiveMessage } from "../../../shared/contracts/live";

/**
 * A call that a server could not be reached for, or could again, changes the status of its connection. Of a sign-in that
 * ended, the hub itself tells.
 */
export function tellsNews(
  message: LiveMessage,
  known: (connectionId: string) => Connection["status"] | undefined,
): boolean {
  if (message.type === "reset" || message.type === "connection") return true;
  if (message.type !== "event" || message.event.type !== "finished" || !message.execution)
    return false;
  const { status, error, connectionId } = message.execution;
  if (known(connectionId) === "error") return status === "succeeded";
  return known(connectionId) === "connected" && error?.code === "upstream_unreachable";
}
