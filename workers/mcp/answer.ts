import { rpcCode, type Era, type JsonObject, type RpcId } from "../connectors";
import { confirm } from "../teams";
import { requirePermission, type Context } from "../platform/context";
import { utf8 } from "../platform/encoding";
import { call, isCallMethod, requireResource } from "./calls";
import { discoverResult, initializeResult } from "./describe";
import { isListMethod, listPage } from "./lists";
import { listen } from "./listen";
import { resultReply, WireRefusal } from "./replies";
import type { View } from "./view";

/** One request of a client at one view, told apart by era. */
export type Asked = {
  view: View;
  era: Era;
  id: RpcId;
  method: string;
  params: JsonObject;
  request: Request;
};

/** Answers any request. Throws `WireRefusal` and HubErrors, which the route turns into replies. */
export async function answer(ctx: Context, asked: Asked): Promise<Response> {
  const { method, era, view, id, params } = asked;
  // A call compares epochs when it is admitted; everything else does so here.
  if (isCallMethod(method)) return call(ctx, asked);
  const current = await confirm(ctx);
  requirePermission(current, "tools.read");
  if (isListMethod(method)) {
    const page = await listPage(current, { view, era, method, cursor: params["cursor"] });
    return listReply(id, page);
  }
  if (era === "modern") {
    if (method === "server/discover") return object(id, await discoverResult(current, view));
    if (method === "subscriptions/listen") return listen(current, asked);
  } else {
    if (method === "initialize") return object(id, await initializeResult(current, view, params));
    if (method === "ping") return object(id, {});
    // Without a session there is nothing a level could be kept in: every message is passed on.
    if (method === "logging/setLevel") return object(id, {});
    if (method === "resources/subscribe" || method === "resources/unsubscribe") {
      await requireResource(current, asked);
      return object(id, {});
    }
  }
  throw new WireRefusal(
    rpcCode.methodNotFound,
    `The method ${JSON.stringify(method.slice(0, 100))} is not known here.`,
    {
      status: era === "modern" ? 404 : 200,
    },
  );
}

function object(id: RpcId, result: JsonObject): Response {
  return resultReply(id, JSON.stringify(result));
}

/** The page is bytes already: only the id is written anew. */
function listReply(id: RpcId, page: Uint8Array): Response {
  const head = utf8(`{"jsonrpc":"2.0","id":${JSON.stringify(id)},"result":`);
  const body = new Uint8Array(head.length + page.length + 1);
  body.set(head);
  body.set(page, head.length);
  body[body.length - 1] = 0x7d;
  return new Response(body, { headers: { "content-type": "application/json" } });
}
