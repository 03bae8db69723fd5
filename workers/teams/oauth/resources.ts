import { mcpResource } from "../../platform/resources";

/** A slug, never an id: one endpoint has one name as a resource. */
const path = /^\/mcp(?:\/c\/[a-z0-9](?:[a-z0-9-]{0,18}[a-z0-9])?)?$/;
const maxLength = 300;

/** The resource everything can be reached at, and the one that is meant where none is named. */
export const wholeHub = (origin: string): string => `${origin}/mcp`;

/**
 * The MCP endpoint of this hub that `named` stands for, in its one spelling; undefined for anything else. Looks at the
 * form only: whether a connection of that name exists is nobody's to learn here.
 */
export function resourceAt(origin: string, named: string): string | undefined {
  const url = named.length > maxLength ? null : URL.parse(named);
  if (url === null || url.origin !== origin || !path.test(url.pathname)) return undefined;
  if (url.username !== "" || url.password !== "" || url.hash !== "") return undefined;
  return `${origin}${url.pathname}`;
}

/** The connection's slug in `<origin>/mcp/c/<slug>`; undefined for the whole hub. */
export function slugIn(resource: string): string | undefined {
  return /\/mcp\/c\/([^/]+)$/.exec(resource)?.[1];
}

/** Where the metadata of the MCP endpoint stands that a request came to (RFC 9728 §3.1). */
export function metadataUrlOf(request: Request): string {
  const { origin, pathname } = new URL(mcpResource(request));
  return `${origin}/.well-known/oauth-protected-resource${path.test(pathname) ? pathname : "/mcp"}`;
}
