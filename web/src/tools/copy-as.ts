import {
  encodeHeaderValue,
  mirrorArguments,
  paramHeaders,
} from "../../../shared/mcp/param-headers";
import {
  metaKey,
  MODERN_VERSION,
  NEWEST_LEGACY_VERSION,
  type Era,
} from "../../../shared/mcp/protocol";
import type { JsonObject } from "../../../shared/json";
import { unseen } from "../ui/foreign";

export type CallToCopy = {
  origin: string;
  tool: { id: string; exposedName: string; inputSchema: JsonObject };
  args: JsonObject;
};

/** One word to a POSIX shell, whatever is in it. */
export const shellQuoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** JSON in which nothing is hidden: what cannot be seen is escaped, so that one copies what one reads. */
export function visibleJson(value: unknown): string {
  return JSON.stringify(value, null, 2).replace(unseen, (char) =>
    char === "\n" ? char : `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

const callUrl = ({ origin, tool }: CallToCopy): string =>
  `${origin}/api/v1/tools/${encodeURIComponent(tool.id)}/call`;

export function asCurl(call: CallToCopy): string {
  return [
    `curl ${shellQuoted(callUrl(call))} \\`,
    `  -H "Authorization: Bearer $PLUGBOARD_API_KEY" \\`,
    `  -H 'Content-Type: application/json' \\`,
    `  -d ${shellQuoted(visibleJson({ arguments: call.args }))}`,
  ].join("\n");
}

export function asTypeScript(call: CallToCopy): string {
  const url = JSON.stringify(callUrl(call));
  return [
    `const response = await fetch(${url}, {`,
    `  method: "POST",`,
    `  headers: {`,
    "    Authorization: `Bearer ${process.env.PLUGBOARD_API_KEY}`,",
    `    "Content-Type": "application/json",`,
    `  },`,
    `  body: JSON.stringify(${indented(literal({ arguments: call.args }), 2)}),`,
    `});`,
    `if (!response.ok) throw new Error(await response.text());`,
    `const { execution, result } = await response.json();`,
  ].join("\n");
}

/** In an object literal, `__proto__` would set the prototype. */
function literal(value: unknown): string {
  const text = visibleJson(value);
  return text.includes('"__proto__":') ? `JSON.parse(${visibleJson(text)})` : text;
}

const indented = (text: string, by: number): string => text.replaceAll("\n", `\n${" ".repeat(by)}`);

/** The HTTP request an MCP client of this era sends to `/mcp`. */
export function asMcp(call: CallToCopy, era: Era): string {
  const { args, origin, tool } = call;
  const params = { name: tool.exposedName, arguments: args };
  const message = { jsonrpc: "2.0", id: 1, method: "tools/call" };
  const headers = [
    `POST ${origin}/mcp`,
    "Authorization: Bearer $PLUGBOARD_API_KEY",
    "Content-Type: application/json",
    "Accept: application/json, text/event-stream",
    `MCP-Protocol-Version: ${era === "modern" ? MODERN_VERSION : NEWEST_LEGACY_VERSION}`,
  ];
  if (era === "legacy") return `${headers.join("\n")}\n\n${visibleJson({ ...message, params })}`;
  const _meta = {
    [metaKey.protocolVersion]: MODERN_VERSION,
    [metaKey.clientInfo]: { name: "example", version: "1.0.0" },
    [metaKey.clientCapabilities]: {},
  };
  const declared = paramHeaders(tool.inputSchema);
  const mirrored = declared.ok ? mirrorArguments(declared.headers, args) : [];
  headers.push(
    "Mcp-Method: tools/call",
    `Mcp-Name: ${encodeHeaderValue(tool.exposedName)}`,
    ...mirrored.map(([name, value]) => `${name}: ${value}`),
  );
  return `${headers.join("\n")}\n\n${visibleJson({ ...message, params: { ...params, _meta } })}`;
}
