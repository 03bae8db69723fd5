import { hubVersion } from "../../../shared/version";
import { isObject, type JsonObject } from "../../../shared/json";
import { metaKey, MODERN_VERSION } from "../../../shared/mcp/protocol";

/** Who the hub says it is, to servers and to clients. */
export const hubInfo = { name: "plugboard", title: "Plugboard", version: hubVersion };

/**
 * Parameters as a 2026-07-28 server wants them. A modern caller's own envelope (its name, its capabilities) goes on
 * unchanged; for every other caller the hub speaks for itself and declares nothing it could not answer.
 */
export function modernMeta(params: JsonObject): JsonObject {
  const meta = isObject(params["_meta"]) ? params["_meta"] : {};
  return {
    ...params,
    _meta: {
      [metaKey.clientInfo]: hubInfo,
      [metaKey.clientCapabilities]: {},
      ...meta,
      [metaKey.protocolVersion]: MODERN_VERSION,
    },
  };
}

/** Parameters as a 2025-era server wants them: without the modern envelope. */
export function legacyMeta(params: JsonObject): JsonObject {
  const { _meta: meta, inputResponses: _responses, requestState: _state, ...rest } = params;
  if (!isObject(meta)) return rest;
  const envelope: readonly string[] = [
    metaKey.protocolVersion,
    metaKey.clientInfo,
    metaKey.clientCapabilities,
    metaKey.logLevel,
  ];
  const kept = Object.fromEntries(Object.entries(meta).filter(([key]) => !envelope.includes(key)));
  return Object.keys(kept).length === 0 ? rest : { ...rest, _meta: kept };
}
