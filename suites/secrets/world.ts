// The world as a hub sees it through its proxy: vendors by host, an MCP server behind a sign-in, and APIs that repeat
// what they are sent. Every secret that passes is planted before whoever asked has its answer.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import type { PartialQuirks } from "../../workers/testing/vendor/quirks.ts";
import { createVendor, type Vendor } from "../../workers/testing/vendor/vendor.ts";
import { gossip } from "../gossip.ts";
import { repeat, type Manner } from "./repeat.ts";
import type { Search } from "./search.ts";
import { listenIn } from "./listen-in.ts";

export const mcpHost = "mcp.canary.example";
/** The same, but it takes no client it does not know. */
export const closedMcpHost = "closed.canary.example";

export const ssoHost = "sso.canary.example";

export type World = {
  /** Host and port of the proxy. */
  proxy: string;
  vendor: (host: string) => Vendor;
  /** How the vendors' APIs answer from now on, and their token endpoints. */
  manner: { api: Manner; tokens: Manner };
  /** As a browser: where the vendor at this address sends a person back to. */
  visit: (url: string) => Promise<URL>;
  requests: () => number;
  close: () => void;
};

export async function startWorld(
  search: Search,
  { quirks, clientSecret }: { quirks: Record<string, PartialQuirks>; clientSecret: string },
): Promise<World> {
  const vendors = new Map(
    Object.entries(quirks).map(([host, told]) => [host, createVendor(told)] as const),
  );
  const manner: World["manner"] = { api: "plain", tokens: "plain" };
  let requests = 0;
  // A proxy is told the whole address in the request's first line, and no host besides.
  const server = createServer({ requireHostHeader: false }, (request, response) => {
    answer(request, response).catch((error: unknown) => {
      console.error(error);
      response.destroy();
    });
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    requests++;
    const url = new URL(request.url ?? "");
    url.protocol = "https:";
    const vendor = vendors.get(url.host);
    const isMcp = url.host === mcpHost || url.host === closedMcpHost;
    if (isMcp && url.pathname === "/mcp") return speakMcp(url, request, response);
    const body = await text(request);
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    );
    const document = isMcp || url.host === ssoHost ? documents(url, body) : undefined;
    if (document) {
      listenIn(search, { document });
      return send(response, { status: 200, body: JSON.stringify(document) });
    }
    const tokens = /token|auth|oauth|revoke|signin|signout|rotate/.test(url.pathname);
    listenIn(search, { url, headers, body });
    if (tokens ? manner.tokens !== "plain" : manner.api !== "plain" || !vendor) {
      const how = tokens ? manner.tokens : manner.api;
      return send(response, repeat({ url, headers, body, how }));
    }
    if (!tokens && !url.pathname.endsWith("/signin"))
      return send(response, repeat({ url, headers, body, how: "plain" }));
    if (!vendor) return send(response, { status: 404, body: "{}" });
    const { pathname: path, searchParams: query, host } = url;
    // Its secret changes whenever a connection is given another.
    if (vendor.quirks.client.id === "program") vendor.quirks.client.secret = shown(headers, body);
    const reply = await vendor.answer({
      method: request.method ?? "GET",
      host,
      path,
      query,
      headers,
      body,
    });
    listenIn(search, { reply, renewal: /refresh_token/.test(body) });
    send(response, reply);
  }

  async function speakMcp(url: URL, request: IncomingMessage, response: ServerResponse) {
    const { authorization = "" } = request.headers;
    const vendor = vendors.get(url.host);
    if (!vendor?.grants.isAlive(authorization.replace("Bearer ", ""))) {
      const metadata = `${url.origin}/.well-known/oauth-protected-resource/mcp`;
      const challenge = `Bearer resource_metadata="${metadata}", error_description="${authorization}"`;
      return send(response, {
        status: 401,
        headers: { "www-authenticate": challenge, "x-said": authorization },
        body: JSON.stringify({ error: authorization }),
      });
    }
    if (manner.api === "plain" || request.method !== "POST") return gossip(request, response);
    const body = await text(request);
    const headers = { authorization };
    send(response, repeat({ url, headers, body, how: manner.api }));
  }

  function documents({ origin, host, pathname }: URL, body: string): object | undefined {
    if (pathname.startsWith("/.well-known/oauth-protected-resource"))
      return { resource: `${origin}/mcp`, authorization_servers: [origin] };
    if (pathname.startsWith("/.well-known/oauth-authorization-server"))
      return {
        issuer: origin,
        authorization_endpoint: `${origin}/authorize`,
        token_endpoint: `${origin}/token`,
        revocation_endpoint: `${origin}/revoke`,
        ...(host === mcpHost ? { registration_endpoint: `${origin}/register` } : {}),
        response_types_supported: ["code"],
        grant_types_supported: ["authorization_code", "refresh_token", "client_credentials"],
        code_challenge_methods_supported: ["S256"],
        token_endpoint_auth_methods_supported: ["client_secret_post", "client_secret_basic"],
      };
    if (pathname === "/.well-known/openid-configuration")
      return {
        issuer: origin,
        authorization_endpoint: `${origin}/authorize`,
        token_endpoint: `${origin}/token`,
        jwks_uri: `${origin}/keys`,
        response_types_supported: ["code"],
        subject_types_supported: ["public"],
        id_token_signing_alg_values_supported: ["RS256"],
      };
    if (pathname === "/register")
      return {
        ...(JSON.parse(body) as object),
        client_id: "hub-client",
        client_secret: clientSecret,
        client_secret_expires_at: 0,
        registration_access_token: "unused",
        token_endpoint_auth_method: "client_secret_post",
      };
    return undefined;
  }

  return {
    proxy: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    vendor: (host) => vendors.get(host) ?? createVendor(),
    manner,
    visit: async (address) => {
      const url = new URL(address);
      const vendor = vendors.get(url.host);
      if (!vendor) throw new Error(`Nobody plays ${url.host}.`);
      const { pathname: path, searchParams: query, host } = url;
      listenIn(search, { url });
      const reply = await vendor.answer({
        method: "GET",
        host,
        path,
        query,
        headers: {},
        body: "",
      });
      listenIn(search, { reply });
      const { location } = reply.headers ?? {};
      if (location === undefined) throw new Error(`${url.host} sends nobody back: ${reply.body}`);
      return new URL(location);
    },
    requests: () => requests,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

type Sent = { status: number; headers?: Record<string, string> | undefined; body: string };

function send(response: ServerResponse, { status, headers, body }: Sent): void {
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(body);
}

const shown = ({ authorization = "" }: Record<string, string>, body: string): string | null =>
  new URLSearchParams(body).get("client_secret") ??
  Buffer.from(authorization.replace("Basic ", ""), "base64").toString().split(":")[1] ??
  null;
