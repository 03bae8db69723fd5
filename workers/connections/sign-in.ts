import { findMethod } from "../connectors";
import type { SignIn } from "../credentials";
import { HubError } from "../platform/errors";
import type { ConnectionRow } from "./tables";

type Described = Pick<
  ConnectionRow,
  "name" | "connector" | "authMethod" | "params" | "scopes" | "authState"
>;

/** How a connection signs in, by its connector's manifest. Throws `unavailable` where that knows no such way any more. */
export function signInOf(row: Described): SignIn {
  const { connector, authMethod, params, scopes, authState: state } = row;
  const method = findMethod(connector, authMethod);
  if (!method)
    throw new HubError(
      "unavailable",
      `The connection ${row.name} signs in by ${authMethod}, which the connector ${connector} does not offer any more. Reconnect it.`,
    );
  return { connector, method, params, scopes, state };
}
