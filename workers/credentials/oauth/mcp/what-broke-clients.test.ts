// What broke real MCP clients at real servers: one claim each.
import { beforeAll, describe, expect, it } from "vitest";
import {
  error,
  internet,
  issuer,
  metadata,
  page,
  redirectUri,
  refused,
  server,
  signingIn,
} from "../../../testing/mcp-internet";

const wellKnown = "https://mcp.example.com/.well-known/oauth-protected-resource";
const asAt = (place: string) => `GET ${issuer}/.well-known/${place}`;
const nothingAtUsual = { [asAt("oauth-authorization-server")]: null };

let team: Awaited<ReturnType<typeof signingIn>>;
beforeAll(async () => {
  team = await signingIn();
});

describe("metadata", () => {
  it("1: is found where the path is inserted, and not looked for at the root of a host with others", async () => {
    const tenant = `${issuer}/tenant`;
    const net = internet({
      ...nothingAtUsual,
      [`GET ${wellKnown}/mcp`]: { resource: server, authorization_servers: [tenant] },
      [asAt("oauth-authorization-server/tenant")]: { ...metadata, issuer: tenant },
    });
    expect((await team.page(net)).get("client_id")).toBe("registered-1");
    expect(net.asked(`${issuer}/.well-known/oauth-authorization-server`)).toEqual([]);
  });

  it("2: of the resource may be missing, or refused as everything else there: the host is its own authorization server", async () => {
    const own = "https://mcp.example.com";
    const net = internet({
      [`POST ${server}`]: () => new Response(null, { status: 401 }),
      [`GET ${wellKnown}/mcp`]: () => new Response(null, { status: 401 }),
      [`GET ${wellKnown}`]: () => new Response(null, { status: 401 }),
      [`GET ${own}/.well-known/oauth-authorization-server`]: {
        ...metadata,
        issuer: own,
        registration_endpoint: `${own}/register`,
      },
      [`POST ${own}/register`]: () => Response.json({ client_id: "own-1" }, { status: 201 }),
    });
    const params = await team.page(net);
    expect(params.get("client_id")).toBe("own-1");
    expect(params.get("resource")).toBe(server);
  });

  it("3: is named in what answers a POST, a GET being nothing there", async () => {
    const elsewhere = "https://mcp.example.com/elsewhere.json";
    const net = internet({
      [`POST ${server}`]: () => refused(`Bearer resource_metadata="${elsewhere}"`),
      [`GET ${server}`]: () => new Response(null, { status: 405 }),
      [`GET ${wellKnown}/mcp`]: null,
      [`GET ${elsewhere}`]: { resource: server, authorization_servers: [issuer] },
    });
    expect((await team.page(net)).get("client_id")).toBe("registered-1");
  });

  it("4: of another issuer is not used; a slash too few or too many is the same one", async () => {
    const other = { ...metadata, issuer: "https://proxied.example.net" };
    const net = internet({ [asAt("oauth-authorization-server")]: other });
    const begun = await team.start(net);
    expect(begun).toMatchObject({ ok: false, fault: { code: "issuer_mismatch" } });
    expect(net.asked("/register")).toEqual([]);
    const template = { ...metadata, issuer: `${issuer}/{tenantid}/v2.0` };
    const entra = internet({ [asAt("oauth-authorization-server")]: template });
    expect(await team.start(entra)).toMatchObject({ fault: { code: "issuer_mismatch" } });
    const slash = { ...metadata, issuer: `${issuer}/` };
    const slashed = internet({ [asAt("oauth-authorization-server")]: slash });
    expect((await team.start(slashed)).ok).toBe(true);
  });

  it("9: named by http is read by https", async () => {
    const net = internet({
      [`POST ${server}`]: () =>
        refused(`Bearer resource_metadata="http://mcp.example.com/elsewhere.json"`),
      [`GET ${wellKnown}/mcp`]: null,
      "GET https://mcp.example.com/elsewhere.json": {
        resource: server,
        authorization_servers: [issuer],
      },
    });
    expect((await team.page(net)).get("resource")).toBe(server);
    expect(net.seen.filter(({ line }) => line.includes("http://"))).toEqual([]);
  });
});

describe("registering", () => {
  it("5: as a public client is refused by servers that list no `none`: the hub is one with a secret there", async () => {
    const net = internet({
      [asAt("oauth-authorization-server")]: {
        ...metadata,
        issuer,
        token_endpoint_auth_methods_supported: undefined,
      },
      [`POST ${issuer}/register`]: ({ json }) =>
        json["token_endpoint_auth_method"] === "none"
          ? error("invalid_client_metadata")
          : Response.json({ client_id: "conf-1", client_secret: "cs-canary-1" }, { status: 201 }),
    });
    const lone = await signingIn();
    const { obtained } = await lone.finish(net);
    expect(obtained.ok).toBe(true);
    const [first, second] = net.asked("/register").map(({ json }) => json);
    expect(first).toMatchObject({ token_endpoint_auth_method: "none", application_type: "web" });
    expect(second).toMatchObject({ token_endpoint_auth_method: "client_secret_basic" });
    const [token] = net.asked("/token");
    expect(token?.headers.get("authorization")).toBe(`Basic ${btoa("conf-1:cs-canary-1")}`);
  });

  it("13: is refused where redirect URIs are on a list: the sentence says which one to put there", async () => {
    const net = internet({ [`POST ${issuer}/register`]: () => error("invalid_redirect_uri") });
    const begun = await (await signingIn()).start(net);
    expect(begun).toMatchObject({ ok: false, fault: { code: "registration_failed" } });
    expect(JSON.stringify(begun)).toContain(redirectUri);
  });
});

describe("scopes", () => {
  it("6: of offline access are asked for where the server knows them, or somebody wants them by name", async () => {
    const scoped = (known: string[]) =>
      internet({
        [`GET ${wellKnown}/mcp`]: {
          resource: server,
          authorization_servers: [issuer],
          scopes_supported: ["read"],
        },
        [asAt("oauth-authorization-server")]: { ...metadata, scopes_supported: known },
      });
    const known = await team.page(scoped(["read", "offline_access"]));
    expect(known.get("scope")).toBe("read offline_access");
    expect(known.get("prompt")).toBe("consent");
    expect((await team.page(scoped(["read"]))).get("scope")).toBe("read");
    const wanted = await team.page(scoped([]), { scopes: ["read", "offline_access"] });
    expect(wanted.get("scope")).toBe("read offline_access");
  });

  it("8: that nobody publishes are not sent", async () => {
    expect((await team.page(internet())).has("scope")).toBe(false);
  });

  it("of a challenge come before those published, and what the connection had stays", async () => {
    const net = internet({
      [`POST ${server}`]: () =>
        refused(`Bearer scope="write", resource_metadata="${wellKnown}/mcp"`),
      [`GET ${wellKnown}/mcp`]: {
        resource: server,
        authorization_servers: [issuer],
        scopes_supported: ["read", "admin"],
      },
    });
    expect((await team.page(net)).get("scope")).toBe("write");
    expect((await team.page(net, { scopes: ["read"] })).get("scope")).toBe("write read");
  });
});

describe("the server", () => {
  it("7: may stand below the resource that tokens are for, and that resource is asked for", async () => {
    const net = internet({
      [`GET ${wellKnown}/mcp`]: {
        resource: "https://mcp.example.com",
        authorization_servers: [issuer],
      },
    });
    const { authState } = await team.finish(net);
    expect(authState.resource).toBe("https://mcp.example.com");
    expect(net.asked("/token")[0]?.body.get("resource")).toBe("https://mcp.example.com");
  });

  it("7: is no other one: metadata for a host beside it is refused", async () => {
    for (const resource of [
      "https://evil.example.com/mcp",
      "https://mcp.example.com/mcp2",
      "https://mcp.example.com/mcp/deeper",
      "http://mcp.example.com/mcp",
    ]) {
      const net = internet({
        [`GET ${wellKnown}/mcp`]: { resource, authorization_servers: [issuer] },
      });
      expect(await team.start(net)).toMatchObject({ fault: { code: "discovery_failed" } });
      expect(net.asked("/register")).toEqual([]);
    }
  });

  it("10: that only streams asks for its sign-in where the stream begins", async () => {
    const sse = "https://mcp.example.com/sse";
    const net = internet({
      [`POST ${sse}`]: () => new Response(null, { status: 405 }),
      [`GET ${sse}`]: () => refused(`Bearer resource_metadata="${wellKnown}/sse"`),
      [`GET ${wellKnown}/sse`]: { resource: sse, authorization_servers: [issuer] },
    });
    expect((await team.page(net, { url: sse })).get("resource")).toBe(sse);
  });

  it("12: that takes anybody's handshake says with its tools that it takes nobody", async () => {
    const net = internet({
      [`POST ${server}`]: ({ json, headers }) => {
        if (json["method"] === "server/discover") return error("unknown", 404);
        if (json["method"] === "initialize")
          return Response.json(
            { jsonrpc: "2.0", id: 1, result: { protocolVersion: "2025-11-25" } },
            { headers: { "mcp-session-id": "s-1" } },
          );
        return headers.get("mcp-session-id") === "s-1"
          ? refused(`Bearer scope="tools", resource_metadata="${wellKnown}/mcp"`)
          : error("no session", 400);
      },
    });
    expect((await team.page(net)).get("scope")).toBe("tools");
  });

  it("15: may stand at the root, where the path adds nothing", async () => {
    const root = "https://mcp.example.com/";
    const net = internet({
      [`POST ${root}`]: () => refused("Bearer"),
      [`GET ${wellKnown}`]: {
        resource: "https://mcp.example.com",
        authorization_servers: [issuer],
      },
    });
    expect((await team.page(net, { url: root })).get("resource")).toBe("https://mcp.example.com");
  });

  it("17: whose URL carries a key keeps it to itself: nobody else is sent the query", async () => {
    const net = internet({ [`GET ${wellKnown}/mcp`]: null, [`GET ${wellKnown}`]: null });
    net.sites[`GET https://mcp.example.com/.well-known/oauth-authorization-server`] = {
      ...metadata,
      issuer: "https://mcp.example.com",
    };
    const params = await team.page(net, { url: `${server}?key=url-canary-1` });
    expect(params.get("resource")).toBe(server);
    expect(params.toString()).not.toContain("canary");
  });
});

describe("tokens", () => {
  it("11: that last are asked of Google as Google has it", async () => {
    const google = "https://accounts.google.com";
    const net = internet({
      [`GET ${wellKnown}/mcp`]: { resource: server, authorization_servers: [google] },
      [`GET ${google}/.well-known/openid-configuration`]: {
        ...metadata,
        issuer: google,
        registration_endpoint: undefined,
      },
    });
    const params = await (
      await signingIn()
    ).page(net, { client: { clientId: "given", clientSecret: "gs-canary" } });
    expect(params.get("access_type")).toBe("offline");
    expect(params.get("prompt")).toBe("consent");
  });

  it("16: without an end are good until they are refused; what renewed them and is dead asks for a sign-in", async () => {
    const endless = internet({
      [`POST ${issuer}/token`]: {
        access_token: "at",
        refresh_token: "rt",
        token_type: "Bearer",
        expires_in: null,
      },
    });
    const { obtained, authState } = await team.finish(endless);
    expect(obtained).toMatchObject({ ok: true, expiresAt: null });
    const dead = internet({ [`POST ${issuer}/token`]: () => error("invalid_grant") });
    expect(await team.refresh(dead, authState, { refreshToken: "rt" })).toMatchObject({
      failure: { kind: "revoked", error: "invalid_grant" },
    });
    const down = internet({ [`POST ${issuer}/token`]: () => page() });
    expect(await team.refresh(down, authState, { refreshToken: "rt" })).toMatchObject({
      failure: { kind: "transient" },
    });
  });
});
