// What passes between a hub and a vendor, and what of it is a secret.
import type { Reply } from "../../workers/testing/vendor/exchange.ts";
import type { Search } from "./search.ts";

type Passing = {
  url?: URL;
  headers?: Record<string, string>;
  body?: string;
  reply?: Reply;
  /** Whether it answers a renewal. */
  renewal?: boolean;
  document?: object;
};

const names: Record<string, string> = {
  access_token: "an access token",
  refresh_token: "a refresh token",
  id_token: "an id token",
  code: "an authorization code",
  state: "a state",
  code_verifier: "a PKCE verifier",
  nonce: "a nonce",
  device_code: "a device code",
  assertion: "an assertion the hub signed",
  client_assertion: "a client's assertion",
  client_secret: "a client's secret",
  token: "a session's token",
};

/** Plants every secret of a request or an answer. */
export function listenIn(search: Search, passing: Passing): void {
  const { url, headers, body, reply, renewal, document } = passing;
  const found = (name: string, value: unknown) => {
    if (typeof value !== "string" || value.length < 12) return;
    const kind = names[name];
    if (kind === undefined) return;
    // The beginning of a JWT is that of every other.
    const parts = value.split(".");
    const secret = parts.length === 3 ? (parts[2] ?? "") : value;
    search.plant(renewal && name.endsWith("_token") ? `${kind}, renewed` : kind, secret);
  };
  const all = (entries: Iterable<[string, unknown]>) => {
    for (const [name, value] of entries) found(name, value);
  };
  if (url) all(url.searchParams);
  if (body !== undefined && !body.startsWith("{")) all(new URLSearchParams(body));
  const bearer = /^Bearer (\S+\.\S+\.\S+)$/.exec(headers?.["authorization"] ?? "")?.[1];
  found("assertion", bearer);
  if (document) all(Object.entries(document));
  if (reply?.headers?.["location"]) all(new URL(reply.headers["location"]).searchParams);
  if (reply?.body.startsWith("{")) deep(JSON.parse(reply.body), found);
}

function deep(value: unknown, found: (name: string, value: unknown) => void): void {
  if (typeof value !== "object" || value === null) return;
  for (const [name, inner] of Object.entries(value)) {
    found(name, inner);
    deep(inner, found);
  }
}
