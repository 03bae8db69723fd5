import { HubError } from "../errors";
import { bareHost, judgeUrl, type HostKind } from "./judge-url";
import { discard, limitBody } from "./limit-body";
import type { OutboundPolicy } from "./policy";
import { isRedirect, nextHop, type Hop } from "./redirects";
import { requirePublicName } from "./resolve";

export type OutboundRequest = {
  method: string;
  headers: Headers | Record<string, string>;
  body?: string | Uint8Array | null | undefined;
  /** Aborts the call and its body. The call then rejects with `signal.reason`, never with a `HubError`. */
  signal?: AbortSignal | undefined;
  /** The longest body a reader gets, decompressed; 10 MiB unless told. */
  maxBytes?: number | undefined;
  /**
   * Until the headers of the last hop are there, name checks and redirects included; 30 s unless told. Null: `signal`
   * is the limit, which saves the hot path a timer and a signal.
   */
  timeoutMs?: number | null | undefined;
  /**
   * How long the upstream may pause inside the body; unlimited unless told. It makes every body pass through
   * JavaScript: for a short answer a deadline in `signal` is cheaper.
   */
  idleTimeoutMs?: number | undefined;
};

const defaultMaxBytes = 10 * 1024 * 1024;
const defaultTimeoutMs = 30_000;
const defaultMaxRedirects = 5;

function signalOf(caller: AbortSignal | undefined, clock: AbortSignal | undefined): AbortSignal {
  if (clock === undefined) return caller ?? new AbortController().signal;
  return caller === undefined ? clock : AbortSignal.any([caller, clock]);
}

/**
 * The one way out of the hub: judges the URL and every redirect, and bounds the answer's time and size.
 *
 * Rejects with a `HubError`: `outbound_refused` (the URL, a header or a redirect is not allowed),
 * `upstream_unreachable` (the network's own words in `cause`), `upstream_invalid` (redirects without end, a body that
 * does not unpack), `upstream_timeout`, `upstream_too_large`; or with
 * `signal.reason`. Any status that is no redirect is returned. Reading the body can fail with the same errors; a
 * body of a known length comes straight from the runtime, whose errors it then throws.
 *
 * Bodies follow a 307 or 308 to another origin, as in every HTTP client: who posts a secret in one sets
 * `maxRedirects: 0`.
 */
export async function guardedFetch(
  policy: OutboundPolicy,
  url: string | URL,
  request: OutboundRequest,
): Promise<Response> {
  const { signal: caller, timeoutMs = defaultTimeoutMs } = request;
  caller?.throwIfAborted();
  const target = judgeUrl(url, policy);
  if (!target.ok) throw new HubError("outbound_refused", target.reason);
  requirePlainHeaders(request.headers, target.url);

  const clock = timeoutMs === null && caller !== undefined ? undefined : new AbortController();
  const timer = clock && setTimeout(() => clock.abort(), timeoutMs ?? defaultTimeoutMs);
  const signal = signalOf(caller, clock?.signal);
  let hop: Hop = {
    url: target.url,
    method: request.method.toUpperCase(),
    headers: request.headers,
    body: request.body ?? null,
  };
  let kind = target.host;
  try {
    for (let redirects = 0; ; redirects++) {
      if (policy.dohUrl && kind === "name") {
        await requirePublicName(bareHost(hop.url), { dohUrl: policy.dohUrl, signal });
      }
      const { method, headers, body } = hop;
      const response = await (policy.network ?? globalThis).fetch(hop.url.href, {
        method,
        headers,
        body,
        redirect: "manual",
        signal,
      });
      if (!isRedirect(response)) {
        return limitBody(response, {
          host: hop.url.host,
          maxBytes: request.maxBytes ?? defaultMaxBytes,
          idleTimeoutMs: request.idleTimeoutMs,
          signal: caller,
        });
      }
      discard(response.body);
      if (redirects >= (policy.maxRedirects ?? defaultMaxRedirects)) {
        throw new HubError(
          // Where some are followed, it is the upstream that goes round in circles.
          redirects === 0 ? "outbound_refused" : "upstream_invalid",
          `${hop.url.host} redirected the call too often. Give the URL at which the service really answers.`,
        );
      }
      const next = judgeRedirect(policy, hop.url, {
        kind,
        location: response.headers.get("location"),
      });
      hop = nextHop(hop, response.status, next.url);
      kind = next.host;
    }
  } catch (error) {
    if (caller?.aborted) throw caller.reason;
    if (error instanceof HubError) throw error;
    if (clock?.signal.aborted) {
      throw new HubError(
        "upstream_timeout",
        `${hop.url.host} did not answer within ${timeoutMs} ms. Try again later.`,
        { cause: error },
      );
    }
    throw new HubError(
      "upstream_unreachable",
      `${hop.url.host} could not be reached, or broke off before it answered. Check the host, and that its server is up and its certificate valid.`,
      { cause: error },
    );
  } finally {
    clearTimeout(timer);
  }
}

function judgeRedirect(
  policy: OutboundPolicy,
  from: URL,
  { kind, location }: { kind: HostKind; location: string | null },
): { url: URL; host: HostKind } {
  const url = location === null ? null : URL.parse(location, from);
  const verdict = judgeUrl(url ?? "", policy);
  if (!verdict.ok) {
    throw new HubError(
      "outbound_refused",
      `${from.host} redirected the call to a place the hub does not go. ${verdict.reason}`,
    );
  }
  // Loopback is allowed to who configures the hub, not to an upstream somewhere else.
  if (verdict.host === "loopback" && kind !== "loopback") {
    throw new HubError(
      "outbound_refused",
      `${from.host} redirected the call to this machine (${verdict.url.host}). Ask whoever runs ${from.host}, or give the local URL itself.`,
    );
  }
  return verdict;
}

/** workerd prints a value that is not ASCII to the console, and rejects others without saying which header it was. */
function requirePlainHeaders(headers: OutboundRequest["headers"], url: URL): void {
  if (headers instanceof Headers) return;
  for (const name in headers) {
    if (/^[\t\x20-\x7e]*$/.test(headers[name] ?? "") && /^[\w!#$%&'*+.^`|~-]+$/.test(name))
      continue;
    throw new HubError(
      "outbound_refused",
      `The header ${JSON.stringify(name.slice(0, 100))} of the call to ${url.host} holds a character HTTP does not carry. Remove line breaks and characters outside ASCII.`,
    );
  }
}
