import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export const strictClient = {
  clientId: "hub client",
  // Whoever encodes it wrongly in the header is not let in.
  clientSecret: "s3cret+/=%:~-_ &!*",
  redirectUri: "https://hub.example.org/oauth/callback",
};

/**
 * An authorization server that nobody here wrote: PKCE and a registered redirect, `iss` in the redirect, refresh tokens
 * used once, whose reuse ends the grant. Whoever comes is signed in as ada and allows everything.
 */
export async function startStrictProvider(): Promise<{ url: string; close: () => Promise<void> }> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { Provider } = await import("oidc-provider");
  const provider = new Provider(url, {
    clients: [
      {
        client_id: strictClient.clientId,
        client_secret: strictClient.clientSecret,
        redirect_uris: [strictClient.redirectUri],
        grant_types: ["authorization_code", "refresh_token"],
        token_endpoint_auth_method: "client_secret_basic",
      },
    ],
    cookies: { keys: ["of the tests"] },
    features: { devInteractions: { enabled: false }, revocation: { enabled: true } },
    findAccount: (_: unknown, id: string) => ({ accountId: id, claims: () => ({ sub: id }) }),
    interactions: { url: (_: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
    issueRefreshToken: () => true,
    pkce: { required: () => true },
    rotateRefreshToken: true,
    ttl: { AccessToken: 600, Grant: 3600, Interaction: 600, RefreshToken: 3600, Session: 600 },
  });
  const answer = provider.callback();

  async function agree(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const { prompt, params, session } = await provider.interactionDetails(req, res);
    if (prompt.name === "login")
      return provider.interactionFinished(req, res, { login: { accountId: "ada" } });
    const grant = new provider.Grant({
      accountId: session?.accountId ?? "ada",
      clientId: params.client_id,
    });
    grant.addOIDCScope("openid offline_access");
    return provider.interactionFinished(req, res, { consent: { grantId: await grant.save() } });
  }

  server.on("request", (req: IncomingMessage, res: ServerResponse) => {
    const handled = req.url?.startsWith("/interaction/") ? agree(req, res) : answer(req, res);
    handled.catch((error: unknown) => {
      console.error(error);
      res.destroy();
    });
  });
  return {
    url,
    close: async () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
