// An MCP server behind a sign-in, the page people consent on, and an API that takes a key, all on one origin.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { createVendor } from "../../workers/testing/vendor/vendor.ts";

export const apiKey = "key-of-the-browser-test-7f3a";

/** `mcpUrl` is served by the fixture at `fixtureUrl`, for whoever has a token of this origin. */
export async function startGuardedServer(fixtureUrl: string) {
  const people = createVendor({
    client: { id: "registered", secret: null },
    authorize: { consent: "page", pkce: "required" },
    token: { clientAuth: "none" },
  });
  const programs = createVendor({
    api: {
      headers: { "x-api-key": apiKey },
      routes: [{ at: "/api/me", answer: { name: "Ada" } }],
    },
  });
  let origin = "";
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      console.error(error);
      response.destroy();
    });
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? "/", origin);
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    );
    const method = request.method ?? "GET";
    const body = await text(request);
    const json = (status: number, value: object, more: Record<string, string> = {}) =>
      response
        .writeHead(status, { "content-type": "application/json", ...more })
        .end(JSON.stringify(value));
    const play = async (vendor: typeof people, path: string) => {
      const asked = { method, host: null, path, query: searchParams, headers, body };
      const reply = await vendor.answer(asked);
      response.writeHead(reply.status, reply.headers).end(reply.body);
    };
    if (pathname.startsWith("/keyed/")) return play(programs, pathname.slice("/keyed".length));
    if (pathname.startsWith("/.well-known/oauth-protected-resource"))
      return void json(200, { resource: `${origin}/mcp`, authorization_servers: [origin] });
    if (pathname.startsWith("/.well-known/oauth-authorization-server"))
      return void json(200, {
        issuer: origin,
        authorization_endpoint: `${origin}/authorize`,
        token_endpoint: `${origin}/token`,
        registration_endpoint: `${origin}/register`,
        response_types_supported: ["code"],
        code_challenge_methods_supported: ["S256"],
        token_endpoint_auth_methods_supported: ["none"],
      });
    if (pathname === "/register")
      return void json(201, { client_id: "registered", token_endpoint_auth_method: "none" });
    if (pathname !== "/mcp") return play(people, pathname);
    const token = headers["authorization"]?.replace("Bearer ", "") ?? "";
    if (!people.grants.isAlive(token))
      return void json(
        401,
        { error: "invalid_token" },
        {
          "www-authenticate": `Bearer resource_metadata="${origin}/.well-known/oauth-protected-resource/mcp"`,
        },
      );
    const { host: _host, connection: _connection, "content-length": _length, ...sent } = headers;
    const served = await fetch(fixtureUrl, {
      method,
      headers: sent,
      ...(body === "" ? {} : { body }),
    });
    const type = served.headers.get("content-type");
    response.writeHead(served.status, type === null ? {} : { "content-type": type });
    response.end(await served.text());
  }

  return {
    mcpUrl: `${origin}/mcp`,
    keyedUrl: `${origin}/keyed`,
    origin,
    /** As if everybody had withdrawn their consent. */
    endAll: () => people.grants.revokeAll(),
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
