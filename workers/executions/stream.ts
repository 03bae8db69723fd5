import type { CallEvent } from "../../shared/contracts/calls";
import { metaKey, type RpcNotification } from "../connectors";
import { limitHeaders, type LimitState } from "../limits";
import { Cancellation } from "../platform/cancellation";
import type { Context } from "../platform/context";
import { EventStream } from "../platform/event-stream";
import { errorBody } from "../platform/error-response";
import { callResultText } from "./call-result";
import { execute, type ToolCall } from "./execute";
import type { Caller, Executed } from "./plan";

const keepAliveMs = 500;
const maxLength = 16_384;

/**
 * Runs a tool as `execute` does and tells how it goes: that it was admitted, what its server says on the way, then its
 * result or its error. What refuses it before it is admitted is thrown.
 */
export async function streamCall(
  ctx: Context,
  request: Request,
  { context, ...call }: Omit<ToolCall, "extra"> & Pick<Caller, "context">,
): Promise<Response> {
  const stream = new EventStream(keepAliveMs);
  const cancellation = new Cancellation(request.signal);
  const progressToken = ctx.requestId;
  let limits: LimitState[] = [];
  const { promise: begun, resolve } = Promise.withResolvers<undefined>();
  const begin = (executionId: string, left: LimitState[]) => {
    limits = left;
    tell(stream, { event: "started", data: { executionId, requestId: ctx.requestId } });
    resolve(undefined);
  };
  const work = execute(
    ctx,
    {
      surface: "rest",
      ...(context && { context }),
      cancellation,
      onAdmitted: begin,
      onNotification: (notification) => {
        const event = eventOf(notification, progressToken);
        if (event) tell(stream, event);
      },
    },
    { ...call, extra: { _meta: { progressToken, [metaKey.logLevel]: "info" } } },
  );
  const repeated = await Promise.race([begun, work]);
  // The first answer under this Idempotency-Key is given again without being admitted again.
  if (repeated) begin(repeated.execution.id, repeated.limits);
  ctx.waitUntil(finish(ctx, stream, work));
  return stream.response(() => cancellation.cancel(), limitHeaders(limits));
}

async function finish(ctx: Context, stream: EventStream, work: Promise<Executed>): Promise<void> {
  try {
    stream.say("result", callResultText(await work));
  } catch (error) {
    tell(stream, { event: "error", data: errorBody(error, ctx.requestId) });
  }
  stream.close();
}

function tell(stream: EventStream, { event, data }: CallEvent): void {
  stream.say(event, JSON.stringify(data));
}

/** What a server says on the way, if it says it rightly; whatever is long in it is cut. */
function eventOf(
  { method, params }: RpcNotification,
  progressToken: string,
): CallEvent | undefined {
  if (method === "notifications/progress") {
    const { progress, total, message } = params;
    if (params["progressToken"] !== progressToken || typeof progress !== "number") return undefined;
    return {
      event: "progress",
      data: {
        progress,
        ...(typeof total === "number" ? { total } : {}),
        ...(typeof message === "string" ? { message: message.slice(0, maxLength) } : {}),
      },
    };
  }
  const { level, logger, data } = params;
  if (method !== "notifications/message" || typeof level !== "string") return undefined;
  return {
    event: "log",
    data: {
      level: level.slice(0, 100),
      ...(typeof logger === "string" ? { logger: logger.slice(0, 100) } : {}),
      data: cut(data),
    },
  };
}

function cut(data: unknown): unknown {
  const text = JSON.stringify(data ?? null);
  return text.length <= maxLength ? data : { truncated: true, preview: text.slice(0, maxLength) };
}
