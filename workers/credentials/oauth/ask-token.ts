import type * as oauth from "oauth4webapi";
import type { JsonObject } from "../../../shared/json";
import { mergeHeaders } from "../../platform/request-template";
import { fillAll, type TemplateValues } from "../../platform/template";
import type { TokenFailure } from "../auth/types";
import { clientAuth } from "./client-auth";
import { judgeRefusal, unusable, type AskedWith } from "./failures";
import { sendSecret } from "./send";
import { errorOf, parseAnswer, saysYes, tokensOf, type Tokens } from "./token-answer";
import type { TokenRequest } from "./token-request";

/** Thrown through the library, which knows nothing of it. */
export class Refused extends Error {
  readonly failure: TokenFailure;
  constructor(failure: TokenFailure) {
    super(failure.kind);
    this.failure = failure;
  }
}

export type Given = { body: JsonObject; claims: unknown; tokens: Tokens };

/** Asks once, and has the answer judged: the library sees a standard one, whatever the vendor made of it. Throws `Refused`. */
export async function askForToken(
  env: Env,
  { shape, client, grant, timeoutMs }: TokenRequest,
  { url, host, values }: { url: string; host: string; values: TemplateValues },
): Promise<Given> {
  const library = await import("oauth4webapi");
  let body: JsonObject = {};
  let tokens: Tokens | undefined;
  let server: oauth.AuthorizationServer = { issuer: grant.issuer ?? url, token_endpoint: url };
  const known: oauth.Client = { client_id: client?.clientId ?? "plugboard" };
  const more = fillAll(
    grant.type === "refresh_token" ? shape.refreshParams : shape.tokenParams,
    values,
  );
  const wantsClaims =
    grant.type !== "refresh_token" &&
    (grant.nonce !== undefined || Object.keys(shape.captureClaims).length > 0);

  const response = await library.genericTokenEndpointRequest(
    server,
    known,
    clientAuth(library, client, client?.clientAuth ?? shape.clientAuth),
    grant.type ?? "none",
    grant.params ?? {},
    {
      // What may be called is the guard's to judge.
      [library.allowInsecureRequests]: true,
      [library.customFetch]: async (_, init) => {
        if (grant.type === null) init.body.delete("grant_type");
        for (const [name, value] of Object.entries(more)) init.body.set(name, value);
        const asJson = shape.tokenBody === "json";
        const answer = await sendSecret(env, {
          url,
          method: "POST",
          headers: mergeHeaders(
            init.headers,
            {
              "user-agent": "Plugboard",
              accept: shape.accept,
              "content-type": asJson ? "application/json" : "application/x-www-form-urlencoded",
              ...(grant.bearer !== undefined && { authorization: `Bearer ${grant.bearer}` }),
            },
            fillAll(shape.tokenHeaders, values),
          ),
          body: asJson ? JSON.stringify(Object.fromEntries(init.body)) : init.body.toString(),
          timeoutMs,
        });
        const said = parseAnswer(answer);
        const good = answer.status >= 200 && answer.status < 300;
        if (!good || (said && !saysYes(said, shape)))
          throw new Refused(
            judgeRefusal({
              host,
              status: answer.status,
              error: errorOf(said, shape),
              isPage: said === undefined && answer.type === "text/html",
              retryAfterSeconds: answer.retryAfterSeconds,
              with: askedWith(grant.type),
            }),
          );
        tokens = said && tokensOf(said, shape);
        if (!said || !tokens) throw new Refused(unusable(host));
        body = said;
        const idToken = wantsClaims ? said["id_token"] : undefined;
        if (typeof idToken === "string" && grant.issuer === undefined)
          server = { ...server, issuer: await issuerIn(idToken, host) };
        return Response.json({
          access_token: tokens.accessToken,
          token_type: "bearer",
          ...(tokens.refreshToken !== undefined && { refresh_token: tokens.refreshToken }),
          ...(typeof idToken === "string" && { id_token: idToken }),
        });
      },
    },
  );
  try {
    const judged =
      grant.type === "authorization_code"
        ? await library.processAuthorizationCodeResponse(
            { ...server, id_token_signing_alg_values_supported: signedWith },
            known,
            response,
            grant.nonce === undefined ? {} : { expectedNonce: grant.nonce, requireIdToken: true },
          )
        : await library.processGenericTokenEndpointResponse(server, known, response);
    if (!tokens) throw new Refused(unusable(host));
    return { body, claims: library.getValidatedIdTokenClaims(judged), tokens };
  } catch (error) {
    throw error instanceof Refused ? error : new Refused(foreignIdToken(host));
  }
}

const signedWith = ["RS256", "RS384", "RS512", "PS256", "ES256", "ES384", "EdDSA", "Ed25519"];

/** Where no issuer is declared (many tenants, each its own) the token endpoint itself, reached by TLS, vouches for it. */
async function issuerIn(idToken: string, host: string): Promise<string> {
  const { decodeJwt } = await import("jose");
  try {
    return decodeJwt(idToken).iss ?? "";
  } catch {
    throw new Refused(foreignIdToken(host));
  }
}

const foreignIdToken = (host: string): TokenFailure => ({
  kind: "misconfigured",
  message: `${host} gave an id token that is not of this sign-in. Start again; if it stays, check the OAuth app's id.`,
  fault: "token_invalid",
});

function askedWith(grantType: string | null): AskedWith {
  switch (grantType) {
    case "authorization_code":
      return "code";
    case "refresh_token":
      return "refresh";
    case "urn:ietf:params:oauth:grant-type:device_code":
      return "device";
    case null:
    default:
      return "key";
  }
}
