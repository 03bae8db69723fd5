import type { Context as HonoContext } from "hono";
import { isObject, type RpcId } from "../connectors";
import type { Context } from "../platform/context";
import { createRouter, type HttpEnv } from "../platform/http";
import { readTraceParent, readTraceState, type Span } from "../platform/telemetry";
import { challenged, requireScopes } from "../teams";
import { answer } from "./answer";
import { isCallMethod } from "./calls";
import { noteClient } from "./clients";
import { idOf, readInbound } from "./inbound";
import { readMessage } from "./read-message";
import { errorReply, refusalReply } from "./replies";
import type { View } from "./view";

type SignIn = (c: HonoContext<HttpEnv>) => Promise<Context>;

const toLook = ["tools.read"] as const;
const toCall = ["tools.read", "tools.call"] as const;

/** `/mcp`, everything the caller may use, and `/mcp/c/<connection>`, one connection with its names untouched. */
export const createMcpRoutes = (signIn: SignIn) =>
  createRouter()
    .all("/", (c) => serve(c, { connection: null }, signIn))
    .all("/c/:connection", (c) => serve(c, { connection: c.req.param("connection") }, signIn));

async function serve(c: HonoContext<HttpEnv>, view: View, signIn: SignIn): Promise<Response> {
  let id: RpcId | null = null;
  try {
    const ctx = await signIn(c);
    if (c.req.method !== "POST") return notAllowed();
    const message = await readMessage(c.req.raw);
    id = idOf(message);
    const inbound = readInbound(message, c.req.raw.headers);
    if (inbound.kind === "notification") return new Response(null, { status: 202 });
    if (ctx.span) continueTrace(ctx.span, inbound.params["_meta"]);
    const asked = { ...inbound, view, request: c.req.raw };
    await requireScopes(ctx, c.req.raw, isCallMethod(inbound.method) ? toCall : toLook);
    const response = await answer(ctx, asked);
    if (response.ok) noteClient(ctx, asked);
    return challenged(c.req.raw, response);
  } catch (error) {
    const refusal = refusalReply(error, { id, requestId: c.get("requestId") });
    return challenged(c.req.raw, refusal);
  }
}

/** A 2026-07-28 client names its trace in the envelope; the request's headers come first. */
function continueTrace(span: Span, meta: unknown): void {
  const said = isObject(meta) ? meta : {};
  const parent = readTraceParent(said["traceparent"]);
  if (parent) span.continue(parent, readTraceState(said["tracestate"]));
}

/** No session, so no stream of its own to GET and nothing to DELETE. */
function notAllowed(): Response {
  return errorReply(
    null,
    { code: -32000, message: "Send requests by POST. This endpoint keeps no sessions." },
    { status: 405, headers: { allow: "POST" } },
  );
}
