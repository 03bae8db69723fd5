import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { vi } from "vitest";

export const issuer = "https://login.example.com";
export const dohUrl = "https://doh.example.com/dns-query";
export const clientSecret = "sso-canary-9f21c0";

/** An OpenID Connect provider and a DNS resolver, in the place of the network. */
export async function fakeProvider() {
  const { privateKey, publicKey }: CryptoKeyPair = await generateKeyPair("ES256");
  const jwk = { ...(await exportJWK(publicKey)), kid: "k1", alg: "ES256", use: "sig" };
  const fake = {
    /** What the provider says of whoever signs in; changed by tests. */
    claims: { sub: "u-1", email: "ada@example.org", name: "Ada", email_verified: true } as Record<
      string,
      unknown
    >,
    texts: [] as string[],
    signWith: privateKey,
    issuerSaid: issuer,
    /** Signs in at the provider: where the browser is sent back to. */
    async visit(url: string): Promise<string> {
      const asked = new URL(url).searchParams;
      const code = crypto.randomUUID();
      codes.set(code, asked);
      const back = new URL(asked.get("redirect_uri") ?? "");
      back.searchParams.set("code", code);
      back.searchParams.set("state", asked.get("state") ?? "");
      return `${back.pathname}${back.search}`;
    },
  };
  const codes = new Map<string, URLSearchParams>();

  async function token(body: URLSearchParams): Promise<Response> {
    const asked = codes.get(body.get("code") ?? "");
    codes.delete(body.get("code") ?? "");
    const digest = await crypto.subtle.digest(
      "SHA-256",
      new TextEncoder().encode(body.get("code_verifier") ?? ""),
    );
    const challenge = btoa(String.fromCharCode(...new Uint8Array(digest)))
      .replaceAll("+", "-")
      .replaceAll("/", "_")
      .replaceAll("=", "");
    const right =
      asked?.get("code_challenge") === challenge && body.get("client_secret") === clientSecret;
    if (!right) return Response.json({ error: "invalid_grant" }, { status: 400 });
    const idToken = await new SignJWT({ nonce: asked.get("nonce"), ...fake.claims })
      .setProtectedHeader({ alg: "ES256", kid: "k1" })
      .setIssuer(fake.issuerSaid)
      .setAudience(asked.get("client_id") ?? "")
      .setIssuedAt()
      .setExpirationTime("5m")
      .sign(fake.signWith);
    return Response.json({ access_token: "a", token_type: "Bearer", id_token: idToken });
  }

  vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    if (url.href.startsWith(dohUrl)) {
      const type = url.searchParams.get("type");
      const Answer =
        type === "TXT"
          ? fake.texts.map((text) => ({ type: 16, TTL: 1, data: `"${text}"` }))
          : type === "A"
            ? [{ type: 1, TTL: 60, data: "93.184.216.34" }]
            : [];
      return Response.json({ Status: 0, Answer });
    }
    if (url.origin !== issuer) throw new Error(`Nothing listens at ${url.origin}.`);
    switch (url.pathname) {
      case "/.well-known/openid-configuration":
        return Response.json({
          issuer: fake.issuerSaid,
          authorization_endpoint: `${issuer}/authorize`,
          token_endpoint: `${issuer}/token`,
          jwks_uri: `${issuer}/jwks`,
          id_token_signing_alg_values_supported: ["ES256"],
        });
      case "/jwks":
        return Response.json({ keys: [jwk] });
      case "/token":
        return token(new URLSearchParams(await new Request(url, init).text()));
      default:
        return new Response(null, { status: 404 });
    }
  });
  return fake;
}
