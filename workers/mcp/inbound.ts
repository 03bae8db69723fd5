import {
  decodeHeaderValue,
  isObject,
  LEGACY_VERSIONS,
  metaKey,
  MODERN_VERSION,
  nameHeaderValue,
  rpcCode,
  type Era,
  type JsonObject,
  type RpcId,
} from "../connectors";
import { WireRefusal } from "./replies";

/** What a client posted. Answers and notifications need no reply. */
export type Inbound =
  | { kind: "request"; era: Era; id: RpcId; method: string; params: JsonObject }
  | { kind: "notification" };

/** What a request that claims a revision can claim; older clients claim none, they open with `initialize`. */
const supported = [MODERN_VERSION];

/** The id an error goes out under, even when nothing else of the message is right. */
export function idOf(message: unknown): RpcId | null {
  const id = isObject(message) ? message["id"] : null;
  return typeof id === "string" || typeof id === "number" ? id : null;
}

/**
 * Tells the eras apart by the shape of the message and holds a 2026-07-28 request to its envelope and headers. The
 * header of an intermediary must never say something else than the body. Throws `WireRefusal`.
 */
export function readInbound(message: unknown, headers: Headers): Inbound {
  if (Array.isArray(message))
    throw new WireRefusal(
      rpcCode.invalidRequest,
      "Batches are not supported. Send one message a request.",
    );
  if (!isObject(message) || message["jsonrpc"] !== "2.0")
    throw new WireRefusal(rpcCode.invalidRequest, "The body is not a JSON-RPC 2.0 message.");
  const { id, method } = message;
  if (typeof method !== "string") {
    if ("result" in message || "error" in message) return { kind: "notification" };
    throw new WireRefusal(rpcCode.invalidRequest, "The message names no method.");
  }
  if (message["params"] !== undefined && !isObject(message["params"]))
    throw new WireRefusal(rpcCode.invalidParams, "params must be an object.");
  const params = isObject(message["params"]) ? message["params"] : {};
  if (id === undefined) return { kind: "notification" };
  if (typeof id !== "string" && typeof id !== "number")
    throw new WireRefusal(
      rpcCode.invalidRequest,
      "The message's id is neither a string nor a number.",
    );
  const era = eraOf(method, params, headers);
  if (era === "modern") requireModernHeaders(method, params, headers);
  return { kind: "request", era, id, method, params };
}

function eraOf(method: string, params: JsonObject, headers: Headers): Era {
  const header = headers.get("mcp-protocol-version")?.trim();
  const meta = isObject(params["_meta"]) ? params["_meta"] : undefined;
  const claimed = meta?.[metaKey.protocolVersion];
  const names = (version: unknown) => version === MODERN_VERSION;
  if (method === "initialize" && !names(claimed)) {
    if (names(header))
      throw new WireRefusal(
        rpcCode.headerMismatch,
        "initialize belongs to older revisions than the header MCP-Protocol-Version names.",
      );
    return "legacy";
  }
  if (claimed === undefined) {
    if (header === undefined || LEGACY_VERSIONS.some((version) => version === header))
      return "legacy";
    if (names(header)) throw envelopeRefusal(metaKey.protocolVersion, "is missing");
    throw versionRefusal(header);
  }
  if (typeof claimed !== "string")
    throw envelopeRefusal(metaKey.protocolVersion, "must be a string");
  if (header !== undefined && header !== claimed)
    throw new WireRefusal(
      rpcCode.headerMismatch,
      "The header MCP-Protocol-Version and the request's _meta name different revisions.",
      { data: { mismatch: { header, body: claimed } } },
    );
  if (!names(claimed)) throw versionRefusal(claimed);
  requireEnvelope(meta ?? {});
  return "modern";
}

function requireEnvelope(meta: JsonObject): void {
  const capabilities = meta[metaKey.clientCapabilities];
  if (capabilities === undefined) throw envelopeRefusal(metaKey.clientCapabilities, "is missing");
  if (!isObject(capabilities))
    throw envelopeRefusal(metaKey.clientCapabilities, "must be an object");
  const info = meta[metaKey.clientInfo];
  if (
    info !== undefined &&
    (!isObject(info) || typeof info["name"] !== "string" || typeof info["version"] !== "string")
  )
    throw envelopeRefusal(metaKey.clientInfo, "must have a name and a version");
}

function envelopeRefusal(key: string, problem: string): WireRefusal {
  return new WireRefusal(rpcCode.invalidParams, `params._meta["${key}"] ${problem}.`, {
    data: { envelope: { key, problem } },
  });
}

function versionRefusal(requested: string): WireRefusal {
  return new WireRefusal(rpcCode.unsupportedVersion, "This protocol revision is not supported.", {
    data: { supported, requested: requested.slice(0, 100) },
  });
}

function requireModernHeaders(method: string, params: JsonObject, headers: Headers): void {
  const mismatch = (sentence: string) => new WireRefusal(rpcCode.headerMismatch, sentence);
  if (headers.get("mcp-protocol-version") === null)
    throw mismatch("The header MCP-Protocol-Version is missing.");
  const named = headers.get("mcp-method")?.trim();
  if (named === undefined) throw mismatch("The header Mcp-Method is missing.");
  if (named !== method)
    throw mismatch("The header Mcp-Method and the body name different methods.");
  const expected = nameHeaderValue(method, params);
  if (expected === undefined) return;
  const sent = headers.get("mcp-name");
  if (sent === null) throw mismatch("The header Mcp-Name is missing.");
  if (decodeHeaderValue(sent) !== expected)
    throw mismatch("The header Mcp-Name and the body name different things.");
}
