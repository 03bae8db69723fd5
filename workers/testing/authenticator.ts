import { createHash } from "node:crypto";
import { toBase64Url, utf8 } from "../platform/encoding";

const sha256 = (data: Uint8Array | string): Buffer => createHash("sha256").update(data).digest();

/** As much of CBOR (RFC 8949) as a passkey needs. */
type Cbor = number | string | Uint8Array | Map<number | string, Cbor>;

function head(major: number, value: number): Buffer {
  if (value < 24) return Buffer.from([(major << 5) | value]);
  if (value < 256) return Buffer.from([(major << 5) | 24, value]);
  return Buffer.from([(major << 5) | 25, value >> 8, value & 255]);
}

function cbor(value: Cbor): Buffer {
  if (typeof value === "number") return value < 0 ? head(1, -1 - value) : head(0, value);
  if (typeof value === "string")
    return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (value instanceof Uint8Array) return Buffer.concat([head(2, value.length), value]);
  const pairs = [...value].flatMap(([key, inner]) => [cbor(key), cbor(inner)]);
  return Buffer.concat([head(5, value.size), ...pairs]);
}

/** WebAuthn signs with ASN.1, WebCrypto with the two numbers side by side. */
function toDer(signature: Uint8Array): Buffer {
  const integers = [signature.slice(0, 32), signature.slice(32)].map((bytes) => {
    let number = Buffer.from(bytes);
    while (number.length > 1 && number[0] === 0) number = number.subarray(1);
    if ((number[0] ?? 0) & 128) number = Buffer.concat([Buffer.from([0]), number]);
    return Buffer.concat([Buffer.from([2, number.length]), number]);
  });
  const body = Buffer.concat(integers);
  return Buffer.concat([Buffer.from([48, body.length]), body]);
}

type Options = { challenge: string };

/** A passkey in software, at the hub's origin. `userVerified` is whether it says that it checked whose it is. */
export async function createAuthenticator(origin: string) {
  const id = crypto.getRandomValues(new Uint8Array(32));
  const pair = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, true, [
    "sign",
    "verify",
  ]);
  if (!("privateKey" in pair)) throw new Error("No key pair was made.");
  const { privateKey } = pair;
  const raw = new Uint8Array((await crypto.subtle.exportKey("raw", pair.publicKey)) as ArrayBuffer);
  let counter = 0;
  const rpIdHash = sha256(new URL(origin).hostname);
  const passkey = { userVerified: true, register, sign };
  const flags = (attested: boolean) => 1 | (passkey.userVerified ? 4 : 0) | (attested ? 64 : 0);
  const dataOf = (attested: boolean, rest: Uint8Array) => {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(++counter);
    return Buffer.concat([rpIdHash, Buffer.from([flags(attested)]), count, rest]);
  };
  const client = (type: string, { challenge }: Options, at: string) =>
    utf8(JSON.stringify({ type, challenge, origin: at, crossOrigin: false }));
  const shown = { id: toBase64Url(id), rawId: toBase64Url(id), type: "public-key" };
  return passkey;

  function register(options: Options, at = origin) {
    const key = new Map<number, Cbor>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, raw.slice(1, 33)],
      [-3, raw.slice(33, 65)],
    ]);
    const attested = Buffer.concat([Buffer.alloc(16), Buffer.from([0, id.length]), id, cbor(key)]);
    const attestation = new Map<string, Cbor>([
      ["fmt", "none"],
      ["attStmt", new Map()],
      ["authData", dataOf(true, attested)],
    ]);
    return {
      ...shown,
      clientExtensionResults: {},
      response: {
        clientDataJSON: toBase64Url(client("webauthn.create", options, at)),
        attestationObject: toBase64Url(cbor(attestation)),
        transports: ["internal"],
      },
    };
  }

  async function sign(options: Options, at = origin) {
    const clientData = client("webauthn.get", options, at);
    const data = dataOf(false, new Uint8Array());
    const signature = await crypto.subtle.sign(
      { name: "ECDSA", hash: "SHA-256" },
      privateKey,
      Buffer.concat([data, sha256(clientData)]),
    );
    return {
      ...shown,
      clientExtensionResults: {},
      response: {
        clientDataJSON: toBase64Url(clientData),
        authenticatorData: toBase64Url(data),
        signature: toBase64Url(toDer(new Uint8Array(signature))),
      },
    };
  }
}
