import { createHash, createPublicKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import { compactVerify, CompactSign, importSPKI } from "jose";
import { describe, expect, it } from "vitest";
import type { jwtAlgorithms } from "../../../shared/catalogue/manifest";
import { toHex, utf8 } from "../../platform/encoding";
import { importSigningKey } from "./signing-key";

type Algorithm = (typeof jwtAlgorithms)[number];
const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
const p256 = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
const p384 = generateKeyPairSync("ec", { namedCurve: "secp384r1" });
const ed = generateKeyPairSync("ed25519");
const asPem = (key: KeyObject, type: "pkcs8" | "pkcs1" = "pkcs8") =>
  key.export({ type, format: "pem" } as never).toString();
// As OpenSSL writes it.
const sec1 = `-----BEGIN EC PRIVATE KEY-----
MHcCAQEEIH+su1WkKWOeXaGVKDNjkzKQ2qGJQzDENA1iV/YbdUQUoAoGCCqGSM49
AwEHoUQDQgAEF+8nDcpAoMvhe3+sBMwzBjpfpZ9rfE4lysEXtV4gbUphOxsC9jpx
L/Y9tLSjF0gnS7aSssShI6Ly3ssPDWUYRw==
-----END EC PRIVATE KEY-----
`;
const plain = { keyEncoding: "text" as const, passphrase: undefined };

async function signs(text: string, algorithms: Algorithm[], publicKey: KeyObject): Promise<string> {
  const { key, algorithm, thumbprint } = await importSigningKey(text, { algorithms, ...plain });
  const jws = await new CompactSign(utf8("hello")).setProtectedHeader({ alg: algorithm }).sign(key);
  const spki = publicKey.export({ type: "spki", format: "pem" }).toString();
  await compactVerify(jws, await importSPKI(spki, algorithm));
  const der = publicKey.export({ type: "spki", format: "der" });
  expect(thumbprint).toBe(createHash("sha256").update(der).digest("base64url"));
  return algorithm;
}

describe("a private key signs, and its public one verifies", () => {
  it.each<[string, string, Algorithm[], KeyObject, Algorithm]>([
    ["RSA as PKCS #8", asPem(rsa.privateKey), ["RS256"], rsa.publicKey, "RS256"],
    ["RSA as PKCS #1", asPem(rsa.privateKey, "pkcs1"), ["RS512"], rsa.publicKey, "RS512"],
    ["RSA for PS", asPem(rsa.privateKey), ["PS256", "ES256"], rsa.publicKey, "PS256"],
    [
      "P-256 where either may be",
      asPem(p256.privateKey),
      ["PS256", "ES256"],
      p256.publicKey,
      "ES256",
    ],
    ["P-256 as SEC 1", sec1, ["ES256"], createPublicKey(sec1), "ES256"],
    ["P-384", asPem(p384.privateKey), ["ES256", "ES384"], p384.publicKey, "ES384"],
    ["Ed25519", asPem(ed.privateKey), ["EdDSA"], ed.publicKey, "EdDSA"],
    [
      "a JWK",
      JSON.stringify(p256.privateKey.export({ format: "jwk" })),
      ["ES256"],
      p256.publicKey,
      "ES256",
    ],
    [
      "one out of a key file",
      JSON.stringify({ private_key: asPem(rsa.privateKey) }),
      ["RS256"],
      rsa.publicKey,
      "RS256",
    ],
    [
      "one with its line breaks written out",
      asPem(rsa.privateKey).replaceAll("\n", "\\n"),
      ["RS256"],
      rsa.publicKey,
      "RS256",
    ],
  ])("%s", async (_what, text, algorithms, publicKey, wanted) => {
    expect(await signs(text, algorithms, publicKey)).toBe(wanted);
  });

  it("that a passphrase protects opens with it, and says so without", async () => {
    const locked = p256.privateKey
      .export({ type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase: "open" })
      .toString();
    const asked = { algorithms: ["ES256" as const], keyEncoding: "text" as const };
    const opened = await importSigningKey(locked, { ...asked, passphrase: "open" });
    expect(opened.algorithm).toBe("ES256");
    await expect(importSigningKey(locked, { ...asked, passphrase: undefined })).rejects.toThrow(
      "protected by a passphrase",
    );
    await expect(importSigningKey(locked, { ...asked, passphrase: "shut" })).rejects.toThrow(
      "does not open with this passphrase",
    );
  });
});

it.each<[string, "text" | "base64" | "hex", string]>([
  ["as text", "text", "secret"],
  ["in base64", "base64", btoa("secret")],
  ["in hex", "hex", toHex(utf8("secret"))],
])("an HS secret written %s is the same secret", async (_how, keyEncoding, text) => {
  const { key } = await importSigningKey(text, {
    algorithms: ["HS256"],
    keyEncoding,
    passphrase: undefined,
  });
  expect(key).toEqual(utf8("secret"));
});

it.each<[string, string, Algorithm[], string]>([
  ["no key", "nonsense", ["RS256"], "is no private key"],
  [
    "a public key",
    rsa.publicKey.export({ type: "spki", format: "pem" }).toString(),
    ["RS256"],
    "is no private key",
  ],
  [
    "a key of another kind",
    asPem(ed.privateKey),
    ["RS256", "ES256"],
    "does not go with RS256 or ES256",
  ],
  ["a JSON file without a key", "{}", ["RS256"], "without a private key"],
])("refuses %s and quotes none of it", async (_what, text, algorithms, words) => {
  const refused = importSigningKey(text, { algorithms, ...plain });
  await expect(refused).rejects.toMatchObject({ code: "invalid_input" });
  await expect(refused).rejects.toThrow(words);
});
