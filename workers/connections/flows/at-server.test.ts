import { env } from "cloudflare:workers";
import { beforeEach, expect, it } from "vitest";
import { atVendor, type AtVendor } from "../../testing/at-vendor";
import { createTeam, type TestTeam } from "../../testing/team";
import { browserOf, type TestBrowser } from "../../testing/vendor-browser";

const server = "https://flows-mcp.example.com";
const issuer = "https://flows-issuer.example.com";
const config = { url: `${server}/mcp` };
const asked = { connector: "mcp", method: "oauth", name: "Tickets", config };

const metadata = {
  issuer,
  authorization_endpoint: `${issuer}/authorize`,
  token_endpoint: `${issuer}/token`,
  registration_endpoint: `${issuer}/register`,
  response_types_supported: ["code"],
  code_challenge_methods_supported: ["S256"],
  token_endpoint_auth_methods_supported: ["none"],
  authorization_response_iss_parameter_supported: true,
};

/** The fixture server behind a sign-in, with the local vendor for its authorization server. */
async function serverWithSignIn(iss = issuer) {
  const vendor = await atVendor({
    client: { id: "registered", secret: null },
    authorize: { iss, pkce: "required" },
    token: { clientAuth: "none" },
  });
  const network = async (url: string, init: RequestInit): Promise<Response> => {
    const { origin, pathname } = new URL(url);
    if (origin === server && pathname.startsWith("/.well-known/oauth-protected-resource"))
      return Response.json({ resource: config.url, authorization_servers: [issuer] });
    if (origin === server) {
      const sent = new Headers(init.headers).get("authorization") ?? "";
      if (!sent.startsWith("Bearer at_"))
        return new Response(null, {
          status: 401,
          headers: {
            "www-authenticate": `Bearer resource_metadata="${server}/.well-known/oauth-protected-resource/mcp"`,
          },
        });
      return fetch(env.FIXTURE_URL, init);
    }
    if (pathname.startsWith("/.well-known/")) return Response.json(metadata);
    if (pathname === "/register")
      return Response.json(
        { client_id: "registered", token_endpoint_auth_method: "none" },
        { status: 201 },
      );
    return vendor.env.NET?.fetch(url, init) ?? Response.error();
  };
  return { ...vendor, env: { ...vendor.env, NET: { fetch: network } as unknown as Fetcher } };
}

let team: TestTeam;
let vendor: AtVendor;
let browser: TestBrowser;
beforeEach(async () => {
  team = await createTeam();
  vendor = await serverWithSignIn();
  browser = browserOf(team, { vendor });
});

it("leads to a connection whose tools are there", async () => {
  const { flow } = await browser.connect(asked);
  expect(flow.error).toBeNull();
  expect(flow.connection).toMatchObject({
    name: "Tickets",
    status: "connected",
    auth: { method: "oauth", kind: "mcp_oauth", refreshes: true },
    config,
  });
  expect(flow.connection.counts.tools).toBeGreaterThan(0);
  const { body } = await browser.ask(`/api/v1/tools?connection=${flow.connectionId}`);
  expect(body.items.length).toBeGreaterThan(0);
  const again = await browser.connect({ connector: "mcp", connectionId: flow.connectionId });
  expect(again.flow).toMatchObject({ status: "done", connectionId: flow.connectionId });
});

it("leads to no other server: for that there is another connection, which is what the hub says", async () => {
  const { flow } = await browser.connect(asked);
  const body = { config: { url: "https://another-mcp.example.com/mcp" } };
  const path = `/api/v1/connections/${flow.connectionId}`;
  const { status, body: refused } = await browser.ask(path, { method: "PATCH", body });
  expect([status, refused.error.details.field]).toEqual([400, "body.config.url"]);
  expect(refused.error.message).toContain("Make a new connection for that address");
  expect(refused.error.message).not.toContain("Reconnect");
});

it("comes to nothing where somebody else answers", async () => {
  vendor = await serverWithSignIn("https://elsewhere.example.com");
  browser = browserOf(team, { vendor });
  const { flow } = await browser.connect(asked);
  expect([flow.status, flow.error.code]).toEqual(["failed", "issuer_mismatch"]);
  expect((await team.ask("/api/v1/connections")).body.items).toEqual([]);
  expect((await vendor.log()).filter(({ place }) => place === "token")).toEqual([]);
});

it("is not begun where the address is none the hub calls", async () => {
  const answer = await browser.begin({ ...asked, config: { url: "http://192.168.0.1/mcp" } });
  expect([answer.status, answer.body.error.code]).toEqual([400, "outbound_refused"]);
  expect((await browser.begin({ ...asked, config: undefined })).body.error.details.field).toBe(
    "body.config",
  );
});
