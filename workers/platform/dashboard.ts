/** Paths of the hub itself: what is unknown below them is an error, not a page. */
const ownPath = /^\/(api|mcp|oauth|\.well-known|health|in)(\/|$)/;
const compressible = /^(text\/|image\/svg|application\/(javascript|json|manifest))/;

/**
 * A file of the dashboard, or its first page for every address that is a page of it. Undefined for everything else: an
 * older page that asks for code which is gone must not be given a page in its place.
 */
export async function serveDashboard(request: Request, env: Env): Promise<Response | undefined> {
  if (request.method !== "GET" && request.method !== "HEAD") return undefined;
  const { pathname } = new URL(request.url);
  if (ownPath.test(pathname)) return undefined;
  const file = await env.ASSETS.fetch(request);
  if (file.status !== 404) return compressed(request, file);
  if (/\.[^/]*$/.test(pathname)) return undefined;
  const { method, headers } = request;
  return compressed(
    request,
    await env.ASSETS.fetch(new URL("/", request.url), { method, headers }),
  );
}

/** Cloudflare compresses what it serves; on a machine of one's own the runtime does. */
function compressed(request: Request, file: Response): Response {
  // The answer of a binding is immutable; this one takes further headers.
  const response = new Response(file.body, file);
  if (file.body === null || !compressible.test(file.headers.get("content-type") ?? ""))
    return response;
  response.headers.set("vary", "accept-encoding");
  if (/\bgzip\b/.test(request.headers.get("accept-encoding") ?? "")) {
    response.headers.set("content-encoding", "gzip");
    response.headers.delete("content-length");
  }
  return response;
}
