import type { Context } from "../context";
import { HubError } from "../errors";
import { exportSpan } from "./export";
import { otlpUrl, traceRatio } from "./settings";
import { Span, type Beginning } from "./span";
import { readTraceParent, readTraceState } from "./traceparent";

type Work = Pick<Context, "env" | "waitUntil">;

/** The first span of something the hub does; undefined where nothing is traced. */
export function beginTrace(
  { env, waitUntil }: Work,
  begun: Pick<Beginning, "name" | "kind" | "parent" | "state" | "sampled">,
): Span | undefined {
  if (otlpUrl(env) === "") return undefined;
  return Span.root({
    ...begun,
    ratio: traceRatio(env),
    hand: (span) => exportSpan({ env, waitUntil }, span),
  });
}

/** The span of a request: in the trace its headers name, or in one of its own. */
export function traceRequest(work: Work, request: Request): Span | undefined {
  if (otlpUrl(work.env) === "") return undefined;
  const { headers, method } = request;
  const parent = readTraceParent(headers.get("traceparent"));
  const state = parent && readTraceState(headers.get("tracestate"));
  return beginTrace(work, { name: method, kind: "server", parent, state })?.set({
    "http.request.method": method,
  });
}

/** The same context with this span as the place where it stands, also once it is renewed. */
export function within(ctx: Context, span: Span): Context {
  return { ...ctx, span, renew: async (epoch) => within(await ctx.renew(epoch), span) };
}

/** Does work in a span of its own, where the context is traced. */
export function inSpan<Value>(
  ctx: Context,
  name: string,
  work: (ctx: Context) => Promise<Value>,
): Promise<Value> {
  const span = ctx.span?.begin(name);
  return span === undefined ? work(ctx) : ended(span, () => work(within(ctx, span)));
}

/** Ends a span with the work that it is of. */
export async function ended<Value>(span: Span, work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    span.fail(error instanceof HubError ? error.code : "internal");
    throw error;
  } finally {
    span.end();
  }
}
