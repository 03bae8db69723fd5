import { fromBase64Url, toBase64Url, utf8 } from "../platform/encoding";
import { HubError } from "../platform/errors";

/**
 * A sealed record: `pb1.<key id>.<version>.<nonce>.<ciphertext>`, AES-256-GCM, nonce and ciphertext in base64url.
 * The additional authenticated data are key id, team, credential and version, so that a record moved to another place,
 * or an older one put back, does not open.
 */
const format = "pb1";

export type Place = { teamId: string; credentialId: string; version: number };

function placeBytes(
  keyId: string,
  { teamId, credentialId, version }: Place,
): Uint8Array<ArrayBuffer> {
  return utf8(`${format}|${keyId}|${teamId}|${credentialId}|${version}`);
}

/** It never leaves `crypto.subtle` again. */
export function importKey(bytes: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);
}

export async function seal(
  key: { id: string; key: CryptoKey },
  place: Place,
  plain: Uint8Array<ArrayBuffer>,
): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const sealed = await crypto.subtle.encrypt(
    { name: "AES-GCM", iv, additionalData: placeBytes(key.id, place) },
    key.key,
    plain,
  );
  return [format, key.id, place.version, toBase64Url(iv), toBase64Url(sealed)].join(".");
}

/** The id of the key a record is sealed with; null for what is no sealed record. */
export function readKeyId(record: string): string | null {
  const [kind, keyId, , , sealed] = record.split(".");
  return kind === format && keyId && sealed ? keyId : null;
}

/** The same. Throws `internal` on what is no sealed record. */
export function keyIdOf(record: string): string {
  const keyId = readKeyId(record);
  if (keyId !== null) return keyId;
  throw new HubError("internal", "A sealed record is damaged. Enter the credential again.");
}

export async function open(key: CryptoKey, place: Place, record: string): Promise<Uint8Array> {
  const [kind, keyId, version, iv, sealed, ...rest] = record.split(".");
  try {
    if (
      kind !== format ||
      !keyId ||
      version !== String(place.version) ||
      !iv ||
      !sealed ||
      rest.length > 0
    )
      throw new Error("not a sealed record of this version");
    const plain = await crypto.subtle.decrypt(
      { name: "AES-GCM", iv: strictBytes(iv), additionalData: placeBytes(keyId, place) },
      key,
      strictBytes(sealed),
    );
    return new Uint8Array(plain);
  } catch (cause) {
    throw new HubError(
      "internal",
      "A sealed credential does not open. It was altered, or sealed for another place. Enter it again.",
      { cause },
    );
  }
}

/** Base64url has several spellings of the same bytes; a record has one. */
function strictBytes(text: string): Uint8Array<ArrayBuffer> {
  const bytes = fromBase64Url(text);
  if (toBase64Url(bytes) !== text) throw new Error("not the spelling it was sealed in");
  return bytes;
}
