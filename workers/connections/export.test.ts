import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { connectServer, createTeam, type TestTeam } from "../testing/team";

const secret = "sesame-4f9a81";
const one = {
  connector: "any-api",
  name: "Acme",
  method: "api-key",
  config: null,
  params: { baseUrl: "https://api.example.com", testPath: "/me" },
  scopes: [],
  fieldNames: ["apiKey"],
  rotateEveryDays: 90,
};
const load = (team: TestTeam, connections: object[]) =>
  team.ask("/api/v1/connections/import", { body: { version: 1, connections } });

describe("an export", () => {
  it("says what it takes to set connections up again, and nothing secret", async () => {
    const team = await createTeam();
    await connectServer(team, { headers: { Authorization: `Bearer ${secret}` } });
    const { status, body, text } = await team.ask("/api/v1/connections/export");
    expect(status).toBe(200);
    expect(text).not.toContain(secret);
    expect(body).toEqual({
      version: 1,
      connections: [
        {
          connector: "mcp",
          name: "Fixture",
          method: "headers",
          config: { url: env.FIXTURE_URL, transport: "auto" },
          params: {},
          scopes: [],
          fieldNames: ["Authorization"],
          rotateEveryDays: null,
        },
      ],
      nextCursor: null,
    });
  });

  it("is set up elsewhere as it is: pending, until somebody signs in", async () => {
    const [here, there] = [await createTeam(), await createTeam()];
    await connectServer(here, { headers: { Authorization: `Bearer ${secret}` } });
    const exported = (await here.ask("/api/v1/connections/export")).body;
    const { body } = await there.ask("/api/v1/connections/import", { body: exported });
    expect(body).toEqual({
      created: [{ id: expect.stringMatching(/^con_/), name: "Fixture" }],
      skipped: [],
    });
    const path = `/api/v1/connections/${body.created[0].id}`;
    expect((await there.ask(path)).body).toMatchObject({
      slug: "fixture",
      status: "pending",
      config: { url: env.FIXTURE_URL, headerNames: [] },
      server: null,
    });
    const signedIn = await there.ask(path, {
      method: "PATCH",
      body: { config: { headers: { Authorization: `Bearer ${secret}` } } },
    });
    expect(signedIn.body).toMatchObject({
      status: "connected",
      counts: { tools: expect.any(Number) },
    });
    const again = await there.ask("/api/v1/connections/export");
    expect(again.body).toEqual(exported);
  });
});

describe("an import", () => {
  it("skips what is taken or cannot be set up, says why, and sets up the rest", async () => {
    const team = await createTeam();
    await load(team, [one]);
    const { body } = await load(team, [
      one,
      { ...one, name: "Other" },
      { ...one, name: "Other" },
      { ...one, name: "Unknown", connector: "nothing" },
      { ...one, name: "Way", method: "nothing" },
      { ...one, name: "Params", params: { testPath: "/me" } },
      { ...one, name: "Inside", params: { ...one.params, baseUrl: "https://10.0.0.1" } },
      { ...one, name: "MCP", connector: "mcp", method: "headers", params: {} },
      { ...one, name: "Database", connector: "postgresql", method: "login", params: {} },
    ]);
    expect(body.created.map(({ name }: { name: string }) => name)).toEqual(["Other", "Database"]);
    const reasons = Object.fromEntries(
      body.skipped.map(({ name, reason }: { name: string; reason: string }) => [name, reason]),
    );
    expect(reasons).toMatchObject({
      Acme: expect.stringContaining("connection of this name"),
      Other: expect.stringContaining("connection of this name"),
      Unknown: expect.stringContaining("no connector"),
      Way: expect.stringContaining("no way to sign in"),
      Params: expect.stringContaining("params.baseUrl"),
      Inside: expect.stringContaining("10.0.0.1"),
      MCP: expect.stringContaining("MCP server"),
    });
    const listed = await team.ask("/api/v1/connections");
    expect(listed.body.items.map(({ status }: { status: string }) => status)).toEqual([
      "pending",
      "pending",
      "pending",
    ]);
    const waiting = listed.body.items[0];
    const tested = await team.ask(`/api/v1/connections/${waiting.id}/test`, { method: "POST" });
    expect(tested.body).toMatchObject({ ok: false, error: { code: "connection_needs_auth" } });
    const audit = await team.ask("/api/v1/audit");
    expect(audit.body.items[0]).toMatchObject({
      action: "connection.import",
      details: { created: body.created, skipped: 7 },
    });
  });

  it("takes several hundred at once, and no address of the API for a slug", async () => {
    const team = await createTeam();
    const many = Array.from({ length: 300 }, (_, n) => ({ ...one, name: `Export ${n}` }));
    const { body } = await load(team, [
      { ...one, name: "Export" },
      { ...one, name: "Import" },
      ...many,
    ]);
    expect(body.created).toHaveLength(302);
    const { body: listed } = await team.ask("/api/v1/connections?limit=2");
    expect(listed.items.map(({ slug }: { slug: string }) => slug)).toEqual([
      "export-2",
      "import-2",
    ]);
    expect((await team.ask("/api/v1/connections/export")).body.connections).toHaveLength(302);
  });

  it.each<[string, unknown]>([
    ["body.version", { version: 2, connections: [] }],
    ["body.connections", { version: 1 }],
    ["body.connections", { version: 1, connections: Array.from({ length: 501 }, () => one) }],
    ["body.connections.0", { version: 1, connections: [{ ...one, fields: { apiKey: secret } }] }],
    ["body.connections.0.name", { version: 1, connections: [{ ...one, name: "" }] }],
  ])("is refused by the name of %s", async (field, body) => {
    const team = await createTeam();
    const answer = await team.ask("/api/v1/connections/import", { body });
    expect(answer.body.error).toMatchObject({ code: "invalid_input", details: { field } });
    expect((await team.ask("/api/v1/connections")).body.items).toEqual([]);
  });
});
