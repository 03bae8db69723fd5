import { env } from "cloudflare:workers";
import { drizzle } from "drizzle-orm/d1";
import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import {
  error,
  internet,
  issuer,
  metadata,
  page,
  redirectUri,
  server,
  signingIn,
  type Says,
} from "../../../testing/mcp-internet";
import { createTeam } from "../../../testing/team";
import { oauthClients } from "../../tables";

const asMetadata = `GET ${issuer}/.well-known/oauth-authorization-server`;
const takesDocuments = {
  [asMetadata]: { ...metadata, client_id_metadata_document_supported: true },
};
const clientsOf = (teamId: string) =>
  drizzle(env.DB).select().from(oauthClients).where(eq(oauthClients.teamId, teamId));

describe("the client to sign in with", () => {
  it("is one given, else the hub's document, else one registered", async () => {
    const team = await signingIn();
    const net = internet(takesDocuments);
    const idOf = async (wanted = {}) => (await team.page(net, wanted)).get("client_id");
    expect(await idOf()).toBe("https://hub.example.org/oauth/client.json");
    expect(await idOf({ client: { clientId: "given-1", clientSecret: "gs-canary" } })).toBe(
      "given-1",
    );
    expect(await idOf()).toBe("given-1");
    const local = "http://127.0.0.1:8787/oauth/callback";
    expect(await idOf({ redirectUri: local })).toBe("registered-1");
    expect(net.asked("/register")).toHaveLength(1);
    expect(net.asked("/register")[0]?.json).toMatchObject({ application_type: "native" });
  });

  it("is the document's copy where the deployment names one, and never one at a private name", async () => {
    const team = await signingIn();
    const copy = "https://example.net/plugboard.json";
    const named = internet(takesDocuments, { PLUGBOARD_CLIENT_METADATA_URL: copy });
    const local = "http://127.0.0.1:8787/oauth/callback";
    expect((await team.page(named, { redirectUri: local })).get("client_id")).toBe(copy);
    for (const origin of ["https://hub.internal", "https://localhost", "https://192.168.1.4"])
      expect(
        (
          await team.page(internet(takesDocuments), { redirectUri: `${origin}/oauth/callback` })
        ).get("client_id"),
      ).toBe("registered-1");
  });

  it("is registered once a team and issuer, even by two at a time, and for no other team", async () => {
    const { id } = await createTeam();
    const team = await signingIn(id);
    const net = internet();
    const both = await Promise.all([team.page(net), team.page(net)]);
    expect(new Set(both.map((params) => params.get("client_id"))).size).toBe(1);
    await team.page(net);
    expect(await clientsOf(id)).toHaveLength(1);
    const before = net.asked("/register").length;
    await (await signingIn()).page(net);
    expect(net.asked("/register")).toHaveLength(before + 1);
  });

  it("of one issuer is never shown to another: where the server moved, the hub registers anew", async () => {
    const { id } = await createTeam();
    const team = await signingIn(id);
    await team.page(internet());
    const other = "https://login.example.net";
    const moved = internet({
      "GET https://mcp.example.com/.well-known/oauth-protected-resource/mcp": {
        resource: server,
        authorization_servers: [other],
      },
      [`GET ${other}/.well-known/oauth-authorization-server`]: {
        ...metadata,
        issuer: other,
        authorization_endpoint: `${other}/authorize`,
        token_endpoint: `${other}/token`,
        registration_endpoint: `${other}/register`,
      },
      [`POST ${other}/register`]: () => Response.json({ client_id: "at-other" }, { status: 201 }),
    });
    expect((await team.page(moved)).get("client_id")).toBe("at-other");
    expect(moved.seen.some(({ line }) => line.includes(issuer))).toBe(false);
    expect((await clientsOf(id)).map((row) => row.issuer).toSorted()).toEqual([issuer, other]);
  });

  it("is registered anew where its secret has ended, or the server no longer knows it", async () => {
    const { id } = await createTeam();
    const team = await signingIn(id);
    let count = 0;
    const secret = { client_secret: "cs-canary", token_endpoint_auth_method: "client_secret_post" };
    const register: Says = () =>
      Response.json(
        {
          ...secret,
          client_id: `c-${++count}`,
          client_secret_expires_at: count === 1 ? Math.floor(Date.now() / 1000) - 10 : 0,
        },
        { status: 201 },
      );
    const net = internet({ [`POST ${issuer}/register`]: register });
    expect((await team.page(net)).get("client_id")).toBe("c-1");
    expect((await team.page(net)).get("client_id")).toBe("c-2");
    const { authState } = await team.finish(net);
    expect(net.asked("/token")[0]?.body.get("client_secret")).toBe("cs-canary");
    net.sites[`POST ${issuer}/token`] = () => error("invalid_client", 401);
    expect(await team.refresh(net, authState, { refreshToken: "rt" })).toMatchObject({
      failure: { kind: "revoked", error: "invalid_client" },
    });
    expect(await clientsOf(id)).toEqual([]);
    expect((await team.page(net)).get("client_id")).toBe("c-3");
  });

  it("that somebody gave is replaced only by who may: the team's connections sign in with it", async () => {
    const { id } = await createTeam();
    const team = await signingIn(id);
    const give = (clientId: string, mayReplaceClient: boolean) =>
      team.start(internet(), { client: { clientId }, mayReplaceClient });
    expect(await give("theirs", false)).toMatchObject({ ok: true });
    expect(await give("theirs", false)).toMatchObject({ ok: true });
    await expect(give("another", false)).rejects.toMatchObject({ code: "forbidden" });
    expect(await clientsOf(id)).toMatchObject([{ clientId: "theirs" }]);
    expect(await give("another", true)).toMatchObject({ ok: true });
  });

  it("keeps its secret sealed: no column holds it", async () => {
    const { id } = await createTeam();
    const team = await signingIn(id);
    await team.page(internet(), { client: { clientId: "given", clientSecret: "sealed-canary" } });
    const rows = await clientsOf(id);
    expect(rows).toMatchObject([{ origin: "given", clientId: "given", credentialVersion: 1 }]);
    expect(JSON.stringify(rows)).not.toContain("canary");
  });
});

describe("a registration is not taken", () => {
  const lies: [what: string, said: Says | undefined][] = [
    ["that is a page", () => page()],
    ["of 2 MB", { client_id: "x".repeat(2_000_000) }],
    ["without a client id", () => Response.json({ client_name: "Plugboard" }, { status: 201 })],
    [
      "for another redirect URI",
      () =>
        Response.json(
          { client_id: "c", redirect_uris: ["https://evil.example/cb"] },
          { status: 201 },
        ),
    ],
    [
      "that wants keys the hub has not",
      () =>
        Response.json(
          { client_id: "c", token_endpoint_auth_method: "private_key_jwt" },
          { status: 201 },
        ),
    ],
    [
      "that wants a secret and gives none",
      () =>
        Response.json(
          { client_id: "c", token_endpoint_auth_method: "client_secret_basic" },
          { status: 201 },
        ),
    ],
    ["that is refused", () => error("access_denied", 403)],
    ["where there is nowhere to ask", undefined],
  ];
  it.each(lies)("%s", async (_, said) => {
    const { id } = await createTeam();
    const team = await signingIn(id);
    const net =
      said === undefined
        ? internet({ [asMetadata]: { ...metadata, registration_endpoint: undefined } })
        : internet({ [`POST ${issuer}/register`]: said });
    const begun = await team.start(net);
    expect(begun).toMatchObject({ ok: false, fault: { code: "registration_failed" } });
    expect(JSON.stringify(begun)).toContain(redirectUri);
    expect(await clientsOf(id)).toEqual([]);
  });
});
