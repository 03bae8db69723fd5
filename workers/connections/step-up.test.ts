import { beforeEach, describe, expect, it } from "vitest";
import { internet, issuer, metadata, refused, server } from "../testing/mcp-internet";
import { createTeam, toolNamed, type TestTeam } from "../testing/team";
import { browserOf } from "../testing/vendor-browser";

const prm = "https://mcp.example.com/.well-known/oauth-protected-resource/mcp";
const tools = ["read", "write"].map((name) => ({ name, inputSchema: { type: "object" } }));

/** A server whose tool `write` takes the scope `write`, and an authorization server that grants what it is asked for. */
function gatedServer() {
  let granted: string[] = [];
  const pages: URLSearchParams[] = [];
  const lacks = (scope: string) =>
    new Response(null, {
      status: 403,
      headers: { "www-authenticate": `Bearer error="insufficient_scope", scope="${scope}"` },
    });
  const net = internet({
    [`GET ${issuer}/.well-known/oauth-authorization-server`]: {
      ...metadata,
      token_endpoint_auth_methods_supported: ["none", "client_secret_basic"],
    },
    [`POST ${issuer}/token`]: ({ body }) => {
      if (body.get("grant_type") === "client_credentials") granted = ["read"];
      return { access_token: `at-${granted.join("-")}`, token_type: "Bearer", expires_in: 3600 };
    },
    [`POST ${server}`]: ({ json, headers }) => {
      const token = headers.get("authorization") ?? "";
      if (!token.startsWith("Bearer at-"))
        return refused(`Bearer scope="read", resource_metadata="${prm}"`);
      const { id, method } = json;
      const params = json["params"] as { name?: string };
      if (method === "tools/call" && params.name === "write" && !token.includes("write"))
        return lacks("write");
      const result =
        method === "tools/list"
          ? { tools }
          : method === "tools/call"
            ? { content: [] }
            : { supportedVersions: ["2026-07-28"], capabilities: { tools: {} } };
      return { jsonrpc: "2.0", id, result: { resultType: "complete", ...result } };
    },
  });
  return {
    ...net,
    pages,
    async visit(url: string): Promise<URL> {
      const { searchParams } = new URL(url);
      pages.push(searchParams);
      granted = (searchParams.get("scope") ?? "").split(" ");
      const back = new URL(searchParams.get("redirect_uri") ?? "");
      back.searchParams.set("code", "c");
      back.searchParams.set("state", searchParams.get("state") ?? "");
      return back;
    },
  };
}

let team: TestTeam;
beforeEach(async () => {
  team = await createTeam();
});

const config = { url: server };
const call = async (ask: TestTeam["ask"], name: string) =>
  ask(`/api/v1/tools/${(await toolNamed(team, name)).id}/call`, { body: { arguments: {} } });

describe("a tool that takes more than was granted", () => {
  it("fails alone, says so, and the next sign-in asks for both together", async () => {
    const gated = gatedServer();
    const browser = browserOf(team, { vendor: gated });
    const { flow } = await browser.connect({
      connector: "mcp",
      method: "oauth",
      name: "Gated",
      config,
    });
    expect(flow.error).toBeNull();
    const refusal = await call(browser.ask, "write");
    expect(refusal.status).toBe(409);
    expect(refusal.body.error).toMatchObject({
      code: "connection_needs_auth",
      details: { wantedScopes: ["write"] },
    });
    const { body } = await browser.ask(`/api/v1/connections/${flow.connectionId}`);
    expect(body).toMatchObject({
      status: "connected",
      auth: { scopes: ["read"], missingScopes: ["write"] },
    });
    expect((await call(browser.ask, "read")).body.execution.status).toBe("succeeded");
    await call(browser.ask, "write");
    const again = await browser.connect({ connector: "mcp", connectionId: flow.connectionId });
    expect(again.flow).toMatchObject({ status: "done", error: null });
    expect(gated.pages.map((page) => page.get("scope"))).toEqual(["read", "read write"]);
    expect(again.flow.connection.auth.missingScopes).toEqual([]);
    expect((await call(browser.ask, "write")).body.execution.status).toBe("succeeded");
  });
});

describe("a program", () => {
  it("signs in at a server without anybody's consent, where the server says", async () => {
    const gated = gatedServer();
    const fields = { clientId: "program-1", clientSecret: "ps-canary-1" };
    const made = await team.ask("/api/v1/connections", {
      env: { NET: gated.env.NET } as Partial<Env>,
      body: {
        connector: "mcp",
        name: "Program",
        config,
        auth: { method: "client-credentials", fields },
      },
    });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      status: "connected",
      auth: { method: "client-credentials", refreshes: true },
      params: { tokenUrl: `${issuer}/token`, issuer, resource: server },
    });
    expect(made.text).not.toContain("canary");
    const [token] = gated.asked("/token");
    expect(token?.headers.get("authorization")).toBe(`Basic ${btoa("program-1:ps-canary-1")}`);
    expect(token?.body.get("resource")).toBe(server);
  });
});
