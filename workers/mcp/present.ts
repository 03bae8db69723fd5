import { hubInfo, isObject, metaKey, type JsonObject } from "../connectors";
import type { Asked } from "./answer";

/** A server's result as the caller's revision has it, whatever the server's own is. */
export function present({ era, method }: Pick<Asked, "era" | "method">, result: JsonObject): JsonObject {
  return era === "modern" ? presentModern(method, result) : presentLegacy(result);
}

function presentModern(method: string, result: JsonObject): JsonObject {
  const meta = isObject(result["_meta"]) ? result["_meta"] : {};
  return {
    ...result,
    resultType: result["resultType"] ?? "complete",
    // What one team may read, no shared cache may keep.
    ...(method === "resources/read" && result["resultType"] !== "input_required"
      ? { ttlMs: typeof result["ttlMs"] === "number" ? result["ttlMs"] : 0, cacheScope: "private" }
      : {}),
    _meta: { [metaKey.serverInfo]: hubInfo, ...meta },
  };
}

function presentLegacy(result: JsonObject): JsonObject {
  const { resultType: _type, ttlMs: _ttl, cacheScope: _scope, ...rest } = result;
  // Before 2026-07-28 structured content is an object; the text beside it says the same.
  if (rest["structuredContent"] !== undefined && !isObject(rest["structuredContent"])) delete rest["structuredContent"];
  return rest;
}
