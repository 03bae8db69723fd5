import type { CreateConnectionBody, UpdateConnection } from "../../../shared/contracts/connections";
import type { Connector } from "../../../shared/contracts/connectors";
import type { StartBody } from "./api";
import { headersOf } from "../connections/header-rows";
import { askedParams, methodOf, takesHeaders, type Draft, type Values } from "./draft";

const filled = (values: Values = {}): Values =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ""));
const trimmed = (values: Values): Values =>
  filled(Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value.trim()])));

/** What is the same however one signs in. */
function sent(connector: Connector, draft: Draft) {
  const method = methodOf(connector, draft);
  const scopes = draft.scopes[draft.method] ?? [];
  const asked = askedParams(connector, draft.method).map(({ name }) => [
    name,
    draft.params[name] ?? "",
  ]);
  return {
    params: trimmed(Object.fromEntries(asked)),
    fields: takesHeaders(method) ? headersOf(draft.headers) : filled(draft.fields[draft.method]),
    ...(method && method.scopes.length > 0 ? { scopes: [...scopes] } : {}),
  };
}

export function createBody(connector: Connector, draft: Draft): CreateConnectionBody {
  const { params, ...auth } = sent(connector, draft);
  return {
    connector: connector.id,
    name: draft.name.trim(),
    owner: draft.owner,
    params,
    auth: { method: draft.method, ...auth },
  };
}

export function updateBody(connector: Connector, draft: Draft): UpdateConnection {
  const { params, ...auth } = sent(connector, draft);
  return {
    ...(Object.keys(params).length > 0 ? { params } : {}),
    auth: { method: draft.method, ...auth },
  };
}

/** `reconnects`: the connection that is signed in anew. */
export const flowBody = (connector: Connector, draft: Draft, reconnects?: string): StartBody => ({
  connector: connector.id,
  method: draft.method,
  ...sent(connector, draft),
  ...(reconnects === undefined
    ? { name: draft.name.trim(), owner: draft.owner }
    : { connectionId: reconnects }),
});
