import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import {
  connectServer,
  createTeam,
  type TestAnswer,
  type TestRequest,
  type TestTeam,
} from "../testing/team";
import { scriptedServer, type Script } from "./scripted-server";

const tool = (name: string, more: object = {}) => ({
  name,
  inputSchema: { type: "object" },
  ...more,
});
const old = { authorization: "Bearer old-secret-1" };
const fresh = { "x-api-key": "new-secret-22" };
const secretsOf = async (team: TestTeam) =>
  (await env.TOKENS.list({ prefix: `t/${team.id}/c/` })).keys.map(({ name }) => name);

/** A team with a server connected, which lets in whoever brings `old` or `fresh`. */
async function connected(script: Partial<Script> = {}) {
  const team = await createTeam();
  const server = scriptedServer({
    tools: [tool("echo"), tool("other")],
    instead: (_message, headers) =>
      headers.get("authorization") === old.authorization ||
      headers.get("x-api-key") === fresh["x-api-key"]
        ? undefined
        : new Response("", { status: 401 }),
    ...script,
  });
  const ask = (path: string, init: TestRequest = {}) =>
    team.ask(path, { ...init, env: { ...server.env, ...init.env } });
  const { body } = await ask("/api/v1/connections", {
    body: { connector: "mcp", name: "Mine", config: { url: server.url, headers: old } },
  });
  const path = `/api/v1/connections/${body.id}`;
  return {
    team,
    server,
    body,
    path,
    ask,
    patch: (change: unknown) => ask(path, { method: "PATCH", body: change }),
    read: async () => (await ask(path)).body,
    call: async (name = "echo"): Promise<TestAnswer> => {
      const { items } = (await ask("/api/v1/tools")).body;
      const { id } = items.find((item: { name: string }) => item.name === name);
      return ask(`/api/v1/tools/${id}/call`, { body: { arguments: {} } });
    },
  };
}

describe("a new name", () => {
  it("keeps the slug and all that depends on it, and asks the server nothing", async () => {
    const { patch, body, server, read, call } = await connected();
    const before = server.asked.length;
    const renamed = await patch({ name: "Yours" });
    expect(renamed.status).toBe(200);
    expect(renamed.body).toEqual({ ...body, name: "Yours", updatedAt: expect.any(Number) });
    expect(await read()).toEqual(renamed.body);
    expect(server.asked).toHaveLength(before);
    expect((await call()).body.execution.status).toBe("succeeded");
  });

  it("that is taken is refused, one's own is not", async () => {
    const { patch, ask, server, read } = await connected();
    await ask("/api/v1/connections", {
      body: { connector: "mcp", name: "Taken", config: { url: server.url, headers: old } },
    });
    expect((await patch({ name: "Taken" })).body.error).toMatchObject({
      code: "conflict",
      details: { field: "name" },
    });
    expect((await read()).name).toBe("Mine");
    expect((await patch({ name: "Mine" })).status).toBe(200);
  });

  it("given by two at once, to two connections, goes to one", async () => {
    const { patch, ask, server } = await connected();
    const other = await ask("/api/v1/connections", {
      body: { connector: "mcp", name: "Other", config: { url: server.url, headers: old } },
    });
    const answers = await Promise.all([
      patch({ name: "Wanted" }),
      ask(`/api/v1/connections/${other.body.id}`, { method: "PATCH", body: { name: "Wanted" } }),
    ]);
    expect(answers.map(({ status }) => String(status)).toSorted()).toEqual(["200", "409"]);
  });

  it("given while somebody replaces the credential takes nothing of it back", async () => {
    const { patch, read, call } = await connected();
    await Promise.all([
      patch({ config: { headers: fresh } }),
      patch({ name: "Renamed" }),
      patch({ name: "Renamed again" }),
    ]);
    expect((await read()).config.headerNames).toEqual(["x-api-key"]);
    expect((await call()).body.execution.status).toBe("succeeded");
  });
});

describe("a new credential", () => {
  it("is tried, used from then on, and the old one destroyed", async () => {
    const { team, patch, server, call } = await connected();
    const [before] = await secretsOf(team);
    const { status, body, text } = await patch({ config: { headers: fresh } });
    expect(status).toBe(200);
    expect(body.config).toEqual({ url: server.url, transport: "auto", headerNames: ["x-api-key"] });
    expect(text).not.toContain("secret-22");
    expect((await call()).body.execution.status).toBe("succeeded");
    expect(server.asked.at(-1)?.headers.get("x-api-key")).toBe("new-secret-22");
    expect(server.asked.at(-1)?.headers.get("authorization")).toBeNull();
    const after = await secretsOf(team);
    expect(after).toHaveLength(1);
    expect(after[0]).not.toBe(before);
  });

  it("that the server refuses changes nothing, and the old one still works", async () => {
    const { team, patch, read, call, body } = await connected();
    const before = await secretsOf(team);
    const refused = await patch({
      name: "Changed?",
      config: { headers: { authorization: "Bearer wrong-secret" } },
    });
    expect(refused.status).toBe(502);
    expect(refused.body.error.code).toBe("upstream_unauthorized");
    expect(refused.text).not.toContain("wrong-secret");
    expect(await read()).toEqual(body);
    expect(await secretsOf(team)).toEqual(before);
    expect((await call()).body.execution.status).toBe("succeeded");
  });

  it("of nothing removes the old one", async () => {
    const { team, patch, server, call } = await connected({ instead: () => undefined });
    expect((await patch({ config: { headers: null } })).body.config.headerNames).toEqual([]);
    expect(await secretsOf(team)).toEqual([]);
    await call();
    expect(server.asked.at(-1)?.headers.get("authorization")).toBeNull();
    expect((await patch({ config: { headers: fresh } })).body.config.headerNames).toEqual([
      "x-api-key",
    ]);
    expect(await secretsOf(team)).toHaveLength(1);
  });

  it("given by two at once leaves one that works", async () => {
    const { patch, call, read } = await connected();
    const answers = await Promise.all([
      patch({ config: { headers: fresh } }),
      patch({ config: { headers: old } }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect((await read()).config.headerNames).toHaveLength(1);
    expect((await call()).body.execution.status).toBe("succeeded");
  });
});

describe("a new address", () => {
  it("is tried with the stored credential, and its listing taken over", async () => {
    const { patch, server, ask } = await connected();
    const moved = await patch({ config: { url: `${server.url}/v2` } });
    expect(moved.body).toMatchObject({
      status: "connected",
      config: { url: `${server.url}/v2`, headerNames: ["authorization"] },
    });
    expect((await ask("/api/v1/tools")).body.items).toHaveLength(2);
  });

  it.each<[string, object, number, string]>([
    ["leads where the hub does not go", { url: "https://10.0.0.1/mcp" }, 400, "outbound_refused"],
    ["is no URL", { url: "javascript:alert(1)" }, 400, "invalid_input"],
    ["does not answer", { url: "https://scripted.acme.com/mcp" }, 502, "upstream_unreachable"],
    [
      "cannot be reached by the transport asked for",
      { transport: "sse" },
      502,
      "upstream_unreachable",
    ],
  ])("that %s changes nothing", async (_what, config, status, code) => {
    const { team, path, body, read, call } = await connected();
    const down = { NET: { fetch: () => Promise.reject(new Error("down")) } as unknown as Fetcher };
    const refused = await team.ask(path, {
      method: "PATCH",
      body: { name: "Changed?", config },
      env: down,
    });
    expect([refused.status, refused.body.error.code]).toEqual([status, code]);
    expect(await read()).toEqual(body);
    expect((await call()).body.execution.status).toBe("succeeded");
  });

  it("with the same tools keeps their ids; other tools come and go", async () => {
    const { patch, server, ask } = await connected();
    const ids = async () =>
      Object.fromEntries(
        (await ask("/api/v1/tools")).body.items.map(
          ({ name, id }: { name: string; id: string }) => [name, id],
        ),
      );
    const before = await ids();
    server.script.tools = [tool("new"), tool("echo")];
    await patch({ config: { url: `${server.url}/v2` } });
    const after = await ids();
    expect(Object.keys(after).sort()).toEqual(["echo", "new"]);
    expect(after["echo"]).toBe(before["echo"]);
  });
});

describe("disabling", () => {
  it("stops calls, tests and syncs from reaching the server, until it is enabled and tried", async () => {
    const { patch, path, ask, call, server, read } = await connected();
    expect((await patch({ disabled: true })).body.status).toBe("disabled");
    const before = server.asked.length;
    expect((await call()).body.error.code).toBe("connection_disabled");
    expect((await ask(`${path}/sync`, { method: "POST" })).body.error.code).toBe(
      "connection_disabled",
    );
    expect((await ask("/api/v1/tools")).body.items).toMatchObject([
      { status: "unavailable" },
      { status: "unavailable" },
    ]);
    expect(server.asked).toHaveLength(before);
    expect((await patch({ name: "Still off" })).body.status).toBe("disabled");
    server.script.tools = [tool("echo")];
    expect((await patch({ disabled: false })).body).toMatchObject({
      status: "connected",
      counts: { tools: 1 },
    });
    expect((await call()).body.execution.status).toBe("succeeded");
    expect((await read()).status).toBe("connected");
  });

  it("needs neither the server nor the credential", async () => {
    const { team, path } = await connected();
    for (const name of await secretsOf(team)) await env.TOKENS.delete(name);
    const down = { NET: { fetch: () => Promise.reject(new Error("down")) } as unknown as Fetcher };
    const { body } = await team.ask(path, { method: "PATCH", body: { disabled: true }, env: down });
    expect(body.status).toBe("disabled");
  });

  it("lets address and credential be changed unseen, and enabling tells whether they are right", async () => {
    const { patch } = await connected();
    await patch({ disabled: true });
    expect(
      (await patch({ config: { headers: { authorization: "Bearer wrong-secret" } } })).status,
    ).toBe(200);
    const enabled = await patch({ disabled: false });
    expect(enabled.body).toMatchObject({
      status: "error",
      lastError: { code: "upstream_unauthorized" },
    });
  });

  it("stands when a sync that was under way ends later", async () => {
    let answer = () => {};
    const waits = new Promise<void>((resolve) => (answer = resolve));
    let held = false;
    const { patch, path, ask, read, server } = await connected();
    server.script.instead = async ({ method }) => {
      if (method === "tools/list" && held) await waits;
      return undefined;
    };
    held = true;
    const syncing = ask(`${path}/sync`, { method: "POST" });
    await expect.poll(() => server.asked.at(-1)?.method).toBe("tools/list");
    await patch({ disabled: true });
    answer();
    expect((await syncing).status).toBe(200);
    expect((await read()).status).toBe("disabled");
  });
});

describe("what is asked for", () => {
  it.each<[string, unknown]>([
    ["body", {}],
    ["body", { slug: "mine" }],
    ["body", { status: "connected" }],
    ["body.name", { name: "" }],
    ["body.disabled", { disabled: "yes" }],
    ["body.config", { config: { credentialId: "crd_x" } }],
    ["body.config.url", { config: { url: "no url" } }],
    ["body.config.headers.Host", { config: { headers: { Host: "x" } } }],
  ])("is refused by the name of %s", async (field, change) => {
    const { patch, read, body } = await connected();
    const refused = await patch(change);
    expect(refused.body.error).toMatchObject({ code: "invalid_input", details: { field } });
    expect(await read()).toEqual(body);
  });
});

it("is written down with what was before and after, and no secret", async () => {
  const { patch, ask, body } = await connected();
  await patch({ name: "Yours", config: { headers: fresh } });
  const { body: audit, text } = await ask("/api/v1/audit");
  expect(audit.items[0]).toMatchObject({
    action: "connection.update",
    subjectId: body.id,
    before: { name: "Mine", headerNames: ["authorization"] },
    after: { name: "Yours", headerNames: ["x-api-key"], status: "connected" },
    details: { headersReplaced: true },
  });
  expect(text).not.toMatch(/old-secret|new-secret/);
});

it("connects a real server under a new address too", async () => {
  const team = await createTeam();
  const { body } = await connectServer(team);
  const moved = await team.ask(`/api/v1/connections/${body.id}`, {
    method: "PATCH",
    body: { config: { url: env.LEGACY_FIXTURE_URL } },
  });
  expect(moved.body.server).toMatchObject({ era: "legacy" });
});
