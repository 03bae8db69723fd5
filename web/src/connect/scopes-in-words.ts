import type { Connection } from "../../../shared/contracts/connections";
import type { Connector } from "../../../shared/contracts/connectors";
import { plainLine } from "../ui/foreign";

/** What scopes allow, as the connector says it; those it does not know as they are called. */
export function scopesInWords(
  scopes: readonly string[],
  { auth }: Pick<Connection, "auth">,
  connector: Connector | undefined,
): string[] {
  const method = connector?.methods.find(({ id }) => id === auth.method);
  const labels = new Map(method?.scopes.map(({ scope, label }) => [scope, label]));
  return [...new Set(scopes.map((scope) => labels.get(scope) ?? plainLine(scope, 120)))];
}
