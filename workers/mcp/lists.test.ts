import { env } from "cloudflare:workers";
import { drizzle } from "drizzle-orm/d1";
import { describe, expect, it, vi } from "vitest";
import type { JsonObject } from "../connectors";
import type { Context } from "../platform/context";
import { connectServer, createTeam, type TestTeam } from "../testing/team";
import { snapshotStatements } from "../tools";
import { mcpClient, type TestClient } from "./test-client";

const healthy = () => `${env.FAULTS_URL}/f/healthy/mcp`;
const inputSchema = { type: "object" };

/** Lists this for a connection whose server takes a call of any name. */
async function offer(
  team: TestTeam,
  connection: { id: string; slug: string },
  listing: {
    tools?: JsonObject[];
    resources?: JsonObject[];
    resourceTemplates?: JsonObject[];
    prompts?: JsonObject[];
  },
): Promise<void> {
  const db = drizzle(env.DB);
  const whole = {
    tools: [],
    resources: [],
    resourceTemplates: [],
    prompts: [],
    warnings: [],
    ...listing,
  };
  const [first, ...rest] = await snapshotStatements(
    { db, teamId: team.id, now: Date.now() } as unknown as Context,
    connection,
    whole,
  );
  if (first) await db.batch([first, ...rest]);
  await env.TEAM_GATE.getByName(team.id).bump();
}

async function allTools(
  mcp: TestClient,
  era: "modern" | "legacy" = "modern",
): Promise<{ name: string; description?: string }[]> {
  return (await mcp("tools/list", {}, { era })).result.tools;
}

describe("a list", () => {
  it("holds every connection's tools under its name, in the order of the servers", async () => {
    const team = await createTeam();
    await connectServer(team, { name: "First" });
    await connectServer(team, { name: "Second", url: healthy() });
    const mcp = mcpClient(team);
    const { result } = await mcp("tools/list");
    const names: string[] = result.tools.map((tool: { name: string }) => tool.name);
    expect(names.at(0)).toMatch(/^first__/);
    expect(names.slice(-3)).toEqual(["second__probe", "second__count", "second__look"]);
    expect(result).toMatchObject({
      resultType: "complete",
      ttlMs: expect.any(Number),
      cacheScope: "private",
    });
    expect(result).not.toHaveProperty("_meta");
    const legacy = (await mcp("tools/list", {}, { era: "legacy" })).result;
    expect(Object.keys(legacy)).toEqual(["tools"]);
    expect(legacy.tools.map((tool: { name: string }) => tool.name)).toEqual(names);
  });

  it("is empty where nothing is connected", async () => {
    const mcp = mcpClient(await createTeam());
    expect((await mcp("tools/list")).result.tools).toEqual([]);
    expect((await mcp("prompts/list")).result.prompts).toEqual([]);
    expect((await mcp("resources/list")).result.resources).toEqual([]);
    expect((await mcp("resources/templates/list")).result.resourceTemplates).toEqual([]);
  });

  it("comes in pages of which each item is on one", async () => {
    const team = await createTeam();
    const first = (await connectServer(team, { name: "One", url: healthy() })).body;
    const second = (await connectServer(team, { name: "Two", url: healthy() })).body;
    const many = Array.from({ length: 3000 }, (_, n) => ({ name: `tool_${n}`, inputSchema }));
    await offer(team, first, { tools: many });
    await offer(team, second, { tools: many });
    const mcp = mcpClient(team);
    const seen: string[] = [];
    let cursor: string | undefined;
    let pages = 0;
    do {
      const { result } = await mcp("tools/list", cursor === undefined ? {} : { cursor });
      for (const tool of result.tools) seen.push(tool.name);
      cursor = result.nextCursor;
      pages += 1;
    } while (cursor !== undefined);
    expect(pages).toBe(2);
    expect(seen).toEqual([
      ...many.map(({ name }) => `one__${name}`),
      ...many.map(({ name }) => `two__${name}`),
    ]);
  });

  it("ends a page before 4 MiB", async () => {
    const team = await createTeam();
    const server = (await connectServer(team, { name: "Long", url: healthy() })).body;
    const description = "x".repeat(60_000);
    await offer(team, server, {
      tools: Array.from({ length: 100 }, (_, n) => ({ name: `t${n}`, description, inputSchema })),
    });
    const { text, result } = await mcpClient(team)("tools/list");
    expect(text.length).toBeLessThan(4.3 * 1024 * 1024);
    expect(result.tools.length).toBeGreaterThan(60);
    expect(result.nextCursor).toBe("p1");
  });

  it.each(["p1", "p9999", "p-1", "", "1", 7, null, {}, "p0x1", "constructor"])(
    "refuses the cursor %j",
    async (cursor) => {
      const mcp = mcpClient(await createTeam());
      expect((await mcp("tools/list", { cursor })).error).toMatchObject({
        code: -32602,
        message: expect.stringContaining("cursor"),
      });
    },
  );

  it("is kept ready: the second request reads no D1, the first after a change does", async () => {
    const team = await createTeam();
    await connectServer(team);
    const mcp = mcpClient(team);
    const methods = ["tools/list", "prompts/list", "resources/list", "resources/templates/list"];
    for (const method of methods) await mcp(method);
    const [prepare, batch] = [vi.spyOn(env.DB, "prepare"), vi.spyOn(env.DB, "batch")];
    try {
      for (const method of methods) expect((await mcp(method)).status).toBe(200);
      expect(prepare.mock.calls.length + batch.mock.calls.length).toBe(0);
      await env.TEAM_GATE.getByName(team.id).bump();
      await mcp("tools/list");
      expect(prepare).toHaveBeenCalled();
    } finally {
      prepare.mockRestore();
      batch.mockRestore();
    }
  });

  it("shows a change at once, also to the calls that come before the next list", async () => {
    const team = await createTeam();
    const mcp = mcpClient(team);
    expect(await allTools(mcp)).toEqual([]);
    for (const method of ["prompts/list", "resources/list", "resources/templates/list"])
      await mcp(method);
    await connectServer(team);
    expect(
      (await mcp("prompts/get", { name: "fixture__test_simple_prompt" })).result.messages,
    ).toHaveLength(1);
    await team.ask("/api/v1/connections/fixture", { method: "DELETE" });
    expect((await mcp("prompts/get", { name: "fixture__test_simple_prompt" })).error).toMatchObject(
      { data: { code: "not_found" } },
    );
    await connectServer(team);
    expect(
      (await mcp("resources/read", { uri: "test://static-text" })).result.contents,
    ).toHaveLength(1);
    expect(
      (await mcp("tools/call", { name: "fixture__echo", arguments: { message: "x" } })).result
        .content,
    ).toHaveLength(1);
    expect((await allTools(mcp)).length).toBeGreaterThan(10);
  });

  it("lets nothing of a revoked key through", async () => {
    const team = await createTeam();
    const mcp = mcpClient(team);
    expect((await mcp("tools/list")).status).toBe(200);
    await env.DB.prepare("UPDATE api_keys SET revoked_at = 1 WHERE id = ?").bind(team.keyId).run();
    await env.TEAM_GATE.getByName(team.id).bump();
    expect((await mcp("tools/list")).status).toBe(401);
  });

  it("names the connections that cannot be reached and lists the others, and what is known of the broken one", async () => {
    const team = await createTeam();
    await connectServer(team, { name: "Works", url: healthy() });
    const broken = (await connectServer(team, { name: "Breaks", url: healthy() })).body;
    await team.ask("/api/v1/connections", {
      body: {
        connector: "mcp",
        name: "Never",
        config: { url: "http://127.0.0.1:1/mcp" },
        allowUnreachable: true,
      },
    });
    await env.DB.prepare("UPDATE connections SET status = 'error', last_error = ? WHERE id = ?")
      .bind(
        JSON.stringify({ code: "upstream_unreachable", message: "Nobody listens there.", at: 1 }),
        broken.id,
      )
      .run();
    await env.TEAM_GATE.getByName(team.id).bump();
    const { result } = await mcpClient(team)("tools/list");
    expect(result.tools.map((tool: { name: string }) => tool.name)).toEqual([
      "works__probe",
      "works__count",
      "works__look",
      "breaks__probe",
      "breaks__count",
      "breaks__look",
    ]);
    expect(result._meta["io.plugboard/unavailable"]).toMatchObject([
      {
        connection: "breaks",
        name: "Breaks",
        error: { code: "upstream_unreachable", message: "Nobody listens there." },
      },
      { connection: "never", error: { code: "upstream_unreachable" } },
    ]);
    expect((await mcpClient(team, { path: "/mcp/c/never" })("tools/list")).result).toMatchObject({
      tools: [],
      _meta: { "io.plugboard/unavailable": [{ connection: "never" }] },
    });
  });

  it("leaves out what is quarantined or disabled, and brings it back", async () => {
    const team = await createTeam();
    const kept = (await connectServer(team, { name: "Kept", url: healthy() })).body;
    await connectServer(team, { name: "Off", url: env.FIXTURE_URL });
    const mcp = mcpClient(team);
    await team.ask("/api/v1/connections/off", { method: "PATCH", body: { disabled: true } });
    const probe = { name: "probe", description: "Now it does something else.", inputSchema };
    await new Promise((wake) => setTimeout(wake, 2));
    await offer(team, kept, { tools: [probe, { name: "new", inputSchema }] });
    expect((await allTools(mcp)).map(({ name }) => name)).toEqual(["kept__new"]);
    expect((await mcp("prompts/list")).result.prompts).toEqual([]);
    expect((await mcp("resources/list")).result.resources).toEqual([]);
    expect((await mcp("resources/read", { uri: "off+test://static-text" })).error).toMatchObject({
      data: { code: "not_found" },
    });
    const held = await mcp("tools/call", { name: "kept__probe", arguments: {} });
    expect(held.result).toMatchObject({
      isError: true,
      _meta: { "io.plugboard/error": { code: "tool_quarantined" } },
    });
    await team.ask("/api/v1/connections/off", { method: "PATCH", body: { disabled: false } });
    expect((await mcp("prompts/list")).result.prompts.length).toBeGreaterThan(0);
  });

  it("survives one server's malformed definitions", async () => {
    const team = await createTeam();
    const server = (await connectServer(team, { name: "Odd", url: healthy() })).body;
    await offer(team, server, {
      tools: [{ name: "t", title: 7, inputSchema: {} }],
      resources: [{ uri: "a://b" }],
      prompts: [{ name: "p", arguments: "none" }],
    });
    const mcp = mcpClient(team);
    expect(await allTools(mcp)).toEqual([{ name: "odd__t", inputSchema }]);
    expect((await mcp("resources/list")).result.resources).toEqual([
      { uri: "a://b", name: "a://b" },
    ]);
    expect((await mcp("prompts/list")).result.prompts).toEqual([{ name: "odd__p" }]);
  });
});

describe("names", () => {
  const odd = [
    "plain",
    "with.dots",
    "with/slashes/in.it",
    "with_dots",
    "größe",
    "日本語",
    "🔧",
    "two words",
    "a__b",
    "__proto__",
    "constructor",
    "x".repeat(128),
    `${"x".repeat(127)}y`,
    "tool-with-dashes_and_underscores",
    "CaSe",
    "case",
    "line\nbreak",
  ];

  it("are what model APIs take, at most 48 characters, each its own, and lead back to the server's own", async () => {
    const team = await createTeam();
    const server = (
      await connectServer(team, { name: "A rather long name of a server", url: healthy() })
    ).body;
    await offer(team, server, {
      tools: odd.map((name) => ({ name, description: name, inputSchema })),
    });
    const mcp = mcpClient(team, { env: { PLUGBOARD_USER_PER_MINUTE: "0" } });
    const listed = await allTools(mcp);
    expect(listed.map(({ description }) => description)).toEqual(odd);
    expect(new Set(listed.map(({ name }) => name)).size).toBe(odd.length);
    for (const { name, description } of listed) {
      expect(name).toMatch(/^[A-Za-z0-9_-]{1,48}$/);
      expect(name.startsWith(`${server.slug}__`)).toBe(true);
      const { result } = await mcp("tools/call", { name, arguments: { text: "hi" } });
      expect(result.content[0].text).toBe(`${description}: hi`);
    }
    const direct = mcpClient(team, {
      path: `/mcp/c/${server.slug}`,
      env: { PLUGBOARD_USER_PER_MINUTE: "0" },
    });
    expect((await allTools(direct)).map(({ name }) => name)).toEqual(odd);
    for (const name of ["with/slashes/in.it", "日本語", "line\nbreak"])
      expect(
        (await direct("tools/call", { name, arguments: { text: "hi" } })).result.content[0].text,
      ).toBe(`${name}: hi`);
  });

  it("of the same tool, prompt, resource and template in two connections stay apart", async () => {
    const team = await createTeam();
    await connectServer(team, { name: "One" });
    await connectServer(team, { name: "Two", url: env.LEGACY_FIXTURE_URL });
    const mcp = mcpClient(team, { env: { PLUGBOARD_USER_PER_MINUTE: "0" } });
    const whoami = async (name: string) =>
      JSON.parse((await mcp("tools/call", { name, arguments: {} })).result.content[0].text).host;
    expect(await whoami("one__whoami")).toBe(new URL(env.FIXTURE_URL).host);
    expect(await whoami("two__whoami")).toBe(new URL(env.LEGACY_FIXTURE_URL).host);

    const prompts = (await mcp("prompts/list")).result.prompts.map(
      ({ name }: { name: string }) => name,
    );
    expect(prompts).toEqual(
      expect.arrayContaining(["one__test_simple_prompt", "two__test_simple_prompt"]),
    );
    for (const name of ["one__test_simple_prompt", "two__test_simple_prompt"])
      expect((await mcp("prompts/get", { name })).result.messages).toHaveLength(1);

    const uris = (await mcp("resources/list")).result.resources.map(
      ({ uri }: { uri: string }) => uri,
    );
    expect(uris).toEqual(expect.arrayContaining(["test://static-text", "two+test://static-text"]));
    const templates = (await mcp("resources/templates/list")).result.resourceTemplates;
    expect(templates.map(({ uriTemplate }: { uriTemplate: string }) => uriTemplate)).toEqual([
      "test://template/{id}/data",
      "two+test://template/{id}/data",
    ]);
    // Both servers know the same URIs: who answered stands in the record.
    const reads = [
      ["test://static-text", "one", "test://static-text"],
      ["two+test://static-text", "two", "test://static-text"],
      ["test://template/5/data", "one", "test://template/5/data"],
      ["two+test://template/5/data", "two", "test://template/5/data"],
      ["one+test://template/6/data", "one", "test://template/6/data"],
    ] as const;
    for (const [uri, slug, own] of reads) {
      const { result } = await mcp("resources/read", { uri });
      expect(result.contents[0].uri).toBe(own);
      await expect
        .poll(async () => (await team.ask("/api/v1/executions?limit=1")).body.items[0])
        .toMatchObject({ connectionSlug: slug, name: own });
    }
    const completed = await mcp("completion/complete", {
      ref: { type: "ref/resource", uri: "two+test://template/{id}/data" },
      argument: { name: "id", value: "12" },
    });
    expect(completed.result.completion.values).toEqual(["123", "124"]);
  });

  it("a URI goes to the template that says most of it, whoever offers it", async () => {
    const team = await createTeam();
    const greedy = (await connectServer(team, { name: "Greedy", url: healthy() })).body;
    const exact = (await connectServer(team, { name: "Exact", url: healthy() })).body;
    await offer(team, greedy, { resourceTemplates: [{ uriTemplate: "{+any}", name: "all" }] });
    await offer(team, exact, { resourceTemplates: [{ uriTemplate: "doc://{id}", name: "doc" }] });
    const mcp = mcpClient(team);
    const asked = async (uri: string) => {
      await mcp("resources/read", { uri });
      const { connectionSlug, name } =
        (await team.ask("/api/v1/executions?limit=1")).body.items[0] ?? {};
      return { connectionSlug, name };
    };
    await expect.poll(() => asked("doc://7")).toEqual({ connectionSlug: "exact", name: "doc://7" });
    await expect
      .poll(() => asked("else://7"))
      .toEqual({ connectionSlug: "greedy", name: "else://7" });
    await expect
      .poll(() => asked("exact+else://7"))
      .toEqual({ connectionSlug: "exact", name: "else://7" });
  });
});
