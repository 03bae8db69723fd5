import type { McpClient } from "../../../shared/contracts/clients";
import type { Execution } from "../../../shared/contracts/executions";

/** When each client had been seen last, as the page was opened. */
export type Known = ReadonlyMap<string, number>;

export const knownOf = (clients: readonly McpClient[]): Known =>
  new Map(clients.map(({ id, lastSeenAt }) => [id, lastSeenAt]));

/**
 * The client that was waited for: with a key made here, whoever signs in with it; with a key from elsewhere, whoever has
 * been seen since. The clocks of hub and browser are not compared.
 */
export function arrived(
  clients: readonly McpClient[],
  { keyId, known }: { keyId: string | undefined; known: Known },
): McpClient | undefined {
  if (keyId !== undefined) return clients.find((client) => client.keyId === keyId);
  return clients.find(({ id, lastSeenAt }) => lastSeenAt > (known.get(id) ?? 0));
}

/** Whether a program made this call: over REST, with a key and not from this dashboard. */
export const isProgramCall = ({ surface, actor }: Execution, keyId?: string): boolean =>
  surface === "rest" && actor.kind === "apiKey" && (keyId === undefined || actor.id === keyId);
