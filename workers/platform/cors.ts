import type { Context as HonoContext } from "hono";
import type { HttpEnv } from "./http";
import { corsOrigins } from "./settings";

/** What pages of other sites may reach, where PLUGBOARD_CORS_ORIGINS names them: what takes a key or token. */
const reachable =
  /^(\/api\/v1\/|\/mcp(\/|$)|\/oauth\/(token|register|revoke)$|\/\.well-known\/oauth-)/;

const allowedHeaders =
  "authorization, content-type, accept, prefer, idempotency-key, last-event-id, traceparent, tracestate, mcp-protocol-version, mcp-session-id, mcp-method, mcp-name";
const shownHeaders =
  "x-request-id, location, preference-applied, allow, retry-after, ratelimit, ratelimit-policy, www-authenticate, mcp-session-id, content-disposition";

/** The origin, where it is another site's that may ask here. */
export function corsOrigin(c: HonoContext<HttpEnv>, origin: string): string | undefined {
  if (!corsOrigins(c.env).has(origin)) return undefined;
  return reachable.test(c.req.path) ? origin : undefined;
}

/** The answer to a browser that asks first. */
export function preflight(origin: string): Response {
  return new Response(null, {
    status: 204,
    headers: {
      "access-control-allow-origin": origin,
      "access-control-allow-methods": "GET, POST, PUT, PATCH, DELETE",
      "access-control-allow-headers": allowedHeaders,
      "access-control-max-age": "600",
      vary: "origin",
    },
  });
}

/** Never with credentials: a page elsewhere has its own key or token, and nobody's session. */
export function allowReading(headers: Headers, origin: string): void {
  headers.set("access-control-allow-origin", origin);
  headers.set("access-control-expose-headers", shownHeaders);
  headers.append("vary", "origin");
}

export function withoutCookies(request: Request): Request {
  const headers = new Headers(request.headers);
  headers.delete("cookie");
  return new Request(request, { headers });
}
