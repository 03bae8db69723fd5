import { createPrivateKey, createPublicKey, type KeyObject } from "node:crypto";
import type { CryptoKey } from "jose";
import type { SignedJwtMethod } from "../../../shared/catalogue/manifest";
import { isObject } from "../../../shared/json";
import { fromBase64Url, toBase64Url, utf8 } from "../../platform/encoding";
import { HubError } from "../../platform/errors";
import { plainPem } from "./key-text";

type Algorithm = SignedJwtMethod["algorithms"][number];

export type SigningKey = {
  key: CryptoKey | Uint8Array;
  algorithm: Algorithm;
  /** The base64url SHA-256 of the public key (SPKI); empty where there is none. */
  thumbprint: string;
};

/**
 * A key somebody pasted, ready to sign: PEM (PKCS #8, PKCS #1, SEC 1, with a passphrase too), a JWK, or for HS the
 * secret itself. Of the algorithms allowed it takes the first that the key can do. Throws `invalid_input`.
 */
export async function importSigningKey(
  text: string,
  {
    algorithms,
    keyEncoding,
    passphrase,
  }: {
    algorithms: readonly Algorithm[];
    keyEncoding: SignedJwtMethod["keyEncoding"];
    passphrase: string | undefined;
  },
): Promise<SigningKey> {
  const [first] = algorithms;
  if (first?.startsWith("HS"))
    return { key: secretBytes(text, keyEncoding), algorithm: first, thumbprint: "" };
  const object = readKey(text, passphrase);
  const algorithm = algorithms.find((one) => canSign(object, one));
  if (algorithm === undefined)
    throw badKey(
      `is a key for ${kindOf(object)}, which does not go with ${algorithms.join(" or ")}`,
    );
  const spki = createPublicKey(object).export({ type: "spki", format: "der" });
  const thumbprint = toBase64Url(await crypto.subtle.digest("SHA-256", Uint8Array.from(spki)));
  const { importPKCS8 } = await import("jose");
  const pem = String(object.export({ type: "pkcs8", format: "pem" }));
  try {
    return { key: await importPKCS8(pem, algorithm), algorithm, thumbprint };
  } catch (cause) {
    throw badKey(`cannot sign with ${algorithm}`, cause);
  }
}

function secretBytes(text: string, encoding: SignedJwtMethod["keyEncoding"]): Uint8Array {
  if (encoding === "text") return utf8(text);
  if (encoding === "hex") {
    if (!/^([0-9a-f]{2})+$/i.test(text)) throw badKey("is not written in hexadecimal digits");
    return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  }
  try {
    return fromBase64Url(text.replace(/\s+/g, ""));
  } catch (cause) {
    throw badKey("is not written in base64", cause);
  }
}

function readKey(text: string, passphrase: string | undefined): KeyObject {
  const isJson = text.trim().startsWith("{");
  const pem = isJson ? pemInFile(text) : plainPem(text);
  try {
    if (typeof pem !== "string") return createPrivateKey({ key: pem, format: "jwk" });
    return createPrivateKey({ key: pem, format: "pem", ...(passphrase ? { passphrase } : {}) });
  } catch (cause) {
    if (typeof pem === "string" && /ENCRYPTED/.test(pem))
      throw badKey(
        passphrase
          ? "does not open with this passphrase"
          : "is protected by a passphrase. Take it off with: openssl pkcs8 -in key.pem -topk8 -nocrypt",
        cause,
      );
    throw badKey("is no private key. Paste it whole, as PEM or JWK", cause);
  }
}

/** A JWK, or the PEM in a key file. */
function pemInFile(text: string): string | Record<string, string> {
  let file: unknown;
  try {
    file = JSON.parse(text);
  } catch (cause) {
    throw badKey("is no JSON. Paste the whole file", cause);
  }
  if (isObject(file) && typeof file["kty"] === "string") return file as Record<string, string>;
  const pem = isObject(file) ? (file["private_key"] ?? file["privateKey"]) : undefined;
  if (typeof pem === "string") return plainPem(pem);
  throw badKey("is a JSON file without a private key");
}

const curves: Partial<Record<Algorithm, string>> = { ES256: "prime256v1", ES384: "secp384r1" };

function canSign(key: KeyObject, algorithm: Algorithm): boolean {
  if (/^[RP]S/.test(algorithm)) return key.asymmetricKeyType === "rsa";
  if (algorithm === "EdDSA") return key.asymmetricKeyType === "ed25519";
  return key.asymmetricKeyType === "ec" && curveOf(key) === curves[algorithm];
}

function curveOf(key: KeyObject): string | undefined {
  const { crv } = key.export({ format: "jwk" });
  return crv === "P-256" ? "prime256v1" : crv === "P-384" ? "secp384r1" : undefined;
}

const kindOf = (key: KeyObject) => key.asymmetricKeyType ?? "something else";

const badKey = (words: string, cause?: unknown) =>
  new HubError("invalid_input", `The private key ${words}.`, { cause });
