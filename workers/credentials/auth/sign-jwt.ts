import type { SignedJwtMethod } from "../../../shared/catalogue/manifest";
import { HubError } from "../../platform/errors";
import { fillAll, fillTemplate, type TemplateValues } from "../../platform/template";
import { scopeText } from "../oauth/scopes";
import { importSigningKey } from "./signing-key";
import type { SecretRecord, SignIn } from "./types";

export type SignedJwt = { jwt: string; issuedAt: number; expiresAt: number };

/** How far a vendor's clock may be behind the hub's. */
const skewSeconds = 30;

/** A JWT signed with the key of the record. `expiresAt` in milliseconds. Throws `invalid_input` for a bad key or claim. */
export async function signJwt(
  method: SignedJwtMethod,
  { params, scopes }: Pick<SignIn, "params" | "scopes">,
  record: SecretRecord,
): Promise<SignedJwt> {
  const values: TemplateValues = { params, secret: record };
  const signing = await importSigningKey(fillTemplate(method.key, values), {
    algorithms: chosen(method, record),
    keyEncoding: method.keyEncoding,
    passphrase: record["passphrase"],
  });
  const extra = {
    thumbprint: signing.thumbprint,
    scope: scopes
      .map((scope) => scopeText(method.scopes, scope, values))
      .join(method.scopeSeparator),
  };
  // What comes out empty is left out: a person to stand for that nobody named.
  const claims = fillAll(method.claims, { ...values, extra });
  const header = fillAll(method.header, { ...values, extra });
  const now = Date.now();
  const back = Math.min(skewSeconds, Math.floor(method.lifetimeSeconds / 10));
  const issuedAt = Math.floor(now / 1000) - back;
  const end = issuedAt + method.lifetimeSeconds;
  const { SignJWT } = await import("jose");
  const unsigned = new SignJWT(claims)
    .setProtectedHeader({ typ: "JWT", ...header, alg: signing.algorithm })
    .setIssuedAt(issuedAt)
    .setExpirationTime(end)
    .setJti(crypto.randomUUID());
  const jwt = await unsigned.sign(signing.key).catch((cause: unknown) => {
    throw new HubError(
      "invalid_input",
      `The private key cannot sign with ${signing.algorithm}. RSA keys need 2048 bits or more.`,
      { cause },
    );
  });
  return { jwt, issuedAt: now, expiresAt: end * 1000 };
}

/** Throws `invalid_input` naming the field where the key of a method that signs does not. */
export async function requireSigningKey(
  signIn: SignIn,
  record: SecretRecord,
  place: string,
): Promise<void> {
  const { method } = signIn;
  if (method.kind !== "signed_jwt") return;
  try {
    await signJwt(method, signIn, record);
  } catch (error) {
    if (!(error instanceof HubError)) throw error;
    const named = method.fields.find(({ name }) => method.key.includes(`{secret.${name}`));
    const field = named === undefined ? place : `${place}.${named.name}`;
    throw new HubError(error.code, `${field}: ${error.message}`, {
      cause: error,
      details: { field },
    });
  }
}

/** Where the form lets somebody choose the algorithm, the choice; else all that the method allows. */
function chosen({ algorithms }: SignedJwtMethod, record: SecretRecord) {
  const named = algorithms.find((algorithm) => algorithm === record["algorithm"]);
  return named === undefined ? algorithms : [named];
}
