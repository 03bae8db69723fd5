/** What a server says with a 401 or 403 (RFC 6750, 3; RFC 9728, 5.1). */
export type BearerChallenge = {
  error: string | null;
  scopes: string[];
  /** Where it describes its sign-in. */
  resourceMetadata: string | null;
};

/** The bearer challenge of an answer; undefined where it has none that can be read. */
export async function readChallenge(headers: Headers): Promise<BearerChallenge | undefined> {
  const said = headers.get("www-authenticate");
  if (said === null) return undefined;
  const oauth = await import("oauth4webapi");
  try {
    // The library reads challenges only of answers to its own requests: it is given one that holds nothing else.
    await oauth.processRevocationResponse(
      new Response(null, { status: 401, headers: { "www-authenticate": said } }),
    );
  } catch (error) {
    if (!(error instanceof oauth.WWWAuthenticateChallengeError)) return undefined;
    const bearer = error.cause.find(({ scheme }) => scheme === "bearer");
    if (!bearer) return undefined;
    const { error: code, scope, resource_metadata: resourceMetadata } = bearer.parameters;
    return {
      error: code ?? null,
      scopes: scopesIn(scope),
      resourceMetadata: resourceMetadata ?? null,
    };
  }
  return undefined;
}

const maxScopes = 200;

/** The scopes of a text (RFC 6749, 3.3); what is none is left out. */
export function scopesIn(text: string | undefined): string[] {
  const named = (text ?? "").split(" ");
  const scopes = named.filter((scope) => /^[!\x23-\x5b\x5d-\x7e]{1,300}$/.test(scope));
  return [...new Set(scopes)].slice(0, maxScopes);
}
