import type { Context as HonoContext } from "hono";
import { notJson } from "./error-response";
import { HubError } from "./errors";
import type { HttpEnv } from "./http";

export const maxBodyBytes = 4 * 1024 * 1024;

export function requireBody(c: HonoContext<HttpEnv>): void {
  if (c.req.method === "GET" || c.req.method === "HEAD") return;
  if (Number(c.req.header("content-length") ?? 0) > maxBodyBytes) throw bodyTooLarge();
  if (c.req.path.startsWith("/oauth/")) return;
  const type = c.req.header("content-type");
  if (type !== undefined && !/^application\/([a-z0-9.+-]+\+)?json\b/i.test(type)) throw notJson();
}

/** `/mcp` and `/oauth` read their bodies themselves. */
export function tellsNoLength(c: HonoContext<HttpEnv>): boolean {
  return (
    c.req.raw.body !== null &&
    c.req.header("content-length") === undefined &&
    c.req.path.startsWith("/api/")
  );
}

/** A body sent in chunks is read here, and no further than to the limit. */
export async function readWithinLimit(c: HonoContext<HttpEnv>): Promise<void> {
  const bytes = await readBody(c.req.raw);
  // Hono keeps promises here, whatever its types say.
  c.req.bodyCache.arrayBuffer = Promise.resolve(bytes) as unknown as ArrayBuffer;
}

/** The body of a request, read no further than to the limit. Throws `payload_too_large`. */
export async function readBody(request: Request, max = maxBodyBytes): Promise<ArrayBuffer> {
  // Where a length is declared the body cannot be longer.
  if (Number(request.headers.get("content-length") ?? 0) > max) throw bodyTooLarge(max);
  if (request.headers.has("content-length") || !request.body) return request.arrayBuffer();
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array<ArrayBuffer>>) {
    length += chunk.length;
    if (length > max) throw bodyTooLarge(max);
    chunks.push(chunk);
  }
  return new Blob(chunks).arrayBuffer();
}

function bodyTooLarge(max = maxBodyBytes): HubError {
  return new HubError(
    "payload_too_large",
    `The body is larger than ${max / 1024} KiB. Send less at once.`,
  );
}
