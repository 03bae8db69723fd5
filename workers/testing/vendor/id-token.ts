import { generateKeyPair, SignJWT } from "jose";

let key: Promise<CryptoKey> | undefined;

/** An id token, signed with a key nobody publishes: who gets one from the token endpoint itself need not ask. */
export async function idToken(
  { issuer, claims }: { issuer: string; claims: Record<string, unknown> },
  { audience, nonce }: { audience: string; nonce: string | null },
): Promise<string> {
  key ??= generateKeyPair("RS256").then(({ privateKey }) => privateKey);
  const now = Math.floor(Date.now() / 1000);
  return new SignJWT({
    sub: "u-1",
    iss: issuer,
    aud: audience,
    iat: now,
    exp: now + 300,
    ...(nonce === null ? {} : { nonce }),
    ...claims,
  })
    .setProtectedHeader({ alg: "RS256", kid: "v1" })
    .sign(await key);
}
