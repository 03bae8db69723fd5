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
  if (file.body === null || !compressible.test(file.headers.get("content-type") ?? "")) return file;
  const headers = new Headers(file.headers);
  headers.set("vary", "accept-encoding");
  if (/\bgzip\b/.test(request.headers.get("accept-encoding") ?? "")) {
    headers.set("content-encoding", "gzip");
    headers.delete("content-length");
  }
  return new Response(file.body, { status: file.status, headers });
}
