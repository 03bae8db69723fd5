import { findConnection, type ConnectionRow } from "../connections";
import { compareArguments, isObject, metaKey, rpcCode, type JsonObject } from "../connectors";
import { execute, forward, type Caller, type Executed, type ForwardedMethod } from "../executions";
import { limitHeaders } from "../limits";
import type { Context } from "../platform/context";
import { HubError } from "../platform/errors";
import type { ToolRef } from "../tools";
import type { Asked } from "./answer";
import { offersOf } from "./offers";
import { present } from "./present";
import { errorReply, isForTheModel, resultReply, statusOf, toRpcError, WireRefusal } from "./replies";
import { ReplyStream } from "./reply-stream";
import { matchesTemplate } from "./uri-template";
import { connectionsOf } from "./view";

const callMethods = ["tools/call", "prompts/get", "resources/read", "completion/complete"] as const;
type CallMethod = (typeof callMethods)[number];

export function isCallMethod(method: string): method is CallMethod {
  return callMethods.some((known) => known === method);
}

/**
 * A request that goes on to a server. It answers in JSON, or, once the server has something to say on the way, as a
 * stream.
 */
export async function call(ctx: Context, asked: Asked): Promise<Response> {
  const streams = (asked.request.headers.get("accept") ?? "").includes("text/event-stream");
  const stream = new ReplyStream();
  const hangUp = new AbortController();
  const { signal } = asked.request;
  signal.addEventListener("abort", () => hangUp.abort(), { once: true });
  const caller: Caller = {
    surface: "mcp",
    signal: hangUp.signal,
    present: (result) => present(asked, result),
    ...(streams
      ? {
          onNotification: (notification) => {
            if (isForCaller(notification.method)) stream.send(notification);
          },
        }
      : {}),
  };
  const reply = start(ctx, caller, asked).then(
    (executed) => toReply(asked, executed),
    (error: unknown) => failureReply(ctx, asked, error),
  );
  if (!streams) return reply;
  const first = await Promise.race([reply, stream.started]);
  if (first) return first;
  ctx.waitUntil(
    reply.then(async (response) => {
      stream.send(await response.text());
      stream.close();
    }),
  );
  return stream.response(() => hangUp.abort());
}

function isForCaller(method: string): boolean {
  return method === "notifications/progress" || method === "notifications/message";
}

function start(ctx: Context, caller: Caller, asked: Asked): Promise<Executed> {
  switch (asked.method as CallMethod) {
    case "tools/call":
      return callTool(ctx, caller, asked);
    case "prompts/get":
      return getPrompt(ctx, caller, asked);
    case "resources/read":
      return readResource(ctx, caller, asked);
    case "completion/complete":
      return complete(ctx, caller, asked);
  }
}

function textParam(params: JsonObject, key: string): string {
  const value = params[key];
  if (typeof value === "string" && value !== "") return value;
  throw new WireRefusal(rpcCode.invalidParams, `params.${key} must be a string that is not empty.`, { status: 200 });
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
    throw new WireRefusal(rpcCode.invalidParams, "params.arguments must be an object.", { status: 200 });
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
        throw new WireRefusal(rpcCode.headerMismatch, `The request's headers and body disagree: ${fault}.`);
    },
  });
}

type Target = { connection: ConnectionRow; key: string };

/** Finds the target once now, and anew when the registry has changed before the call is admitted. */
async function forwardTo(
  ctx: Context,
  caller: Caller,
  asked: { method: ForwardedMethod; find: (ctx: Context) => Promise<Target>; params: (key: string) => JsonObject },
): Promise<Executed> {
  const target = await asked.find(ctx);
  return forward(ctx, caller, {
    method: asked.method,
    params: asked.params(target.key),
    name: target.key,
    connection: async (current) => (current === ctx ? target : await asked.find(current)).connection,
  });
}

async function getPrompt(ctx: Context, caller: Caller, asked: Asked): Promise<Executed> {
  const name = textParam(asked.params, "name");
  const args = asked.params["arguments"];
  return forwardTo(ctx, caller, {
    method: "prompts/get",
    find: (current) => findPrompt(current, asked, name),
    params: (key) => ({ ...extraOf(asked), name: key, ...(args === undefined ? {} : { arguments: args }) }),
  });
}

async function readResource(ctx: Context, caller: Caller, asked: Asked): Promise<Executed> {
  const uri = textParam(asked.params, "uri");
  return forwardTo(ctx, caller, {
    method: "resources/read",
    find: (current) => findResource(current, asked, uri),
    params: (key) => ({ ...extraOf(asked), uri: key }),
  });
}

async function complete(ctx: Context, caller: Caller, asked: Asked): Promise<Executed> {
  const { ref, argument, context } = asked.params;
  if (!isObject(ref)) throw new WireRefusal(rpcCode.invalidParams, "params.ref must be an object.", { status: 200 });
  const field = ref["type"] === "ref/prompt" ? "name" : "uri";
  const named = textParam(ref, field);
  return forwardTo(ctx, caller, {
    method: "completion/complete",
    find: (current) =>
      field === "name" ? findPrompt(current, asked, named) : findResource(current, asked, named),
    params: (key) => ({
      ...extraOf(asked),
      ref: { ...ref, [field]: key },
      argument,
      ...(context === undefined ? {} : { context }),
    }),
  });
}

async function findPrompt(ctx: Context, { view }: Asked, name: string): Promise<Target> {
  if (view.connection !== null) return { connection: await findConnection(ctx, view.connection), key: name };
  const prompt = (await offersOf(ctx, view, "prompt")).get(name);
  if (!prompt) throw new HubError("not_found", `There is no prompt ${JSON.stringify(name.slice(0, 200))}.`);
  return { connection: await findConnection(ctx, prompt.connectionId), key: prompt.key };
}

async function findResource(ctx: Context, { view }: Asked, uri: string): Promise<Target> {
  if (view.connection !== null) return { connection: await findConnection(ctx, view.connection), key: uri };
  const exact = (await offersOf(ctx, view, "resource")).get(uri);
  if (exact) return { connection: await findConnection(ctx, exact.connectionId), key: exact.key };
  for (const [template, offer] of await offersOf(ctx, view, "template")) {
    if (template === uri || matchesTemplate(template, uri))
      return { connection: await findConnection(ctx, offer.connectionId), key: template === uri ? offer.key : uri };
  }
  const [slug, rest] = uri.split(/\+(.*)/s);
  const named = (await connectionsOf(ctx, view)).find((connection) => connection.slug === slug);
  if (named && rest) return { connection: named, key: rest };
  throw new HubError("not_found", `There is no resource ${JSON.stringify(uri.slice(0, 200))}.`, { details: { uri } });
}

/**
 * A 2025-era subscription. Without a session no stream is there to tell of updates on, which is why the capability is
 * not declared; a client that subscribes all the same is told whether the resource exists, and reads it when it likes.
 */
export async function requireResource(ctx: Context, asked: Asked): Promise<void> {
  const { connection } = await findResource(ctx, asked, textParam(asked.params, "uri"));
  const { resources } = connection.capabilities;
  if (!isObject(resources)) throw new HubError("not_found", "This server offers no resources.");
}

function toReply(asked: Asked, { outcome, limits }: Executed): Response {
  const headers = limitHeaders(limits);
  if (outcome.kind === "result") return resultReply(asked.id, outcome.text, headers);
  const error =
    outcome.error.code === -32002 && asked.era === "modern"
      ? { ...outcome.error, code: rpcCode.invalidParams }
      : outcome.error;
  return errorReply(asked.id, error, { status: statusOf(asked.era, error), headers });
}

function failureReply(ctx: Context, asked: Asked, error: unknown): Response {
  if (!(error instanceof HubError) || error.code === "unauthorized") throw error;
  if (asked.method === "tools/call" && isForTheModel(error.code)) {
    const result = present(asked, {
      content: [{ type: "text", text: error.message }],
      isError: true,
      _meta: { "io.plugboard/error": { ...error.details, code: error.code, requestId: ctx.requestId } },
    });
    return resultReply(asked.id, JSON.stringify(result));
  }
  const seconds = error.details?.["retryAfterSeconds"];
  return errorReply(asked.id, toRpcError(error, ctx.requestId), {
    headers: typeof seconds === "number" ? { "retry-after": String(seconds) } : {},
  });
}
