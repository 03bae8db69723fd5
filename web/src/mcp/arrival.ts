import type { McpClient } from "../../../shared/contracts/clients";
import type { Execution } from "../../../shared/contracts/executions";

/** When each client had been seen last, as the page was opened. */
export type Known = ReadonlyMap<string, number>;

export const knownOf = (clients: readonly McpClient[]): Known =>
  new Map(clients.map(({ id, lastSeenAt }) => [id, lastSeenAt]));

/** With a key: one made here, or any from elsewhere. With an account: this person's. */
export type AwaitedClient =
  | { by: "key"; keyId: string | undefined }
  | { by: "account"; personId: string };

/**
 * The client that was waited for: with a key made here, whoever signs in with it; otherwise whoever has been seen since.
 * The clocks of hub and browser are not compared.
 */
export function arrived(
  clients: readonly McpClient[],
  { awaited, known }: { awaited: AwaitedClient; known: Known },
): McpClient | undefined {
  if (awaited.by === "key" && awaited.keyId !== undefined)
    return clients.find(({ keyId }) => keyId === awaited.keyId);
  const seen = clients.filter(({ id, lastSeenAt }) => lastSeenAt > (known.get(id) ?? 0));
  if (awaited.by === "key") return seen.find(({ grantId }) => grantId === null);
  return seen.find(({ grantId, personId }) => grantId !== null && personId === awaited.personId);
}

/** Whether a program made this call: over REST, with a key and not from this dashboard. */
export const isProgramCall = ({ surface, actor }: Execution, keyId?: string): boolean =>
  surface === "rest" && actor.kind === "apiKey" && (keyId === undefined || actor.id === keyId);
