import { findConnection } from "../connections";
import {
  compareArguments,
  isObject,
  metaKey,
  rpcCode,
  type JsonObject,
  type RpcNotification,
} from "../connectors";
import { execute, forward, type Caller, type Executed, type ForwardedMethod } from "../executions";
import { limitHeaders } from "../limits";
import { Cancellation } from "../platform/cancellation";
import type { Context } from "../platform/context";
import { HubError } from "../platform/errors";
import { errorHeaders } from "../platform/error-response";
import { confirm } from "../teams";
import type { ToolRef } from "../tools";
import type { Asked } from "./answer";
import { clientName } from "./clients";
import { findPrompt, findResource, type Target } from "./find";
import { needsInput, present } from "./present";
import {
  errorReply,
  isForTheModel,
  refusalReply,
  resultReply,
  statusOf,
  WireRefusal,
} from "./replies";
import { openAfterMs, ReplyStream } from "./reply-stream";

const ways = {
  "tools/call": callTool,
  "prompts/get": getPrompt,
  "resources/read": readResource,
  "completion/complete": complete,
};
type CallMethod = keyof typeof ways;

export function isCallMethod(method: string): method is CallMethod {
  return Object.hasOwn(ways, method);
}

/**
 * A request that goes on to a server. It answers in JSON, or, once the server has something to say on the way or takes
 * long, as a stream.
 */
export async function call(ctx: Context, asked: Asked): Promise<Response> {
  const streams = (asked.request.headers.get("accept") ?? "").includes("text/event-stream");
  const stream = new ReplyStream();
  const cancellation = new Cancellation(asked.request.signal);
  const client = clientName(ctx, asked);
  const caller: Caller = {
    surface: "mcp",
    cancellation,
    ...(client === undefined ? {} : { context: { client } }),
    present: (result) => present(asked, result),
    ...(streams
      ? {
          onNotification: (notification) => {
            if (isForCaller(asked, notification)) stream.send(notification);
          },
        }
      : {}),
  };
  const reply = ways[asked.method as CallMethod](ctx, caller, asked).then(
    (executed) => toReply(ctx, asked, executed),
    (error: unknown) => failureReply(ctx, asked, error),
  );
  if (!streams) return reply;
  const late = setTimeout(() => stream.open(), openAfterMs);
  const first = await Promise.race([reply, stream.opened]);
  clearTimeout(late);
  if (first) return first;
  ctx.waitUntil(finish(stream, reply));
  return stream.response(() => cancellation.cancel());
}

async function finish(stream: ReplyStream, reply: Promise<Response>): Promise<void> {
  const response = await reply;
  stream.send(await response.text());
  stream.close();
}

const levels = ["debug", "info", "notice", "warning", "error", "critical", "alert", "emergency"];

/** Whether the caller asked to hear of this. What a server sends unasked ends here. */
function isForCaller({ era, params }: Asked, { method, params: said }: RpcNotification): boolean {
  const meta = isObject(params["_meta"]) ? params["_meta"] : {};
  const token = meta["progressToken"];
  if (method === "notifications/progress")
    return token !== undefined && said["progressToken"] === token;
  if (method !== "notifications/message") return false;
  if (era === "legacy") return true;
  const from = levels.indexOf(String(meta[metaKey.logLevel]));
  return from !== -1 && levels.indexOf(String(said["level"])) >= from;
}

/** Longer than any name or URI a listing is allowed to have, and than what a template makes of it. */
const maxKeyLength = 16_384;

function textParam(params: JsonObject, key: string): string {
  const value = params[key];
  if (typeof value === "string" && value !== "" && value.length <= maxKeyLength) return value;
  throw new WireRefusal(
    rpcCode.invalidParams,
    `params.${key} must be a string of 1 to ${maxKeyLength} characters.`,
    {
      status: 200,
    },
  );
}

/** What a caller may add to its request: its envelope, and what it brings back to go on with a call. */
function extraOf({ params, era }: Asked): JsonObject {
  const { _meta, inputResponses, requestState } = params;
  const meta = isObject(_meta) ? _meta : {};
  if (era === "legacy") return { _meta: { [metaKey.logLevel]: "info", ...meta } };
  return {
    _meta: meta,
    ...(inputResponses === undefined ? {} : { inputResponses }),
    ...(requestState === undefined ? {} : { requestState }),
  };
}

async function callTool(ctx: Context, caller: Caller, asked: Asked): Promise<Executed> {
  const name = textParam(asked.params, "name");
  const args = asked.params["arguments"] ?? {};
  if (!isObject(args))
    throw new WireRefusal(rpcCode.invalidParams, "params.arguments must be an object.", {
      status: 200,
    });
  const { view, era, request } = asked;
  return execute(ctx, caller, {
    tool: async (current): Promise<ToolRef> =>
      view.connection === null
        ? { exposedName: name }
        : { connection: await findConnection(current, view.connection), name },
    arguments: args,
    extra: extraOf(asked),
    idempotencyKey: null,
    inspect: (tool) => {
      if (era === "legacy" || tool.paramHeaders.length === 0) return;
      const fault = compareArguments(tool.paramHeaders, args, request.headers);
      if (fault !== undefined)
        throw new WireRefusal(
          rpcCode.headerMismatch,
          `The request's headers and body disagree: ${fault}.`,
        );
    },
  });
}

/** Which server a name or a URI leads to is looked up in the registry as it is now, not as the isolate remembers it. */
async function forwardTo(
  ctx: Context,
  caller: Caller,
  asked: {
    method: ForwardedMethod;
    find: (ctx: Context) => Promise<Target>;
    params: (key: string) => JsonObject;
  },
): Promise<Executed> {
  const current = await confirm(ctx);
  const target = await asked.find(current);
  return forward(current, caller, {
    method: asked.method,
    params: asked.params(target.key),
    name: target.key,
    connection: async (newer) => {
      const { connection, key } = newer === current ? target : await asked.find(newer);
      if (key === target.key) return connection;
      throw new HubError("unavailable", "The connections changed while this was asked. Try again.");
    },
  });
}

async function getPrompt(ctx: Context, caller: Caller, asked: Asked): Promise<Executed> {
  const name = textParam(asked.params, "name");
  const args = asked.params["arguments"];
  return forwardTo(ctx, caller, {
    method: "prompts/get",
    find: (current) => findPrompt(current, asked.view, name),
    params: (key) => ({
      ...extraOf(asked),
      name: key,
      ...(args === undefined ? {} : { arguments: args }),
    }),
  });
}

async function readResource(ctx: Context, caller: Caller, asked: Asked): Promise<Executed> {
  const uri = textParam(asked.params, "uri");
  return forwardTo(ctx, caller, {
    method: "resources/read",
    find: (current) => findResource(current, asked.view, uri),
    params: (key) => ({ ...extraOf(asked), uri: key }),
  });
}

async function complete(ctx: Context, caller: Caller, asked: Asked): Promise<Executed> {
  const { ref, argument, context } = asked.params;
  if (!isObject(ref))
    throw new WireRefusal(rpcCode.invalidParams, "params.ref must be an object.", { status: 200 });
  const field = ref["type"] === "ref/prompt" ? "name" : "uri";
  const named = textParam(ref, field);
  return forwardTo(ctx, caller, {
    method: "completion/complete",
    find: (current) =>
      field === "name"
        ? findPrompt(current, asked.view, named)
        : findResource(current, asked.view, named),
    params: (key) => ({
      ...extraOf(asked),
      ref: { ...ref, [field]: key },
      argument,
      ...(context === undefined ? {} : { context }),
    }),
  });
}

/**
 * A 2025-era subscription. Without a session no stream is there to tell of updates on, which is why the capability is
 * not declared; a client that subscribes all the same is told whether the resource exists, and reads it when it likes.
 */
export async function requireResource(ctx: Context, asked: Asked): Promise<void> {
  const { connection } = await findResource(ctx, asked.view, textParam(asked.params, "uri"));
  const { resources } = connection.capabilities;
  if (!isObject(resources)) throw new HubError("not_found", "This server offers no resources.");
}

function toReply(ctx: Context, asked: Asked, executed: Executed): Response {
  const { outcome, limits, execution, cached } = executed;
  const headers = limitHeaders(limits);
  if (outcome.kind === "result")
    return resultReply(asked.id, cached ? asKept(outcome.result, cached) : outcome.text, headers);
  const { error } = outcome;
  // Older clients know neither the code nor a way to be asked.
  if (asked.era === "legacy" && error.code === rpcCode.missingClientCapability)
    return failureReply(ctx, asked, needsInput({ executionId: execution.id }));
  const known =
    error.code === -32002 && asked.era === "modern"
      ? { ...error, code: rpcCode.invalidParams }
      : error;
  return errorReply(asked.id, known, { status: statusOf(asked.era, known), headers });
}

/** Says of a kept answer from when it is. */
function asKept(result: JsonObject, cached: Executed["cached"]): string {
  const meta = isObject(result["_meta"]) ? result["_meta"] : {};
  return JSON.stringify({ ...result, _meta: { ...meta, "io.plugboard/cached": cached } });
}

function failureReply(ctx: Context, asked: Asked, error: unknown): Response {
  const { id, method } = asked;
  const { requestId } = ctx;
  if (method !== "tools/call" || !(error instanceof HubError) || !isForTheModel(error.code))
    return refusalReply(error, { id, requestId });
  const result = present(asked, {
    content: [{ type: "text", text: error.message }],
    isError: true,
    _meta: { "io.plugboard/error": { ...error.details, code: error.code, requestId } },
  });
  return resultReply(id, JSON.stringify(result), errorHeaders(error));
}
