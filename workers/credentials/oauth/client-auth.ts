import type * as oauth from "oauth4webapi";
import type { OAuthClient } from "./client";

/** How a client shows itself at a token endpoint. */
export function clientAuth(
  library: typeof oauth,
  client: OAuthClient | null,
  style: "basic" | "post" | "none",
): oauth.ClientAuth {
  if (client === null) return () => {};
  const { clientSecret } = client;
  if (clientSecret === null || style === "none") return library.None();
  return style === "post" ? library.ClientSecretPost(clientSecret) : basic(clientSecret);
}

/**
 * RFC 6749 2.3.1, with only those characters encoded that must be: the library's own also writes `-` as `%2D`, which
 * vendors that do not decode (most of them) take for another client.
 */
const basic =
  (secret: string): oauth.ClientAuth =>
  (_server, client, _body, headers) => {
    const encode = (text: string) => encodeURIComponent(text).replaceAll("%20", "+");
    headers.set("authorization", `Basic ${btoa(`${encode(client.client_id)}:${encode(secret)}`)}`);
  };
