export type Hop = {
  url: URL;
  method: string;
  headers: Headers | Record<string, string>;
  body: string | Uint8Array | null;
};

const redirectStatuses = new Set([301, 302, 303, 307, 308]);

// A list of what stays, since a credential may travel in any header a connector defines.
const keptAcrossOrigins = new Set([
  "accept",
  "accept-language",
  "content-encoding",
  "content-language",
  "content-type",
  "user-agent",
]);

export function isRedirect(response: Response): boolean {
  return redirectStatuses.has(response.status) && response.headers.has("location");
}

/** The request that follows a redirect to `url`, as the Fetch standard's HTTP-redirect fetch has it, but stripped harder. */
export function nextHop(hop: Hop, status: number, url: URL): Hop {
  const crossesOrigins = url.origin !== hop.url.origin;
  const becomesGet =
    status === 303
      ? hop.method !== "GET" && hop.method !== "HEAD"
      : (status === 301 || status === 302) && hop.method === "POST";
  const kept = [...new Headers(hop.headers)].filter(
    ([name]) =>
      (!crossesOrigins || keptAcrossOrigins.has(name)) &&
      !(becomesGet && name.startsWith("content-")),
  );
  const headers = new Headers(kept);
  return becomesGet
    ? { url, method: "GET", headers, body: null }
    : { url, method: hop.method, headers, body: hop.body };
}
