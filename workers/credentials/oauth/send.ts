import { guardedFetch } from "../../platform/outbound";
import { retryAfterSeconds } from "../../platform/retry-after";
import { outboundPolicy } from "../../platform/settings";

export type Sent = {
  url: string;
  method: string;
  headers: Record<string, string>;
  body: string | null;
  timeoutMs?: number | undefined;
  maxBytes?: number;
};

export type Answer = {
  status: number;
  /** Lower case, without parameters; empty where the vendor names none. */
  type: string;
  text: string;
  headers: Headers;
  retryAfterSeconds: number | undefined;
};

const longestAnswer = 256 * 1024;
const patienceMs = 15_000;

/**
 * One request that carries a secret, and its whole answer. No redirect is followed: a secret goes where it was meant to
 * and nowhere else. Rejects with what the guard throws, or with whatever broke the body off.
 */
export async function sendSecret(env: Env, sent: Sent): Promise<Answer> {
  const { url, method, headers, body } = sent;
  const response = await guardedFetch({ ...outboundPolicy(env), maxRedirects: 0 }, url, {
    method,
    headers: { "user-agent": "Plugboard", ...headers },
    body,
    maxBytes: sent.maxBytes ?? longestAnswer,
    // For headers and body together: a vendor that falls silent in the middle counts as silent.
    signal: AbortSignal.timeout(sent.timeoutMs ?? patienceMs),
    timeoutMs: null,
  });
  return {
    status: response.status,
    type: (response.headers.get("content-type") ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "",
    // Not text(): the runtime warns of a form, which is no text to it.
    text: new TextDecoder().decode(await response.arrayBuffer()),
    headers: response.headers,
    retryAfterSeconds: retryAfterSeconds(response.headers.get("retry-after"), Date.now()),
  };
}
