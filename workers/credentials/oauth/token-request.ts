import type { OAuthCodeMethod, Param } from "../../../shared/catalogue/manifest";
import { textAt } from "../../platform/json-pointer";
import { fillTemplate, type TemplateValues } from "../../platform/template";
import type { SecretRecord, TokenFailure } from "../auth/types";
import { askForToken, Refused } from "./ask-token";
import { captureParams, type Captured } from "./capture";
import type { OAuthClient } from "./client";
import { judgeThrown, unusable } from "./failures";
import { expiresAt, scopesIn, type AnswerShape } from "./token-answer";

/** What a manifest says of a token endpoint: of a method, or of the exchange of a signed JWT. */
export type TokenShape = AnswerShape &
  Pick<
    OAuthCodeMethod,
    | "tokenUrl"
    | "refreshUrl"
    | "clientAuth"
    | "tokenBody"
    | "accept"
    | "tokenParams"
    | "refreshParams"
    | "tokenHeaders"
    | "capture"
    | "captureClaims"
  >;

export type TokenRequest = {
  shape: TokenShape;
  /** What its templates are filled with; the app comes from the client. */
  values: TemplateValues;
  /** Null where nobody but the grant itself signs in. */
  client: OAuthClient | null;
  grant: {
    /** `grant_type`; null where none is sent. */
    type: string | null;
    params?: Record<string, string>;
    /** Goes into the Authorization header: a JWT that is the whole request. */
    bearer?: string;
    /** The id token must name it. */
    nonce?: string | undefined;
    /** The id token must be its. */
    issuer?: string | undefined;
  };
  /** The connector's parameters: what may be read from the answer, and how it must look. */
  declared: readonly Param[];
  /** Where a server said itself where its endpoint is. */
  tokenUrl?: string | undefined;
  timeoutMs?: number | undefined;
};

export type TokenAnswer =
  | {
      ok: true;
      /** `tokenFields` of a record, as far as the answer says them. */
      token: SecretRecord;
      expiresAt: number | null;
      /** Null where the answer did not say. */
      scopes: string[] | null;
      params: Record<string, string>;
    }
  | { ok: false; failure: TokenFailure };

/**
 * One request to a token endpoint, with everything a manifest can say of it, and what its answer brings. Sends once, and
 * answers every failure.
 */
export async function requestToken(env: Env, request: TokenRequest): Promise<TokenAnswer> {
  let host = "The vendor";
  try {
    const { shape, client, grant } = request;
    const values = {
      ...request.values,
      ...(client && {
        app: { clientId: client.clientId, clientSecret: client.clientSecret ?? "" },
      }),
    };
    const refreshing = grant.type === "refresh_token";
    const url =
      request.tokenUrl ??
      fillTemplate((refreshing ? shape.refreshUrl : undefined) ?? shape.tokenUrl, values);
    host = URL.parse(url)?.host ?? host;
    const { body, claims, tokens } = await askForToken(env, request, { url, host, values });
    const rules = {
      declared: request.declared,
      known: request.values.params ?? {},
      complete: !refreshing,
    };
    const said = captureParams(shape.capture, { ...rules, read: (at) => textAt(body, at) });
    if (!said.ok) return failed(said);
    const claimed = refreshing
      ? said
      : captureParams(shape.captureClaims, { ...rules, read: (at) => textAt(claims, at) });
    if (!claimed.ok) return failed(claimed);
    const now = Date.now();
    const end = expiresAt(body, shape, now);
    const scopes = scopesIn(body, tokens.at);
    const type = textAt(body, "/token_type");
    const { accessToken, refreshToken } = tokens;
    const params = { ...said.params, ...claimed.params };
    const open = [...Object.values(params), ...(scopes ?? [])].join("\n");
    // What lies in the open afterwards is no place for a token.
    if ([accessToken, refreshToken].some((one) => one && one.length >= 8 && open.includes(one)))
      return { ok: false, failure: unusable(host) };
    return {
      ok: true,
      token: {
        accessToken,
        obtainedAt: String(now),
        ...(refreshToken !== undefined && { refreshToken }),
        ...(type !== undefined && /^[\w-]{1,40}$/.test(type) && { tokenType: type }),
        ...(scopes !== null && { scope: scopes.join(" ") }),
        ...(end !== null && { expiresAt: String(end) }),
      },
      expiresAt: end,
      scopes,
      params,
    };
  } catch (error) {
    const failure = error instanceof Refused ? error.failure : judgeThrown(error, host);
    return { ok: false, failure };
  }
}

const failed = ({ fault, message }: Extract<Captured, { ok: false }>): TokenAnswer => ({
  ok: false,
  failure: { kind: "misconfigured", message, fault },
});
