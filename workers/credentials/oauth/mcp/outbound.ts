import * as oauth from "oauth4webapi";
import { isObject } from "../../../../shared/json";
import { guardedFetch, judgeUrl, type OutboundPolicy } from "../../../platform/outbound";
import { allowsLoopback, outboundPolicy } from "../../../platform/settings";

const timeoutMs = 10_000;
const maxBytes = 64 * 1024;

/**
 * What may be asked on the way to a sign-in at the server of this URL. This machine only where the server itself is
 * here: whoever configures the hub may name it, a server somewhere else may not.
 */
export function policyNear(env: Env, serverUrl: string): OutboundPolicy {
  const policy = outboundPolicy(env);
  const verdict = judgeUrl(serverUrl, policy);
  const near = verdict.ok && verdict.host === "loopback";
  return { ...policy, allowLoopback: policy.allowLoopback && near };
}

/** A small JSON document; null where there is none. Throws what the guard throws. */
export async function readDocument(policy: OutboundPolicy, url: URL): Promise<unknown> {
  const response = await guardedFetch({ ...policy, maxRedirects: 3 }, url, {
    method: "GET",
    headers: { accept: "application/json" },
    timeoutMs,
    idleTimeoutMs: timeoutMs,
    maxBytes,
  });
  if (response.status !== 200) {
    await response.body?.cancel();
    return null;
  }
  try {
    return JSON.parse(await response.text());
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** What oauth4webapi sends goes through the guard, follows no redirect, and comes back as `readable` makes it. */
export function viaGuard(
  env: Env,
  policy: OutboundPolicy,
  readable: (body: Record<string, unknown>) => Record<string, unknown>,
) {
  return {
    [oauth.customFetch]: async (
      url: string,
      init: {
        method: string;
        headers: Record<string, string>;
        body?: string | URLSearchParams;
        signal?: AbortSignal;
      },
    ) => {
      const { method, headers, body } = init;
      const response = await guardedFetch({ ...policy, maxRedirects: 0 }, url, {
        method,
        headers,
        body: body instanceof URLSearchParams ? body.toString() : body,
        signal: init.signal,
        timeoutMs,
        idleTimeoutMs: timeoutMs,
        maxBytes,
      });
      return mended(response, readable);
    },
    [oauth.allowInsecureRequests]: allowsLoopback(env),
  };
}

/** Only objects are changed; everything else is left to the library to refuse. */
async function mended(
  response: Response,
  readable: (body: Record<string, unknown>) => Record<string, unknown>,
): Promise<Response> {
  const text = await response.text();
  const { status, headers } = response;
  const known = new Headers();
  for (const name of ["content-type", "www-authenticate", "retry-after"]) {
    const value = headers.get(name);
    if (value !== null) known.set(name, value);
  }
  let body = text;
  try {
    const said: unknown = JSON.parse(text);
    if (isObject(said)) body = JSON.stringify(readable(withoutNulls(said)));
  } catch {
    // Not JSON: the library says so.
  }
  return new Response(body === "" ? null : body, { status, headers: known });
}

/** Servers write null where they mean nothing. */
const withoutNulls = (said: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(said).filter(([, value]) => value !== null));
