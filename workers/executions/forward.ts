import { knownServer, type ConnectionRow } from "../connections";
import type { JsonObject } from "../connectors";
import { recordBodiesOf } from "../limits";
import { requirePermission, type Context } from "../platform/context";
import { defaultTimeoutMs } from "../tools";
import { requireFactorFor, type Caller, type Executed } from "./plan";
import { run } from "./run";

/** What is asked of a server besides its tools. */
export type ForwardedMethod =
  | "prompts/get"
  | "resources/read"
  | "resources/subscribe"
  | "resources/unsubscribe"
  | "completion/complete";

/** Asks one server for a prompt, a resource or a completion: limited and recorded like a tool call. */
export function forward(
  ctx: Context,
  caller: Caller,
  asked: {
    method: ForwardedMethod;
    params: JsonObject;
    name: string;
    connection: (ctx: Context) => Promise<ConnectionRow>;
  },
): Promise<Executed> {
  return run(ctx, caller, async (current) => {
    requirePermission(current, "tools.call");
    const connection = await asked.connection(current);
    requireFactorFor(current, connection);
    knownServer(connection);
    const { _meta, inputResponses: _responses, requestState: _state, ...recorded } = asked.params;
    return {
      method: asked.method,
      params: asked.params,
      connection,
      toolId: null,
      name: asked.name,
      timeoutMs: defaultTimeoutMs,
      cost: 1,
      recorded,
      keep: await recordBodiesOf(current),
      runsAgain: !asked.method.endsWith("subscribe"),
      caching: null,
      idempotency: null,
    };
  });
}
