import type { DeviceCodeMethod, Manifest } from "../../../shared/catalogue/manifest";
import type { FlowFault } from "../../../shared/contracts/connect-flows";
import { fillAll, fillTemplate } from "../../platform/template";
import type { Obtained } from "../auth/types";
import type { OAuthClient } from "./client";
import { clientAuth } from "./client-auth";
import { ofMethod } from "./declared";
import { faultOf, judgeRefusal, judgeThrown, unusable } from "./failures";
import { scopeParams } from "./scopes";
import { sendSecret } from "./send";
import { errorOf, parseAnswer } from "./token-answer";
import { requestToken } from "./token-request";

export type DeviceSignIn = {
  manifest: Pick<Manifest, "params">;
  method: DeviceCodeMethod;
  params: Record<string, string>;
  client: OAuthClient;
};

export type DeviceStarted =
  | {
      ok: true;
      /** A secret. */
      deviceCode: string;
      userCode: string;
      /** Https, for a person to open. */
      verificationUri: string;
      intervalSeconds: number;
      lifetimeSeconds: number;
    }
  | { ok: false; fault: FlowFault };

export type DevicePolled =
  | { status: "pending"; slower: boolean }
  | { status: "done"; obtained: Extract<Obtained, { ok: true }> }
  | { status: "failed"; fault: FlowFault };

const grantType = "urn:ietf:params:oauth:grant-type:device_code";

/** RFC 8628 3.1 and 3.2. Scopes are as the manifest writes them. */
export async function startDevice(
  env: Env,
  {
    method,
    params,
    client,
    scopes,
    timeoutMs,
  }: DeviceSignIn & { scopes: readonly string[]; timeoutMs?: number },
): Promise<DeviceStarted> {
  const library = await import("oauth4webapi");
  const values = { params, app: { clientId: client.clientId, clientSecret: "" } };
  let host = "The vendor";
  try {
    const url = fillTemplate(method.deviceUrl, values);
    host = URL.parse(url)?.host ?? host;
    const server = { issuer: url, device_authorization_endpoint: url };
    const known = { client_id: client.clientId };
    let failure = unusable(host);
    const response = await library.deviceAuthorizationRequest(
      server,
      known,
      clientAuth(library, client, client.clientAuth ?? method.clientAuth),
      scopeParams(method, scopes, values),
      {
        [library.allowInsecureRequests]: true,
        [library.customFetch]: async (_, init) => {
          const answer = await sendSecret(env, {
            url,
            method: "POST",
            headers: {
              ...init.headers,
              accept: method.accept,
              "content-type": "application/x-www-form-urlencoded",
              ...fillAll(method.tokenHeaders, values),
            },
            body: init.body.toString(),
            timeoutMs,
          });
          const said = parseAnswer(answer);
          const error = errorOf(said, method);
          const good = answer.status === 200 && said && said["error"] === undefined;
          if (!good && (answer.status !== 200 || error !== undefined))
            failure = judgeRefusal({
              host,
              status: answer.status,
              error,
              isPage: answer.type === "text/html",
              retryAfterSeconds: answer.retryAfterSeconds,
              with: "key",
            });
          return Response.json(good ? said : null);
        },
      },
    );
    const told = await library
      .processDeviceAuthorizationResponse(server, known, response)
      .catch(() => undefined);
    const uri = URL.parse(told?.verification_uri_complete ?? told?.verification_uri ?? "");
    // It becomes a link on the hub's page.
    const usable = uri?.protocol === "https:" && /^[\x20-\x7e]{1,64}$/.test(told?.user_code ?? "");
    if (!told || !uri || !usable) return { ok: false, fault: faultOf(failure) };
    return {
      ok: true,
      deviceCode: told.device_code,
      userCode: told.user_code,
      verificationUri: uri.href,
      intervalSeconds: Math.min(Math.max(told.interval ?? 5, 1), 60),
      lifetimeSeconds: Math.min(told.expires_in, 3600),
    };
  } catch (error) {
    return { ok: false, fault: faultOf(judgeThrown(error, host)) };
  }
}

/** Asks once whether the person has entered the code (RFC 8628 3.4). */
export async function pollDevice(
  env: Env,
  {
    manifest,
    method,
    params,
    client,
    deviceCode,
    timeoutMs,
  }: DeviceSignIn & { deviceCode: string; timeoutMs?: number },
): Promise<DevicePolled> {
  const answer = await requestToken(env, {
    shape: method,
    values: { params },
    client,
    grant: { type: grantType, params: { device_code: deviceCode } },
    declared: ofMethod(manifest.params, method.id),
    timeoutMs,
  });
  if (answer.ok) {
    const { token, expiresAt, scopes, params: brought } = answer;
    return {
      status: "done",
      obtained: { ok: true, record: token, expiresAt, scopes, params: brought },
    };
  }
  const { failure } = answer;
  // RFC 8628 3.5: a request that was lost is no end either; it is asked again, less often.
  if (failure.kind === "transient" && failure.fault !== "token_invalid")
    return { status: "pending", slower: failure.error !== "authorization_pending" };
  return { status: "failed", fault: faultOf(failure) };
}
