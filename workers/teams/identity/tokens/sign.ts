import { algorithm, signingKey } from "./keys";

const accessTokenMs = 60 * 60_000;

export type AccessTokenOf = {
  /** The hub's origin. */
  issuer: string;
  /** The resource it is good at (RFC 8707), such as `<origin>/api`. */
  audience: string;
  /** Whom it stands for: a person's id, or a machine client's. */
  subject: string;
  /** The credential behind it, whose end is its own: the id of a session, an API key or a machine client. */
  credentialId: string;
  teamId: string;
  scopes?: readonly string[] | null;
  now: number;
  /** When the credential ends by itself: the token does not outlive it. */
  endsAt?: number | null;
};

/** An access token as RFC 9068 has it: a JWT that is good for an hour. */
export async function signAccessToken(
  env: Env,
  of: AccessTokenOf,
): Promise<{ accessToken: string; expiresAt: number }> {
  const { SignJWT, importJWK } = await import("jose");
  const { id, privateJwk } = await signingKey(env);
  const expiresAt = Math.min(of.now + accessTokenMs, of.endsAt ?? Infinity);
  const scope = of.scopes ? { scope: of.scopes.join(" ") } : {};
  const accessToken = await new SignJWT({ sid: of.credentialId, team: of.teamId, ...scope })
    .setProtectedHeader({ alg: algorithm, typ: "at+jwt", kid: id })
    .setIssuer(of.issuer)
    .setAudience(of.audience)
    .setSubject(of.subject)
    .setJti(crypto.randomUUID())
    .setIssuedAt(Math.floor(of.now / 1000))
    .setExpirationTime(Math.floor(expiresAt / 1000))
    .sign(await importJWK(privateJwk, algorithm));
  return { accessToken, expiresAt: Math.floor(expiresAt / 1000) * 1000 };
}
