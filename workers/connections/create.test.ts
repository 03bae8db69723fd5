import { env } from "cloudflare:workers";
import { drizzle } from "drizzle-orm/d1";
import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { auditEntries } from "../audit/tables";
import { offers, tools } from "../tools/tables";
import { connectServer, createTeam, type TestTeam } from "../testing/team";
import { scriptedServer } from "./scripted-server";
import { connections } from "./tables";

/** Everything of a team that a connection leaves behind. */
async function traces(team: TestTeam) {
  const db = drizzle(env.DB);
  const secrets = await env.TOKENS.list({ prefix: `t/${team.id}/c/` });
  return {
    connections: (await db.select().from(connections).where(eq(connections.teamId, team.id)))
      .length,
    tools: (await db.select().from(tools).where(eq(tools.teamId, team.id))).length,
    offers: (await db.select().from(offers).where(eq(offers.teamId, team.id))).length,
    audit: (await db.select().from(auditEntries).where(eq(auditEntries.teamId, team.id))).length,
    secrets: secrets.keys.length,
  };
}
const nothing = { connections: 0, tools: 0, offers: 0, audit: 0, secrets: 0 };
const headers = { Authorization: "Bearer sesame-4f9a81" };

describe("connecting", () => {
  it("a 2026-07-28 server answers with all that is known of it, and nothing secret", async () => {
    const team = await createTeam();
    const { status, body, text } = await connectServer(team, { name: " My  Fixture ", headers });
    expect(status).toBe(201);
    expect(body).toEqual({
      id: expect.stringMatching(/^con_/),
      slug: "my-fixture",
      name: "My  Fixture",
      connector: "mcp",
      status: "connected",
      owner: { kind: "team", personId: null },
      auth: {
        method: "headers",
        kind: "headers",
        label: expect.any(String),
        scopes: [],
        missingScopes: [],
        fieldNames: ["Authorization"],
        account: null,
        refreshes: false,
        expiresAt: null,
        consentedAt: null,
        rotateEveryDays: null,
        rotatedAt: expect.any(Number),
        rotationDueAt: null,
      },
      params: {},
      config: { url: env.FIXTURE_URL, transport: "auto", headerNames: ["Authorization"] },
      server: {
        name: expect.any(String),
        title: expect.toSatisfy((title) => title === null || typeof title === "string"),
        version: expect.any(String),
        icons: [],
        websiteUrl: null,
        protocolVersion: "2026-07-28",
        era: "modern",
        transport: "http",
        instructions: expect.toSatisfy((given) => given === null || typeof given === "string"),
      },
      capabilities: expect.objectContaining({ tools: expect.any(Object) }),
      counts: {
        tools: expect.any(Number),
        resources: expect.any(Number),
        prompts: expect.any(Number),
      },
      warnings: expect.any(Array),
      restricted: false,
      needsSecondFactor: false,
      responseTimeMs: expect.any(Number),
      lastError: null,
      lastSyncedAt: expect.any(Number),
      errorCount: 0,
      createdBy: team.personId,
      createdFrom: { address: expect.any(String), userAgent: null },
      lastUsedAt: null,
      createdAt: expect.any(Number),
      updatedAt: expect.any(Number),
    });
    expect(text).not.toContain("sesame");
    const left = await traces(team);
    expect(left).toMatchObject({ connections: 1, audit: 1, secrets: 1, tools: body.counts.tools });
    expect(left.offers).toBe(body.counts.resources + body.counts.prompts);
    const read = await team.ask(`/api/v1/connections/${body.id}`);
    expect(read.body).toEqual(body);
    expect((await team.ask("/api/v1/connections/my-fixture")).body).toEqual(body);
    const audit = await team.ask("/api/v1/audit");
    expect(audit.body.items).toMatchObject([
      {
        action: "connection.create",
        subjectId: body.id,
        actor: { kind: "apiKey", id: team.keyId },
        after: { name: "My  Fixture", headerNames: ["Authorization"] },
      },
    ]);
    expect(audit.text).not.toContain("sesame");
  });

  it("a 2025 server finds its era and its session, and its tools run", async () => {
    const team = await createTeam();
    const { status, body } = await connectServer(team, { url: env.LEGACY_FIXTURE_URL });
    expect(status).toBe(201);
    expect(body.server).toMatchObject({
      era: "legacy",
      protocolVersion: "2025-11-25",
      transport: "http",
    });
    const [tool] = (await team.ask("/api/v1/tools?query=echo")).body.items;
    const called = await team.ask(`/api/v1/tools/${tool.id}/call`, {
      body: { arguments: { message: "hi" } },
    });
    expect(called.body.result.content).toEqual([{ type: "text", text: "Echo: hi" }]);
  });

  it("reads every page of the server's lists, and keeps names that need care", async () => {
    const team = await createTeam();
    const names = [
      ...Array.from({ length: 45 }, (_, n) => `tool_${n}`),
      "__proto__",
      "constructor",
      "'; DROP TABLE tools",
      "🚀 go",
    ];
    const server = scriptedServer({
      tools: names.map((name) => ({ name, inputSchema: { type: "object" } })),
      prompts: Array.from({ length: 12 }, (_, n) => ({ name: `prompt_${n}` })),
      resources: Array.from({ length: 12 }, (_, n) => ({ uri: `a:${n}`, name: `${n}` })),
      pageSize: 10,
      instructions: "i".repeat(30_000),
    });
    const { status, body } = await team.ask("/api/v1/connections", {
      body: { connector: "mcp", name: "Scripted", config: { url: server.url } },
      env: server.env,
    });
    expect(status).toBe(201);
    expect(body.counts).toEqual({ tools: names.length, prompts: 12, resources: 12 });
    expect(body.server.instructions).toHaveLength(20_000);
    expect(server.asked.filter(({ method }) => method === "tools/list")).toHaveLength(5);
    const listed = (await team.ask("/api/v1/tools?limit=200")).body.items as {
      name: string;
      exposedName: string;
    }[];
    expect(new Set(listed.map(({ name }) => name))).toEqual(new Set(names));
    for (const { exposedName } of listed)
      expect(exposedName).toMatch(/^scripted__[A-Za-z0-9_-]{1,38}$/);
  });

  it("a server with more tools than one statement holds stores them all", async () => {
    const team = await createTeam();
    const description = "ü".repeat(2000);
    const tools = Array.from({ length: 1500 }, (_, n) => ({
      name: `t${n}`,
      description,
      inputSchema: { type: "object" },
    }));
    const server = scriptedServer({ tools });
    const { body } = await team.ask("/api/v1/connections", {
      body: { connector: "mcp", name: "Large", config: { url: server.url } },
      env: server.env,
    });
    expect(body.counts.tools).toBe(1500);
    expect((await traces(team)).tools).toBe(1500);
  });

  it("a server that says too much of itself stores what matters", async () => {
    const team = await createTeam();
    const capabilities = {
      tools: { listChanged: true },
      experimental: { x: "x".repeat(3_000_000) },
    };
    const server = scriptedServer({
      tools: [
        { name: "huge", description: "d".repeat(1_500_000), inputSchema: { type: "object" } },
      ],
      instead: ({ id, method }) =>
        method === "server/discover"
          ? Response.json({
              jsonrpc: "2.0",
              id,
              result: { supportedVersions: ["2026-07-28"], capabilities },
            })
          : undefined,
    });
    const { status, body } = await team.ask("/api/v1/connections", {
      body: { connector: "mcp", name: "Verbose", config: { url: server.url } },
      env: server.env,
    });
    expect(status).toBe(201);
    expect(body).toMatchObject({ capabilities: { tools: {} }, counts: { tools: 0 } });
    expect(body.warnings).toEqual(['The tool "huge" was left out: its definition is too long.']);
    expect(body.server.name).toBe("scripted.acme.com");
  });
});

describe("a server that cannot be reached", () => {
  const url = "http://127.0.0.1:1/mcp";

  it("leaves nothing behind", async () => {
    const team = await createTeam();
    const { status, body } = await connectServer(team, { url, headers });
    expect(status).toBe(502);
    expect(body.error).toMatchObject({
      code: "upstream_unreachable",
      message: expect.stringContaining("127.0.0.1:1"),
    });
    expect(await traces(team)).toEqual(nothing);
  });

  it("is stored in error where that was asked for, and heals once it answers", async () => {
    const team = await createTeam();
    const server = scriptedServer({ tools: [{ name: "echo", inputSchema: { type: "object" } }] });
    const down = {
      NET: { fetch: () => Promise.reject(new Error("connection refused")) } as unknown as Fetcher,
    };
    const created = await team.ask("/api/v1/connections", {
      body: {
        connector: "mcp",
        name: "Later",
        allowUnreachable: true,
        config: { url: server.url, headers },
      },
      env: down,
    });
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({
      status: "error",
      server: null,
      counts: { tools: 0, resources: 0, prompts: 0 },
      lastError: { code: "upstream_unreachable", at: expect.any(Number) },
      lastSyncedAt: null,
    });
    const path = `/api/v1/connections/${created.body.id}`;
    expect(await team.ask(`${path}/sync`, { method: "POST", env: down })).toMatchObject({
      status: 502,
    });
    const synced = await team.ask(`${path}/sync`, { method: "POST", env: server.env });
    expect(synced.body).toMatchObject({
      status: "connected",
      lastError: null,
      counts: { tools: 1 },
    });
    expect(server.asked.at(-1)?.headers.get("authorization")).toBe("Bearer sesame-4f9a81");
  });
});

describe("what is asked for", () => {
  const config = { url: "https://api.acme.com/mcp" };
  const right = { connector: "mcp", name: "A", config };

  it.each<[string, unknown]>([
    ["body.name", { ...right, name: undefined }],
    ["body.name", { ...right, name: "   " }],
    ["body.name", { ...right, name: "n".repeat(81) }],
    ["body.connector", { ...right, connector: "smtp" }],
    ["body.config", { ...right, config: undefined }],
    ["body.config.url", { ...right, config: {} }],
    ["body.config.url", { ...right, config: { url: "no url" } }],
    ["body.config.url", { ...right, config: { url: "api.acme.com" } }],
    ["body.config.url", { ...right, config: { url: "javascript:alert(1)" } }],
    ["body.config.url", { ...right, config: { url: "file:///etc/passwd" } }],
    ["body.config.url", { ...right, config: { url: `https://api.acme.com/${"a".repeat(2048)}` } }],
    ["body.config.transport", { ...right, config: { ...config, transport: "stdio" } }],
    ["body.config.headers.a b", { ...right, config: { ...config, headers: { "a b": "x" } } }],
    ["body.config.headers.Host", { ...right, config: { ...config, headers: { Host: "x" } } }],
    [
      "body.config.headers.MCP-Session-Id",
      { ...right, config: { ...config, headers: { "MCP-Session-Id": "x" } } },
    ],
    [
      "body.config.headers.x-a",
      { ...right, config: { ...config, headers: { "x-a": "a\r\nx-b: c" } } },
    ],
    ["body.config.headers.x-a", { ...right, config: { ...config, headers: { "x-a": "" } } }],
    ["body.config.headers.x-a", { ...right, config: { ...config, headers: { "x-a": "日本" } } }],
    [
      "body.config.headers",
      {
        ...right,
        config: {
          ...config,
          headers: Object.fromEntries(Array.from({ length: 21 }, (_, n) => [`x-${n}`, "v"])),
        },
      },
    ],
    ["body", { ...right, teamId: "team_x" }],
    ["body.config", { ...right, config: { ...config, credentialId: "crd_x" } }],
    ["body", []],
  ])("is refused by the name of %s", async (field, body) => {
    const team = await createTeam();
    const answer = await team.ask("/api/v1/connections", { body });
    expect(answer.status).toBe(400);
    expect(answer.body.error).toMatchObject({ code: "invalid_input", details: { field } });
    expect(answer.body.error.message).toContain(field);
    expect(await traces(team)).toEqual(nothing);
  });

  it.each([
    "https://user:sesame@api.acme.com/mcp",
    "http://api.acme.com/mcp",
    "https://10.0.0.1/mcp",
    "https://169.254.169.254/latest/meta-data/",
    "https://[fd00::1]/mcp",
    "https://metadata.google.internal/",
    "https://api.acme.com:6379/",
    "https://0x0a000001/",
  ])("is refused when it leads where the hub does not go: %s", async (url) => {
    const team = await createTeam();
    const answer = await connectServer(team, { url, headers });
    expect(answer.status).toBe(400);
    expect(answer.body.error).toMatchObject({
      code: "outbound_refused",
      details: { field: "config.url" },
    });
    expect(answer.text).not.toContain("sesame");
    expect(await traces(team)).toEqual(nothing);
  });

  it("is refused when it leads to this machine or back to the hub", async () => {
    const team = await createTeam();
    const connect = (url: string, settings: Partial<Env>) =>
      team.ask("/api/v1/connections", { body: { ...right, config: { url } }, env: settings });
    const strict = { PLUGBOARD_ALLOW_LOOPBACK: "false" } as unknown as Partial<Env>;
    expect((await connect(env.FIXTURE_URL, strict)).body.error.code).toBe("outbound_refused");
    const own = { PLUGBOARD_HOSTS: "127.0.0.1,hub.acme.com" } as unknown as Partial<Env>;
    expect((await connect("https://hub.acme.com/mcp", own)).body.error).toMatchObject({
      code: "outbound_refused",
      message: expect.stringContaining("this hub itself"),
    });
    expect((await connect("http://localhost:8787/mcp", own)).body.error.code).toBe(
      "outbound_refused",
    );
    expect(await traces(team)).toEqual(nothing);
  });

  it("is refused where the team's role does not reach", async () => {
    const owner = await createTeam();
    for (const role of ["viewer", "member", "operator"] as const) {
      const person = await owner.join(role);
      expect((await connectServer(person, {})).body.error).toMatchObject({ code: "forbidden" });
    }
    expect(await traces(owner)).toEqual(nothing);
    expect((await connectServer(await owner.join("admin"), {})).status).toBe(201);
  });
});

describe("a name that is taken", () => {
  const tool = { name: "echo", inputSchema: { type: "object" } };
  const connect = (team: TestTeam, name: string, server = scriptedServer({ tools: [tool] })) =>
    team.ask("/api/v1/connections", {
      body: { connector: "mcp", name, config: { url: server.url, headers } },
      env: server.env,
    });

  it("is refused in the team, and free in another", async () => {
    const [team, other] = [await createTeam(), await createTeam()];
    expect((await connect(team, "Same")).status).toBe(201);
    const again = await connect(team, "Same");
    expect(again.status).toBe(409);
    expect(again.body.error).toMatchObject({ code: "conflict", details: { field: "name" } });
    expect((await connect(other, "Same")).body.slug).toBe("same");
    expect(await traces(team)).toMatchObject({ connections: 1, tools: 1, audit: 1, secrets: 1 });
  });

  it("by another's slug gets a number", async () => {
    const team = await createTeam();
    await connect(team, "My server");
    expect((await connect(team, "My-server")).body.slug).toBe("my-server-2");
  });

  it("by two at once goes to one of them", async () => {
    const team = await createTeam();
    const answers = await Promise.all([
      connect(team, "Same"),
      connect(team, "Same"),
      connect(team, "Same"),
    ]);
    expect(answers.map(({ status }) => String(status)).toSorted()).toEqual(["201", "409", "409"]);
    expect(await traces(team)).toMatchObject({ connections: 1, tools: 1, audit: 1, secrets: 1 });
  });

  it("as a slug by two at once, with names that differ, gets both a place", async () => {
    const team = await createTeam();
    const answers = await Promise.all(
      ["My server", "My-server", "My_server"].map((name) => connect(team, name)),
    );
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect(answers.map(({ body }) => String(body.slug)).toSorted()).toEqual([
      "my-server",
      "my-server-2",
      "my-server-3",
    ]);
    expect(await traces(team)).toMatchObject({ connections: 3, tools: 3, audit: 3, secrets: 3 });
  });

  it("may be taken again once its connection is gone", async () => {
    const team = await createTeam();
    const { body } = await connect(team, "Same");
    await team.ask(`/api/v1/connections/${body.id}`, { method: "DELETE" });
    expect((await connect(team, "Same")).body).toMatchObject({
      slug: "same",
      counts: { tools: 1 },
    });
  });
});
