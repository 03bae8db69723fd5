import { hubInfo, isObject, metaKey, type JsonObject } from "../connectors";
import { HubError } from "../platform/errors";
import type { Asked } from "./answer";

/**
 * A server's result as the caller's revision has it, whatever the server's own is. Throws `tool_needs_input` when the
 * server asks something of a caller that has no way to answer.
 */
export function present(
  { era, method }: Pick<Asked, "era" | "method">,
  result: JsonObject,
): JsonObject {
  return era === "modern" ? presentModern(method, result) : presentLegacy(result);
}

export function needsInput(details: Record<string, unknown> = {}): HubError {
  return new HubError(
    "tool_needs_input",
    "The server asks its caller for input before it goes on. That takes a client that speaks MCP 2026-07-28 and declares that it can be asked.",
    { details },
  );
}

function presentModern(method: string, result: JsonObject): JsonObject {
  const meta = isObject(result["_meta"]) ? result["_meta"] : {};
  const ttlMs = Number.isFinite(result["ttlMs"]) ? Math.max(0, result["ttlMs"] as number) : 0;
  return {
    ...result,
    resultType: result["resultType"] ?? "complete",
    // What one team may read, no shared cache may keep.
    ...(method === "resources/read" && result["resultType"] !== "input_required"
      ? { ttlMs, cacheScope: "private" }
      : {}),
    _meta: { [metaKey.serverInfo]: hubInfo, ...meta },
  };
}

function presentLegacy(result: JsonObject): JsonObject {
  const { resultType, ttlMs: _ttl, cacheScope: _scope, ...rest } = result;
  if (resultType === "input_required") throw needsInput();
  // Before 2026-07-28 structured content is an object; the text beside it says the same.
  if (rest["structuredContent"] !== undefined && !isObject(rest["structuredContent"]))
    delete rest["structuredContent"];
  return rest;
}
