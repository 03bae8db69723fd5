import { readChallenge } from "../../platform/bearer-challenge";
import { HubError } from "../../platform/errors";
import { retryAfterSeconds } from "../../platform/retry-after";

type RefusalCode = "upstream_unauthorized" | "upstream_error" | "upstream_timeout";

/** What a server answered to a POST that was not a reply: it decides whether to fall back or to give up. */
export class HttpRefusal extends HubError {
  readonly status: number;
  constructor(
    status: number,
    message: string,
    code: RefusalCode,
    details: Record<string, unknown> = {},
  ) {
    super(code, message, { details: { upstreamStatus: status, ...details } });
    this.status = status;
  }
}

/** A legacy session the server no longer knows. Nothing was run: open a new one and send again. */
export class SessionGone extends HttpRefusal {
  constructor(status: number) {
    super(
      status,
      `The server does not know its own session (HTTP ${status}). Ask who runs it.`,
      "upstream_error",
    );
  }
}

/** What an HTTP status that brought no reply means, in words that say whose side it is. */
export async function refusal(response: Response): Promise<HttpRefusal> {
  const { status } = response;
  const wanted = status === 403 ? await wantedScopes(response.headers) : [];
  if (wanted.length > 0)
    return new HttpRefusal(
      status,
      "The server asks for further permissions. Sign in again to give them.",
      "upstream_unauthorized",
      { wantedScopes: wanted },
    );
  const seconds = retryAfterSeconds(response.headers.get("retry-after"), Date.now());
  const details = seconds === undefined ? {} : { retryAfterSeconds: seconds };
  if (status === 401 || status === 403)
    return new HttpRefusal(
      status,
      `The server refused the hub's credentials (HTTP ${status}). Check the connection's headers.`,
      "upstream_unauthorized",
    );
  if (status === 429)
    return new HttpRefusal(
      status,
      "The server limits its own calls (HTTP 429). Wait and try again.",
      "upstream_error",
      details,
    );
  if (status === 408 || status === 504)
    return new HttpRefusal(
      status,
      `The server says that it ran out of time (HTTP ${status}). Whether the call took effect is not known.`,
      "upstream_timeout",
      details,
    );
  if (status >= 500)
    return new HttpRefusal(
      status,
      `The server failed (HTTP ${status}). Try again later or ask who runs it.`,
      "upstream_error",
      details,
    );
  return new HttpRefusal(
    status,
    `The server refused the request (HTTP ${status}). Check that the URL is that of its MCP endpoint.`,
    "upstream_error",
  );
}

/** What a token lacks for what was asked, as the server says it (RFC 6750, 3.1). */
async function wantedScopes(headers: Headers): Promise<string[]> {
  const challenge = await readChallenge(headers);
  return challenge?.error === "insufficient_scope" ? challenge.scopes : [];
}
