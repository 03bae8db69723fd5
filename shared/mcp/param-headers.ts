import { isObject, type JsonObject } from "../json";

/** An argument that a 2026-07-28 client repeats in the header `Mcp-Param-<header>` (`x-mcp-header`, SEP-2243). */
export type ParamHeader = { header: string; path: readonly string[]; numeric: boolean };

const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const wellFormedBase64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const decimal = /^-?\d+(\.\d+)?$/;
const maxDepth = 32;

/** The declarations of a tool's input schema, or the reason why the tool must not be offered to clients. */
export function paramHeaders(
  inputSchema: JsonObject,
): { ok: true; headers: ParamHeader[] } | { ok: false; reason: string } {
  const headers: ParamHeader[] = [];
  const fault = collect(inputSchema, [], true, headers);
  return fault === undefined ? { ok: true, headers } : { ok: false, reason: fault };
}

function collect(
  node: unknown,
  path: readonly string[],
  reachable: boolean,
  found: ParamHeader[],
): string | undefined {
  if (Array.isArray(node)) return firstFault(node, (child) => collect(child, path, false, found));
  if (!isObject(node) || path.length > maxDepth) return undefined;
  const header = node["x-mcp-header"];
  if (header !== undefined) {
    const at = path.join(".") || "the root";
    if (!reachable || path.length === 0)
      return `x-mcp-header at ${at} is not reached through "properties" alone`;
    if (typeof header !== "string" || !token.test(header))
      return `x-mcp-header at ${at} is not a header name`;
    if (node["type"] !== "string" && node["type"] !== "integer" && node["type"] !== "boolean")
      return `x-mcp-header at ${at} stands on a property that is no string, integer or boolean`;
    if (found.some((known) => known.header.toLowerCase() === header.toLowerCase()))
      return `x-mcp-header at ${at} names ${header} a second time`;
    found.push({ header, path, numeric: node["type"] === "integer" });
  }
  return firstFault(Object.entries(node), ([key, child]) => {
    if (key === "properties" && isObject(child))
      return firstFault(Object.entries(child), ([name, property]) =>
        collect(property, [...path, name], reachable, found),
      );
    // Values that are data, not schemas, may hold anything.
    if (["enum", "const", "default", "examples", "required"].includes(key)) return undefined;
    return collect(child, [...path, `<${key}>`], false, found);
  });
}

function firstFault<Item>(items: readonly Item[], judge: (item: Item) => string | undefined) {
  for (const item of items) {
    const fault = judge(item);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function argumentAt(
  args: JsonObject,
  path: readonly string[],
): string | number | boolean | undefined {
  let node: unknown = args;
  for (const key of path) node = isObject(node) ? node[key] : undefined;
  if (typeof node === "string" || typeof node === "boolean") return node;
  if (typeof node !== "number" || !Number.isFinite(node)) return undefined;
  return Number.isInteger(node) && !Number.isSafeInteger(node) ? undefined : node;
}

/** A header value as the specification writes it: plain where HTTP allows it, else `=?base64?…?=`. */
export function encodeHeaderValue(value: string): string {
  const plain =
    /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(value) && !value.startsWith("=?base64?");
  if (plain) return value;
  let binary = "";
  for (const byte of new TextEncoder().encode(value)) binary += String.fromCharCode(byte);
  return `=?base64?${btoa(binary)}?=`;
}

/** Undefined when the value claims to be base64 and is not. */
export function decodeHeaderValue(value: string): string | undefined {
  const trimmed = value.replace(/^[ \t]+|[ \t]+$/g, "");
  if (!/^=\?base64\?.*\?=$/.test(trimmed)) return trimmed;
  const encoded = trimmed.slice(9, -2);
  if (!wellFormedBase64.test(encoded)) return undefined;
  try {
    const bytes = Uint8Array.from(atob(encoded), (char) => char.charCodeAt(0));
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** As a client: the headers that repeat these arguments. */
export function mirrorArguments(
  headers: readonly ParamHeader[],
  args: JsonObject,
): [string, string][] {
  return headers.flatMap(({ header, path }): [string, string][] => {
    const value = argumentAt(args, path);
    return value === undefined ? [] : [[`Mcp-Param-${header}`, encodeHeaderValue(String(value))]];
  });
}

/** As a server: the sentence that says which header disagrees with the arguments, or undefined. */
export function compareArguments(
  headers: readonly ParamHeader[],
  args: JsonObject,
  received: Headers,
): string | undefined {
  for (const { header, path, numeric } of headers) {
    const value = argumentAt(args, path);
    if (value === undefined) continue;
    const sent = received.get(`Mcp-Param-${header}`);
    if (sent === null) return `the header Mcp-Param-${header} is missing`;
    const decoded = decodeHeaderValue(sent);
    const same =
      numeric && decoded !== undefined && decimal.test(decoded)
        ? Number(decoded) === value
        : decoded === String(value);
    if (!same)
      return `the header Mcp-Param-${header} does not repeat the argument ${path.join(".")}`;
  }
  return undefined;
}
