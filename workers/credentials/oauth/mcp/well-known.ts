// Where a server's descriptions lie. Pure.

/** Of a protected resource (RFC 9728, 3.1): with its path, then for the whole host. */
export function resourceMetadataUrls(serverUrl: string): URL[] {
  const { origin, pathname } = new URL(serverUrl);
  return unique([
    `${origin}/.well-known/oauth-protected-resource${bare(pathname)}`,
    `${origin}/.well-known/oauth-protected-resource`,
  ]);
}

/**
 * Of an authorization server, in the order MCP names: RFC 8414 with the path inserted, OpenID Connect the same, OpenID
 * Connect with the path before it. One with a path is never looked for at the root, where another one may live.
 */
export function serverMetadataUrls(issuer: string): URL[] {
  const { origin, pathname } = new URL(issuer);
  const path = bare(pathname);
  return unique([
    `${origin}/.well-known/oauth-authorization-server${path}`,
    `${origin}/.well-known/openid-configuration${path}`,
    `${origin}${path}/.well-known/openid-configuration`,
  ]);
}

/**
 * Whether metadata is that of the server it was asked for (RFC 8414, 3.3): the issuer is the same text. The slash at the
 * end is forgiven, since writers of both sides put one there and leave it out.
 */
export function isIssuer(said: string, asked: string): boolean {
  return bare(said) === bare(asked);
}

/** The server as a resource (RFC 8707): its URL without query, which may hold a key, and without fragment. */
export function resourceOf(serverUrl: string): string {
  const { origin, pathname } = new URL(serverUrl);
  return pathname === "/" ? origin : `${origin}${pathname}`;
}

/** Whether a token for this resource is one for the server: the same host, and a path at or above the server's. */
export function coversServer(resource: string, serverUrl: string): boolean {
  const whole = URL.parse(resource);
  const server = new URL(serverUrl);
  if (whole === null || whole.origin !== server.origin || whole.hash !== "") return false;
  const [above, path] = [bare(whole.pathname), bare(server.pathname)];
  return path === above || path.startsWith(`${above}/`);
}

const bare = (path: string): string => (path.endsWith("/") ? path.slice(0, -1) : path);

const unique = (urls: string[]): URL[] => [...new Set(urls)].map((url) => new URL(url));
