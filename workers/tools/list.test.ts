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
  for (const [name, tools] of Object.entries(lists)) {
    const server = scriptedServer({ tools });
    const { body } = await team.ask("/api/v1/connections", {
      body: { connector: "mcp", name, config: { url: server.url } },
      env: server.env,
    });
    ids[name] = body.id;
  }
  const list = async (query: string) => (await team.ask(`/api/v1/tools?${query}`)).body;
  const names = async (query: string): Promise<string[]> =>
    (await list(query)).items.map((item: { name: string }) => item.name).sort();
  return { team, ids, list, names };
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
    annotations,
    status: "available",
    pending: null,
    timeoutMs: 30_000,
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
