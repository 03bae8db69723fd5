// An MCP server and the authorization server before it, on one port: tokens live for seconds, and an answer takes a
// moment to arrive, so that a kill meets renewals in every state.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { createVendor } from "../../workers/testing/vendor/vendor.ts";

export type Provider = {
  url: string;
  /** How often it was asked to renew, and how often it refused since the token had been used before. */
  counts: () => { asked: number; refused: number };
  expireAll: () => void;
  close: () => void;
};

export async function startProvider(
  rotation: "rolling" | "strict",
  { lifeSeconds, slowMs }: { lifeSeconds: number; slowMs: number },
): Promise<Provider> {
  const vendor = createVendor({ token: { rotation, expiresIn: lifeSeconds, endsOldToken: true } });
  const server = createServer((req, res) => void answer(req, res).catch(() => res.destroy()));
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(req.url ?? "/", url);
    const body = await text(req);
    if (pathname === "/mcp") return speak(req, res, body);
    const document = documents(pathname, body);
    if (document) return send(res, 200, document);
    const headers = Object.fromEntries(
      Object.entries(req.headers).map(([name, value]) => [name, String(value)]),
    );
    const method = req.method ?? "GET";
    const asked = { method, host: null, path: pathname, query: searchParams, headers, body };
    const reply = await vendor.answer(asked);
    if (pathname === "/token")
      await new Promise((wake) => setTimeout(wake, Math.random() * slowMs));
    res.writeHead(reply.status, reply.headers).end(reply.body);
  }

  function documents(path: string, body: string): object | undefined {
    if (path.startsWith("/.well-known/oauth-protected-resource"))
      return { resource: `${url}/mcp`, authorization_servers: [url] };
    if (path.startsWith("/.well-known/oauth-authorization-server"))
      return {
        issuer: url,
        authorization_endpoint: `${url}/authorize`,
        token_endpoint: `${url}/token`,
        registration_endpoint: `${url}/register`,
        response_types_supported: ["code"],
        grant_types_supported: ["authorization_code", "refresh_token"],
        code_challenge_methods_supported: ["S256"],
        token_endpoint_auth_methods_supported: ["client_secret_post"],
      };
    if (path === "/register")
      return {
        ...(JSON.parse(body) as object),
        client_id: "hub-client",
        client_secret: "hub-secret",
        token_endpoint_auth_method: "client_secret_post",
      };
    return undefined;
  }

  function speak(req: IncomingMessage, res: ServerResponse, body: string): void {
    const token = /^Bearer (.+)$/.exec(req.headers.authorization ?? "")?.[1] ?? "";
    if (!vendor.grants.isAlive(token)) {
      const metadata = `${url}/.well-known/oauth-protected-resource/mcp`;
      res.setHeader("www-authenticate", `Bearer resource_metadata="${metadata}"`);
      return send(res, 401, {});
    }
    if (req.method !== "POST") return send(res, 405, {});
    const { id, method } = JSON.parse(body) as { id?: string; method: string };
    send(res, 200, {
      jsonrpc: "2.0",
      id,
      result: { resultType: "complete", ...resultOf(method) },
    });
  }

  return {
    url,
    counts: () => {
      const renewals = vendor.log.filter(({ place }) => place === "refresh");
      const refused = renewals.filter(({ complaint }) => complaint !== null);
      return { asked: renewals.length, refused: refused.length };
    },
    expireAll: () => vendor.grants.expireAccess(),
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

function send(res: ServerResponse, status: number, body: object): void {
  res.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

function resultOf(method: string): object {
  switch (method) {
    case "tools/list":
      return { tools: [{ name: "echo", inputSchema: { type: "object" } }] };
    case "tools/call":
      return { content: [{ type: "text", text: "ran" }] };
    default:
      return {
        supportedVersions: ["2026-07-28"],
        capabilities: { tools: {} },
        serverInfo: { name: "renewing" },
      };
  }
}
