import { describe, expect, it } from "vitest";
import { scriptedServer } from "../connections/scripted-server";
import { createTeam } from "../testing/team";

const tool = (name: string, more: object = {}) => ({
  name,
  inputSchema: { type: "object" },
  ...more,
});

async function teamWith(lists: Record<string, ReturnType<typeof tool>[]>) {
  const team = await createTeam();
  const ids: Record<string, string> = {};
  const servers: Record<string, ReturnType<typeof scriptedServer>> = {};
  for (const [name, tools] of Object.entries(lists)) {
    const server = scriptedServer({ tools });
    servers[name] = server;
    const { body } = await team.ask("/api/v1/connections", {
      body: { connector: "mcp", name, config: { url: server.url } },
      env: server.env,
    });
    ids[name] = body.id;
  }
  const list = async (query: string) => (await team.ask(`/api/v1/tools?${query}`)).body;
  const names = async (query: string): Promise<string[]> =>
    (await list(query)).items.map((item: { name: string }) => item.name).sort();
  return { team, ids, list, names, servers };
}

it("shows a tool as its server describes it", async () => {
  const inputSchema = { type: "object", properties: { a: { type: "string" } }, required: ["a"] };
  const outputSchema = { type: "object" };
  const annotations = { readOnlyHint: true };
  const { team, list, ids } = await teamWith({
    Acme: [
      tool("full", {
        title: "Full",
        description: "All of it.",
        inputSchema,
        outputSchema,
        annotations,
      }),
      tool("bare"),
    ],
  });
  const { items } = await list("");
  const full = items.find(({ name }: { name: string }) => name === "full");
  expect(full).toEqual({
    id: expect.stringMatching(/^tool_/),
    name: "full",
    exposedName: "acme__full",
    connectionId: ids["Acme"],
    connectionSlug: "acme",
    title: "Full",
    description: "All of it.",
    inputSchema,
    outputSchema,
    icons: [],
    annotations,
    status: "available",
    pending: null,
    timeoutMs: 30_000,
    runsAgain: { safe: true, from: "hints" },
    cacheSeconds: null,
    staleSeconds: null,
    cost: 1,
  });
  expect(items).toContainEqual(
    expect.objectContaining({
      name: "bare",
      title: null,
      description: null,
      outputSchema: null,
      annotations: {},
    }),
  );
  expect((await team.ask(`/api/v1/tools/${full.id}`)).body).toEqual(full);
});

it("pages through all tools of all connections, each once", async () => {
  const many = (prefix: string) => Array.from({ length: 23 }, (_, n) => tool(`${prefix}_${n}`));
  const { list } = await teamWith({ A: many("a"), B: many("b") });
  const found: string[] = [];
  let pages = 0;
  for (let cursor: string | null = ""; cursor !== null; pages++) {
    const page: { items: { name: string }[]; nextCursor: string | null } = await list(
      `limit=10${cursor === "" ? "" : `&cursor=${cursor}`}`,
    );
    found.push(...page.items.map(({ name }) => name));
    cursor = page.nextCursor;
  }
  expect([pages, found.length, new Set(found).size]).toEqual([5, 46, 46]);
});

it("is read and changed by its id, or by its name at /mcp, in its own team only", async () => {
  const { team, list } = await teamWith({ Acme: [tool("one"), tool("two")] });
  const [one] = (await list("query=one")).items;
  const path = "/api/v1/tools/acme__one";
  expect((await team.ask(path)).body).toEqual(one);
  const changed = await team.ask(path, { method: "PATCH", body: { timeoutMs: 1000 } });
  expect(changed.body).toEqual({ ...one, timeoutMs: 1000 });
  expect((await team.ask(`/api/v1/tools/${one.id}`)).body.timeoutMs).toBe(1000);
  const { items } = (await team.ask("/api/v1/audit?limit=1")).body;
  expect(items).toMatchObject([{ action: "tool.update", subjectId: one.id }]);
  for (const name of ["one", "acme__three", "acme"])
    expect((await team.ask(`/api/v1/tools/${name}`)).status).toBe(404);
  expect((await (await createTeam()).ask(path)).status).toBe(404);
});

it("shows the title among its annotations where a tool has no other, and is found by it", async () => {
  const { list, names } = await teamWith({
    Acme: [
      tool("a", { annotations: { title: "Older title" } }),
      tool("b", { title: "Newer title", annotations: { title: "Unused" } }),
    ],
  });
  const titles = (await list("")).items.map(({ title }: { title: string }) => title);
  expect(titles.toSorted()).toEqual(["Newer title", "Older title"]);
  expect(await names("query=older")).toEqual(["a"]);
  expect(await names("query=unused")).toEqual([]);
});

it("shows only icons that hold their image themselves and can run nothing, at most four", async () => {
  const icon = (src: unknown, more: object = {}) => ({ src, ...more });
  const right = ["png", "jpeg", "webp", "gif"].map((type) => `data:image/${type};base64,AAAA`);
  const longest = "data:image/png;base64,".padEnd(32 * 1024, "A");
  const wrong = [
    "https://acme.com/i.png",
    "//acme.com/i.png",
    "data:image/svg+xml;base64,AAAA",
    "data:text/html;base64,AAAA",
    "data:image/png,AAAA",
    "data:image/png;base64,",
    "data:image/png;base64,<svg/onload=alert(1)>",
    "data:image/png;base64,AA,AA",
    "data:image/png;base64,AAAA\n",
    `${longest}A`,
    7,
    null,
  ];
  const { list } = await teamWith({
    Acme: [
      tool("a", { icons: [...wrong.map((src) => icon(src)), ...right.map((src) => icon(src))] }),
      tool("b", { icons: Array.from({ length: 9 }, () => icon(right[0])) }),
      tool("c", { icons: [icon(longest, { mimeType: "text/html", sizes: ["any", "big"] })] }),
      tool("d", { icons: "https://acme.com/i.png" }),
    ],
  });
  const { items } = await list("");
  const iconsOf = (name: string) =>
    items.find((item: { name: string }) => item.name === name).icons;
  expect(iconsOf("a").map(({ src }: { src: string }) => src)).toEqual(right);
  expect(iconsOf("a")[2]).toEqual({ src: right[2], mimeType: "image/webp" });
  expect(iconsOf("b")).toHaveLength(4);
  expect(iconsOf("c")).toEqual([{ src: longest, mimeType: "image/png", sizes: ["any"] }]);
  expect(iconsOf("d")).toEqual([]);
});

it("filters by status, together with the other filters", async () => {
  const { team, names, servers, ids } = await teamWith({
    Up: [tool("same"), tool("changed"), tool("also_same")],
    Off: [tool("off")],
  });
  await team.ask("/api/v1/connections/off", { method: "PATCH", body: { disabled: true } });
  const { script, env } = servers["Up"] ?? scriptedServer({ tools: [] });
  script.tools = script.tools.map((item) =>
    item["name"] === "changed" ? { ...item, description: "Changed." } : item,
  );
  await team.ask("/api/v1/connections/up/sync", { method: "POST", env });
  expect(await names("status=available")).toEqual(["also_same", "same"]);
  expect(await names("status=quarantined")).toEqual(["changed"]);
  expect(await names("status=unavailable")).toEqual(["off"]);
  expect(await names("status=available&query=also")).toEqual(["also_same"]);
  expect(await names(`status=unavailable&connection=${ids["Up"]}`)).toEqual([]);
  const page = (await team.ask("/api/v1/tools?status=available&limit=1")).body;
  const rest = await names(`status=available&limit=1&cursor=${page.nextCursor}`);
  expect([page.items[0].name, ...rest]).toEqual(["also_same", "same"]);
  expect((await team.ask("/api/v1/tools?status=gone")).body.error.details.field).toBe(
    "query.status",
  );
});

describe("a search", () => {
  const lists = {
    "Git Hub": [
      tool("get_issue", { description: "Reads an issue. 100% safe." }),
      tool("getXissue", { title: "Ähnlich", description: "Looks alike." }),
      tool("back\\slash", { description: 'It\'s a "quote"; DROP TABLE tools' }),
    ],
    Other: [tool("get_mail", { description: `${"long ".repeat(100)}needle` })],
  };

  it.each<[string, string[]]>([
    ["issue", ["getXissue", "get_issue"]],
    ["ISSUE reads", ["get_issue"]],
    ["reads mail", []],
    ["get_issue", ["get_issue"]],
    ["100%", ["get_issue"]],
    ["%", ["get_issue"]],
    ["_", ["get_issue", "get_mail"]],
    ["ähnlich", ["getXissue"]],
    ["\\", ["back\\slash"]],
    ["it's", ["back\\slash"]],
    ['"; drop', ["back\\slash"]],
    ["needle", ["get_mail"]],
    ["   ", ["back\\slash", "getXissue", "get_issue", "get_mail"]],
    ["x".repeat(200), []],
    [`${"a".repeat(60)} b`, []],
  ])("for %j finds %j", async (query, found) => {
    const { names } = await teamWith(lists);
    expect(await names(`query=${encodeURIComponent(query)}`)).toEqual([...found].sort());
  });

  it("keeps to one connection, by id or by slug", async () => {
    const { names, ids } = await teamWith(lists);
    expect(await names(`connection=${ids["Other"]}`)).toEqual(["get_mail"]);
    expect(await names("connection=git-hub&query=get")).toEqual(["getXissue", "get_issue"].sort());
    expect(await names("connection=none")).toEqual([]);
    expect(await names("connection=%25")).toEqual([]);
  });

  it("that is too long is refused by name", async () => {
    const { list } = await teamWith({});
    expect((await list(`query=${"x".repeat(201)}`)).error).toMatchObject({
      code: "invalid_input",
      details: { field: "query.query" },
    });
  });
});
