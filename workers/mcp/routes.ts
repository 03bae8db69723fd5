import type { Context as HonoContext } from "hono";
import { rpcCode, type RpcId } from "../connectors";
import type { Context } from "../platform/context";
import { HubError } from "../platform/errors";
import { bodyTooLarge, createRouter, errorHeaders, maxBodyBytes, toHubError, type HttpEnv } from "../platform/http";
import { describeError, log } from "../platform/log";
import { answer } from "./answer";
import { idOf, readInbound } from "./inbound";
import { errorReply, toRpcError, WireRefusal } from "./replies";
import type { View } from "./view";
import { errors } from "../../shared/errors";

type SignIn = (c: HonoContext<HttpEnv>) => Promise<Context>;

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
    const message = await readJson(c.req.raw);
    id = idOf(message);
    const inbound = readInbound(message, c.req.raw.headers);
    if (inbound.kind === "notification") return new Response(null, { status: 202 });
    return await answer(ctx, { ...inbound, view, request: c.req.raw });
  } catch (error) {
    return refusal(error, id, c.get("requestId"));
  }
}

function refusal(error: unknown, id: RpcId | null, requestId: string): Response {
  if (error instanceof WireRefusal) return errorReply(id, error.error, { status: error.status });
  const known: HubError = toHubError(error);
  if (known.code === "internal")
    log("error", "request.failed", { requestId, code: known.code, error: describeError(error) });
  // Refusals that are about the request as a whole have their HTTP status; the rest is an answer like any other.
  const whole = ["unauthorized", "forbidden", "payload_too_large", "unavailable", "internal"].includes(known.code);
  const status = id === null || whole ? errors[known.code].status : 200;
  return errorReply(id, toRpcError(known, requestId), { status, headers: errorHeaders(known) });
}

/** No session, so no stream of its own to GET and nothing to DELETE. */
function notAllowed(): Response {
  return errorReply(
    null,
    { code: -32000, message: "Send requests by POST. This endpoint keeps no sessions." },
    { status: 405, headers: { allow: "POST" } },
  );
}

async function readJson(request: Request): Promise<unknown> {
  const text = await request.text();
  if (text.length > maxBodyBytes) throw bodyTooLarge();
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new WireRefusal(rpcCode.parseError, "The body is not JSON.");
  }
}
