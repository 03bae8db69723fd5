import type { HttpRequestTemplate } from "../../../shared/catalogue/manifest";
import { HubError } from "../../platform/errors";
import { guardedFetch } from "../../platform/outbound";
import { outboundPolicy } from "../../platform/settings";
import type { FilledRequest } from "../../platform/request-template";
import { buildRequest, type Account } from "./build";

export type Sending = { env: Env; signal: AbortSignal; maxBytes: number };

/** Sends one declared request to a vendor, signed where the credential signs, and with the token that writes need. */
export async function sendRequest(
  sending: Sending,
  account: Account,
  template: HttpRequestTemplate,
): Promise<Response> {
  const built = buildRequest(account, template);
  const { csrf } = account.manifest.request ?? {};
  if (!csrf || built.method === "GET") return dispatch(sending, account, built);
  const fetched = await dispatch(sending, account, buildRequest(account, csrf.fetch));
  await fetched.body?.cancel();
  const token = fetched.headers.get(csrf.header);
  if (token === null)
    throw new HubError(
      "upstream_invalid",
      `${account.manifest.name} gave no ${csrf.header} (HTTP ${fetched.status}), which its writes need. Check the credential and the address.`,
      { details: { upstreamStatus: fetched.status } },
    );
  const cookies = fetched.headers.getSetCookie().map((cookie) => cookie.split(";")[0] ?? "");
  return dispatch(sending, account, {
    ...built,
    headers: {
      ...built.headers,
      [csrf.header]: token,
      ...(cookies.length === 0 ? {} : { cookie: cookies.join("; ") }),
    },
  });
}

async function dispatch(
  { env, signal, maxBytes }: Sending,
  { presented }: Account,
  built: FilledRequest,
): Promise<Response> {
  const { url, method, body } = built;
  const signed = presented.sign ? await presented.sign(built) : {};
  const policy = outboundPolicy(env);
  // A body follows a redirect to another host, and it may hold what is secret.
  return guardedFetch(body === null ? policy : { ...policy, maxRedirects: 0 }, url, {
    method,
    headers: { ...built.headers, ...signed },
    body,
    signal,
    maxBytes,
    timeoutMs: null,
  });
}
