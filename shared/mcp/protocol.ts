/** The wire of the Model Context Protocol: revisions, keys and message shapes all its ends share. */
import type { JsonObject } from "../json";

export const MODERN_VERSION = "2026-07-28";
export const LEGACY_VERSIONS = ["2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05"] as const;
export const NEWEST_LEGACY_VERSION = LEGACY_VERSIONS[0];

/** `modern`: stateless, from 2026-07-28 on. `legacy`: opens with `initialize`. */
export type Era = "modern" | "legacy";

export const metaKey = {
  protocolVersion: "io.modelcontextprotocol/protocolVersion",
  clientInfo: "io.modelcontextprotocol/clientInfo",
  clientCapabilities: "io.modelcontextprotocol/clientCapabilities",
  logLevel: "io.modelcontextprotocol/logLevel",
  serverInfo: "io.modelcontextprotocol/serverInfo",
  subscriptionId: "io.modelcontextprotocol/subscriptionId",
} as const;

export const rpcCode = {
  parseError: -32700,
  invalidRequest: -32600,
  methodNotFound: -32601,
  invalidParams: -32602,
  internalError: -32603,
  headerMismatch: -32020,
  missingClientCapability: -32021,
  unsupportedVersion: -32022,
} as const;

export type RpcId = string | number;
export type RpcError = { code: number; message: string; data?: unknown };
export type RpcReply = { result: JsonObject } | { error: RpcError };
export type RpcNotification = { method: string; params: JsonObject };

/** The parameter whose value the `Mcp-Name` header repeats. */
const namedBy: Record<string, string> = {
  "tools/call": "name",
  "prompts/get": "name",
  "resources/read": "uri",
};

export function nameHeaderValue(method: string, params: JsonObject): string | undefined {
  const field = Object.hasOwn(namedBy, method) ? namedBy[method] : undefined;
  const value = field === undefined ? undefined : params[field];
  return typeof value === "string" ? value : undefined;
}
