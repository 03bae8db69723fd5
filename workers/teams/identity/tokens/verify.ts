import { algorithm, publicKey } from "./keys";

export type AccessTokenClaims = {
  subject: string;
  credentialId: string;
  teamId: string;
  /** Null for all its credential may do. */
  scopes: string[] | null;
  /** In milliseconds. */
  expiresAt: number;
};

const toleranceSeconds = 30;

/** What an access token of this hub says; undefined for one that is not, not here, not yet or not any more good. */
export async function verifyAccessToken(
  env: Env,
  token: string,
  { issuer, audience, now }: { issuer: string; audience: string; now: number },
): Promise<AccessTokenClaims | undefined> {
  const { importJWK, jwtVerify } = await import("jose");
  try {
    const { payload } = await jwtVerify(
      token,
      async ({ kid }) => {
        const key = await publicKey(env, kid ?? "");
        if (!key) throw new Error("The key is not known.");
        return importJWK(key, algorithm);
      },
      {
        algorithms: [algorithm],
        typ: "at+jwt",
        issuer,
        audience,
        clockTolerance: toleranceSeconds,
        currentDate: new Date(now),
        requiredClaims: ["sub", "exp", "iat", "jti", "sid", "team"],
      },
    );
    const { sub, sid, team, scope, iat = Infinity, exp = 0 } = payload;
    if (typeof payload.aud !== "string" || typeof sub !== "string") return undefined;
    if (typeof sid !== "string" || typeof team !== "string") return undefined;
    if (iat * 1000 > now + toleranceSeconds * 1000) return undefined;
    return {
      subject: sub,
      credentialId: sid,
      teamId: team,
      scopes: typeof scope === "string" ? scope.split(" ").filter((name) => name !== "") : null,
      expiresAt: exp * 1000,
    };
  } catch {
    return undefined;
  }
}
