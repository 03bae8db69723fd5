import type { ExecutionContext } from "../../shared/contracts/executions";
import type { Admission } from "../limits";
import type { Context } from "../platform/context";
import { beginTrace, ended, inSpan, within } from "../platform/telemetry";
import { admit } from "./admit";
import type { Admitting, Caller } from "./plan";

/** The caller, with the trace its call belongs to as part of the record, where there is one. */
export function tracedCaller(ctx: Context, caller: Caller): Caller {
  if (ctx.span === undefined) return caller;
  return { ...caller, context: tracedContext(ctx, caller.context ?? {}) };
}

/** In the course of what something happens, with the trace that is recorded of it. */
export function tracedContext({ span }: Context, context: ExecutionContext): ExecutionContext {
  if (!span?.sampled) return context;
  return { ...context, traceId: span.traceId, spanId: span.id };
}

/** Runs an attempt of a job in a trace of its own, linked to the one that the job was asked for in. */
export function inAttemptTrace<Value>(
  ctx: Context,
  { traceId, spanId }: ExecutionContext,
  work: (ctx: Context) => Promise<Value>,
): Promise<Value> {
  const from = traceId === undefined || spanId === undefined ? undefined : { traceId, spanId };
  const sampled = from && true;
  const span = beginTrace(ctx, {
    name: "job attempt",
    kind: "consumer",
    parent: undefined,
    sampled,
  });
  if (span === undefined) return work(ctx);
  if (from) span.link(from);
  return ended(span, () => work(within(ctx, span)));
}

/** Admits a call in a span of its own, and says of the call's span what is called: names, and nothing that was handed in. */
export function admitTraced(ctx: Context, admitting: Admitting): Promise<Admission> {
  const { plan, caller, executionId } = admitting;
  ctx.span?.set({
    "plugboard.execution_id": executionId,
    "plugboard.surface": caller.surface,
    "plugboard.method": plan.method,
    "plugboard.tool_id": plan.toolId ?? undefined,
    // The name of anything else may be a URI, in which there can be whatever its caller put there.
    "plugboard.tool": plan.toolId === null ? undefined : plan.name,
    "plugboard.connection": plan.connection.slug,
    "plugboard.connection_id": plan.connection.id,
  });
  return inSpan(ctx, "gate.admit", async (inner) => {
    const admission = await admit(inner, admitting);
    inner.span?.set({ "plugboard.admission": admission.kind });
    return admission;
  });
}
