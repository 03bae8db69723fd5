// A vendor that cannot keep anything to itself: what it is sent stands in what it answers, in many manners.

/** `plain` is how it should be. */
export const manners = [
  "plain",
  "account",
  "refused",
  "html",
  "failed",
  "limited",
  "redirect",
  "redirect-inside",
  "garbage",
  "code",
] as const;
export type Manner = (typeof manners)[number];

type Asked = { url: URL; headers: Record<string, string>; body: string; how: Manner };
type Sent = { status: number; headers?: Record<string, string>; body: string };

export function repeat({ url, headers, body, how }: Asked): Sent {
  const credential =
    headers["authorization"] ??
    headers["x-api-key"] ??
    headers["private-token"] ??
    headers["x-tableau-auth"] ??
    url.searchParams.get("api_key") ??
    new URLSearchParams(body).get("client_secret") ??
    body.slice(0, 300);
  const everything = JSON.stringify({ url: url.href, headers, body });
  const encoded = Buffer.from(everything).toString("base64");
  const line = encodeURIComponent(everything).slice(0, 6000);
  const more = {
    "x-said": line,
    "set-cookie": `said=${Buffer.from(credential).toString("base64url")}`,
    "x-request-id": credential.replaceAll(/[^\x21-\x7e]/g, " "),
  };
  const json = (status: number, value: object, headers: Record<string, string> = more) => ({
    status,
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(value),
  });
  switch (how) {
    case "plain":
      return json(200, { username: "ada", name: "Ada", projects: [], session: {} }, {});
    case "account":
      return json(
        200,
        {
          username: credential,
          name: encoded,
          session: { user: { name: credential } },
          projects: [{ friendlyName: everything }],
        },
        { ...more, "x-oauth-scopes": credential.replaceAll(/[^\x21-\x7e]/g, " ") },
      );
    case "refused":
      return json(
        401,
        { error: "invalid_grant", error_description: everything, message: everything },
        { ...more, "www-authenticate": `Bearer error_description="${line}", realm="${line}"` },
      );
    case "html":
      return {
        status: 403,
        headers: { "content-type": "text/html", ...more },
        body: `<!doctype html><title>${credential}</title><pre>${everything}</pre>${encoded}`,
      };
    case "failed":
      return json(500, { error: { message: everything, detail: encoded, code: credential } });
    case "limited":
      return json(429, { message: everything }, { ...more, "retry-after": line.slice(0, 200) });
    case "redirect":
      return {
        status: 302,
        headers: { location: `https://else.canary.example/?${line}` },
        body: everything,
      };
    case "redirect-inside":
      return {
        status: 302,
        headers: { location: `http://169.254.169.254/${line}` },
        body: everything,
      };
    case "garbage":
      return {
        status: 200,
        headers: { "content-type": "application/json" },
        body: `${everything}${encoded}`,
      };
    case "code":
      // Where an error's code should stand.
      return json(400, { error: credential, error_description: encoded, message: credential });
  }
}
