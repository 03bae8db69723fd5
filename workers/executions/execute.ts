import { mirrorArguments, type JsonObject } from "../connectors";
import { knownServer } from "../connections";
import { recordBodiesOf } from "../limits";
import { canonicalJson } from "../platform/canonical-json";
import { requirePermission, type Context } from "../platform/context";
import { sha256Hex } from "../platform/encoding";
import { HubError } from "../platform/errors";
import { findTool, requireValid, type RunnableTool, type ToolRef } from "../tools";
import { cachingOf } from "./cached-answer";
import { requireFactorFor, type Caller, type Executed, type Plan } from "./plan";
import { run } from "./run";

export type ToolCall = {
  /** Which tool, in the registry as of the context's epoch. */
  tool: (ctx: Context) => Promise<ToolRef> | ToolRef;
  arguments: JsonObject;
  /** The caller's `_meta`, and what it brings back when it goes on with a call: `inputResponses`, `requestState`. */
  extra: JsonObject;
  idempotencyKey: string | null;
  /** How long it may take, where that is not as the tool has it. */
  timeoutMs?: number;
  /** A last look at the tool before it runs; throws to refuse. */
  inspect?: (tool: RunnableTool) => void;
};

/**
 * Runs one tool once, for every surface alike: authorise, validate, admit, ask, record. Throws `forbidden`,
 * `not_found`, `tool_quarantined`, `invalid_arguments`, `rate_limited`, `upstream_*`.
 */
export function execute(ctx: Context, caller: Caller, call: ToolCall): Promise<Executed> {
  return run(ctx, caller, (current) => planTool(current, call));
}

/** What a call of a tool is, once it is known to be right and whoever asks may make it. Throws as `execute` does. */
export async function planTool(ctx: Context, call: ToolCall): Promise<Plan> {
  requirePermission(ctx, "tools.call");
  const tool = await findTool(ctx, await call.tool(ctx));
  requireFactorFor(ctx, tool.connection);
  if (tool.quarantined)
    throw new HubError(
      "tool_quarantined",
      `The server changed the tool ${tool.name}, so it is held back until an admin has looked at the change and accepted it.`,
      { details: { toolId: tool.id } },
    );
  requireValid(tool.check, tool.name, call.arguments);
  call.inspect?.(tool);
  const { connection } = tool;
  knownServer(connection);
  return {
    method: "tools/call",
    params: { ...call.extra, name: tool.name, arguments: call.arguments },
    headers:
      tool.paramHeaders.length === 0 ? [] : mirrorArguments(tool.paramHeaders, call.arguments),
    connection,
    toolId: tool.id,
    name: tool.name,
    timeoutMs: call.timeoutMs ?? tool.timeoutMs,
    hurried: call.timeoutMs !== undefined && call.timeoutMs < tool.timeoutMs,
    cost: tool.cost,
    recorded: call.arguments,
    keep: await recordBodiesOf(ctx),
    runsAgain: tool.runsAgain,
    caching: goesOn(call) ? null : await cachingOf(ctx, tool, call.arguments),
    idempotency:
      call.idempotencyKey === null
        ? null
        : {
            key: `${ctx.actor.id}/${call.idempotencyKey}`,
            hash: await sha256Hex(canonicalJson([tool.id, call.arguments])),
          },
  };
}

/** It brings what its server asked for: that is no call of its own. */
const goesOn = ({ extra }: ToolCall): boolean =>
  extra["requestState"] !== undefined || extra["inputResponses"] !== undefined;
