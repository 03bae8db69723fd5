import type { Context as HonoContext } from "hono";
import type { RpcId } from "../connectors";
import type { Context } from "../platform/context";
import { createRouter, type HttpEnv } from "../platform/http";
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

/** No session, so no stream of its own to GET and nothing to DELETE. */
function notAllowed(): Response {
  return errorReply(
    null,
    { code: -32000, message: "Send requests by POST. This endpoint keeps no sessions." },
    { status: 405, headers: { allow: "POST" } },
  );
}
