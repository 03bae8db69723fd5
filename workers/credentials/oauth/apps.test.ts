import { env } from "cloudflare:workers";
import { drizzle } from "drizzle-orm/d1";
import { beforeEach, describe, expect, it } from "vitest";
import { connections } from "../../connections/tables";
import { offerConnector } from "../../testing/offer-connector";
import { createTeam, type TestTeam } from "../../testing/team";
import { findMethod } from "../../connectors";
import { clientOf } from "./client-of";

offerConnector({
  id: "apps-test",
  name: "Apps",
  category: "crm",
  description: "A vendor whose apps are tested.",
  auth: [
    {
      kind: "oauth2_code",
      id: "oauth",
      label: "Sign in",
      authorizeUrl: "https://apps.example.com/authorize",
      tokenUrl: "https://apps.example.com/token",
      app: { where: { text: "In the settings" } },
    },
    { kind: "api_key", id: "key", label: "Key" },
  ],
});

const secret = "canary-client-secret-0123456789";
const deployed = (apps: unknown): Partial<Env> => ({ PLUGBOARD_OAUTH_APPS: JSON.stringify(apps) });
const path = "/api/v1/oauth-apps/apps-test";
let team: TestTeam;
beforeEach(async () => {
  team = await createTeam();
});

const put = (body: Record<string, unknown>, of = team) => of.ask(path, { method: "PUT", body });

async function opened(of = team, settings: Partial<Env> = {}) {
  const method = findMethod("apps-test", "oauth");
  if (!method) throw new Error("no method");
  const ctx = { env: { ...env, ...settings }, teamId: of.id };
  return clientOf(ctx, { connector: "apps-test", method, state: null });
}

describe("a team's OAuth app", () => {
  it("is stored, its secret sealed and nowhere to be read", async () => {
    const { status, body, text } = await put({ clientId: "app-1", clientSecret: secret });
    expect(status, text).toBe(200);
    expect(body).toMatchObject({
      connector: "apps-test",
      clientId: "app-1",
      hasSecret: true,
      source: "team",
      redirectUri: "http://127.0.0.1/oauth/callback",
    });
    expect((await team.ask(path)).body).toEqual(body);
    expect((await team.ask("/api/v1/oauth-apps")).body.items).toEqual([body]);
    expect(await opened()).toEqual({ clientId: "app-1", clientSecret: secret });
    const { results } = await env.DB.prepare(
      "SELECT * FROM oauth_apps JOIN credentials ON credentials.id = credential_id WHERE oauth_apps.team_id = ?",
    )
      .bind(team.id)
      .all();
    expect(results).toHaveLength(1);
    const audit = await team.ask("/api/v1/audit");
    expect(audit.text).toContain("oauth_app.update");
    expect(text + audit.text + JSON.stringify(results)).not.toContain(secret);
  });

  it("keeps its secret where only that is left out, and loses it with another client id", async () => {
    await put({ clientId: "app-1", clientSecret: secret });
    expect((await put({ clientId: "app-1" })).body).toMatchObject({ hasSecret: true });
    expect(await opened()).toEqual({ clientId: "app-1", clientSecret: secret });
    const { status, body } = await put({ clientId: "app-2" });
    expect([status, body.error.details]).toEqual([400, { field: "body.clientSecret" }]);
    expect(await opened()).toEqual({ clientId: "app-1", clientSecret: secret });
  });

  it("leaves no older secret behind", async () => {
    await put({ clientId: "app-1", clientSecret: secret });
    await put({ clientId: "app-1", clientSecret: "another" });
    const { keys } = await env.TOKENS.list({ prefix: `t/${team.id}/c/` });
    expect(keys).toHaveLength(1);
    expect(await opened()).toEqual({ clientId: "app-1", clientSecret: "another" });
    expect((await team.ask(path, { method: "DELETE" })).status).toBe(204);
    expect((await env.TOKENS.list({ prefix: `t/${team.id}/c/` })).keys).toEqual([]);
    expect((await team.ask(path)).status).toBe(404);
    expect(await opened()).toBeNull();
  });

  it("is no other team's", async () => {
    await put({ clientId: "app-1", clientSecret: secret });
    const other = await createTeam();
    expect((await other.ask(path)).status).toBe(404);
    expect((await other.ask(path, { method: "DELETE" })).status).toBe(404);
    expect((await other.ask("/api/v1/oauth-apps")).body.items).toEqual([]);
    expect(await opened(other)).toBeNull();
    expect(await opened()).not.toBeNull();
  });

  it("stands before the deployment's, which is there for every team", async () => {
    const settings = deployed({
      "apps-test": { clientId: "everybody's", clientSecret: secret },
      another: { clientId: "public" },
    });
    const given = await team.ask("/api/v1/oauth-apps", { env: settings });
    expect(given.body.items).toMatchObject([
      { connector: "another", source: "deployment", hasSecret: false },
      { connector: "apps-test", source: "deployment", hasSecret: true, createdAt: null },
    ]);
    expect(given.text).not.toContain(secret);
    const first = await team.ask("/api/v1/oauth-apps?limit=1", { env: settings });
    expect(first.body).toMatchObject({ items: [{ connector: "another" }], nextCursor: "another" });
    const next = await team.ask("/api/v1/oauth-apps?limit=1&cursor=another", { env: settings });
    expect(next.body).toMatchObject({ items: [{ connector: "apps-test" }], nextCursor: null });
    expect(await opened(team, settings)).toEqual({
      clientId: "everybody's",
      clientSecret: secret,
    });
    await put({ clientId: "app-1", clientSecret: "own" });
    expect(await opened(team, settings)).toEqual({ clientId: "app-1", clientSecret: "own" });
    expect((await team.ask(path, { env: settings })).body).toMatchObject({ source: "team" });
  });

  it.each([
    ["no JSON", "{"],
    ["a list", "[]"],
    ["an app without an id", JSON.stringify({ crm: { clientSecret: secret } })],
  ])("says so where the deployment's setting is %s, and shows nothing of it", async (_, text) => {
    const settings: Partial<Env> = { PLUGBOARD_OAUTH_APPS: text };
    const answer = await team.ask("/api/v1/oauth-apps", { env: settings });
    expect(answer.status).toBe(503);
    expect(answer.body.error.message).toContain("PLUGBOARD_OAUTH_APPS");
    expect(answer.text).not.toContain(secret);
  });

  it.each([
    ["an unknown connector", "/api/v1/oauth-apps/nowhere", { clientId: "a" }, 404],
    ["one that takes no app", "/api/v1/oauth-apps/mcp", { clientId: "a" }, 400],
    ["no client id", path, { clientSecret: "b" }, 400],
    ["a client id with a line break inside", path, { clientId: "a\nb", clientSecret: "b" }, 400],
    ["a secret with a space inside", path, { clientId: "a", clientSecret: "b c" }, 400],
    ["no secret", path, { clientId: "a" }, 400],
  ])("is refused for %s", async (_, at, body, status) => {
    const answer = await team.ask(at, { method: "PUT", body });
    expect(answer.status, answer.text).toBe(status);
    expect((await team.ask("/api/v1/oauth-apps")).body.items).toEqual([]);
  });

  it("is taken without the line break it was pasted with", async () => {
    await put({ clientId: " app-1\n", clientSecret: `${secret}\n` });
    expect(await opened()).toEqual({ clientId: "app-1", clientSecret: secret });
  });

  it("is stored once by two who do so at the same time, and no secret of the other stays", async () => {
    const answers = await Promise.all(
      ["one", "two"].map((clientSecret) => put({ clientId: clientSecret, clientSecret })),
    );
    expect(answers.some(({ status }) => status === 200)).toBe(true);
    const stands = await opened();
    expect(stands?.clientId).toBe(stands?.clientSecret);
    expect((await env.TOKENS.list({ prefix: `t/${team.id}/c/` })).keys).toHaveLength(1);
  });

  it("stays while connections sign in with it", async () => {
    await put({ clientId: "app-1", clientSecret: secret });
    const own = connectionRow(team);
    await drizzle(env.DB).insert(connections).values(own);
    const refused = await team.ask(path, { method: "DELETE" });
    expect([refused.status, refused.body.error.code]).toEqual([409, "conflict"]);
    // What a person has of their own is not told to whoever may not see it.
    expect(refused.text).not.toContain(own.name);
    expect(await opened()).not.toBeNull();
    await env.DB.prepare("UPDATE connections SET auth_method = 'key' WHERE id = ?")
      .bind(own.id)
      .run();
    expect((await team.ask(path, { method: "DELETE" })).status).toBe(204);
  });

  it("is for whoever configures connections", async () => {
    const member = await team.join("member");
    expect((await put({ clientId: "a", clientSecret: "b" }, member)).status).toBe(403);
    expect((await member.ask("/api/v1/oauth-apps")).status).toBe(403);
  });
});

const connectionRow = ({ id: teamId, personId }: TestTeam): typeof connections.$inferInsert => ({
  id: `con_${crypto.randomUUID()}`,
  teamId,
  slug: "own",
  name: "Somebody's own",
  connector: "apps-test",
  status: "connected",
  ownerId: personId,
  authMethod: "oauth",
  url: "https://apps.example.com",
  transport: "http",
  headerNames: [],
  credentialVersion: 1,
  capabilities: {},
  counts: { tools: 0, resources: 0, prompts: 0 },
  warnings: [],
  createdAt: 1,
  updatedAt: 1,
});
