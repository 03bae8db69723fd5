import type { SignedJwtMethod } from "../../../shared/catalogue/manifest";
import { HubError } from "../../platform/errors";
import { declaredParams } from "../oauth/declared";
import { scopeParams } from "../oauth/scopes";
import { withToken } from "../oauth/token-answer";
import { requestToken, type TokenAnswer } from "../oauth/token-request";
import { logIn } from "./log-in";
import { signJwt } from "./sign-jwt";
import type { Obtained, SecretRecord, SignIn } from "./types";

const jwtBearer = "urn:ietf:params:oauth:grant-type:jwt-bearer";

/**
 * A token made from what was typed: client credentials, a signed JWT, a login. The record comes with its secrets in
 * place of their names. One request, sent once; failures are answered and not thrown.
 */
export async function mintToken(env: Env, signIn: SignIn, record: SecretRecord): Promise<Obtained> {
  const { method } = signIn;
  try {
    if (method.kind === "oauth2_client_credentials")
      return answered(record, await askAsClient(env, { ...signIn, method }, record));
    if (method.kind === "session")
      return answered(record, await logIn(env, { ...signIn, method }, record));
    if (method.kind !== "signed_jwt")
      throw new Error(`A ${method.kind} has no token to be minted.`);
    if (!method.exchange) return await signed({ ...signIn, method }, record);
    return answered(record, await exchangeJwt(env, { ...signIn, method }, record));
  } catch (error) {
    if (!(error instanceof HubError)) throw error;
    return { ok: false, failure: { kind: "misconfigured", message: error.message } };
  }
}

type Of<Method> = SignIn & { method: Method };
type ClientMethod = Extract<SignIn["method"], { kind: "oauth2_client_credentials" }>;

function askAsClient(
  env: Env,
  { connector, method, params, scopes }: Of<ClientMethod>,
  record: SecretRecord,
): Promise<TokenAnswer> {
  const values = { params, secret: record };
  const { clientId = "", clientSecret = "" } = record;
  return requestToken(env, {
    shape: method,
    values,
    client: { clientId, clientSecret: clientSecret === "" ? null : clientSecret },
    grant: { type: "client_credentials", params: scopeParams(method, scopes, values) },
    declared: declaredParams(connector, method.id),
  });
}

async function exchangeJwt(
  env: Env,
  { connector, method, params, scopes }: Of<SignedJwtMethod>,
  record: SecretRecord,
): Promise<TokenAnswer> {
  const { exchange } = method;
  if (!exchange) throw new Error("There is nothing to exchange the JWT for.");
  const values = { params, secret: record };
  const { jwt } = await signJwt(method, { params, scopes }, record);
  const { assertionParam } = exchange;
  const asked = scopeParams(method, scopes, values);
  return requestToken(env, {
    shape: exchange,
    values: { ...values, extra: { jwt } },
    client: null,
    grant:
      assertionParam === undefined
        ? { type: null, bearer: jwt, params: asked }
        : { type: jwtBearer, params: { ...asked, [assertionParam]: jwt } },
    declared: declaredParams(connector, method.id),
  });
}

async function signed(signIn: Of<SignedJwtMethod>, record: SecretRecord): Promise<Obtained> {
  const { jwt, issuedAt, expiresAt } = await signJwt(signIn.method, signIn, record);
  const token = {
    accessToken: jwt,
    obtainedAt: String(issuedAt),
    expiresAt: String(expiresAt),
  };
  return { ok: true, record: withToken(record, token), expiresAt, scopes: null, params: {} };
}

function answered(record: SecretRecord, answer: TokenAnswer): Obtained {
  if (!answer.ok) return answer;
  const { token, expiresAt, scopes, params } = answer;
  // Nothing typed goes by these names; a token that came before does.
  return { ok: true, record: withToken(record, token), expiresAt, scopes, params };
}
