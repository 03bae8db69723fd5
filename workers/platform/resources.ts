// What a token can be made for (RFC 8707), by the address it is used at.

/** The REST API as a whole. */
export const apiResource = (request: Request): string => `${new URL(request.url).origin}/api`;

/** An MCP endpoint: `/mcp`, `/mcp/c/<connection>` and `/mcp/t/<toolset>` are each their own. */
export function mcpResource(request: Request): string {
  const { origin, pathname } = new URL(request.url);
  return `${origin}${pathname}`;
}
