import { drizzle } from "drizzle-orm/d1";
import { env } from "cloudflare:workers";
import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { createTeam } from "../testing/team";
import { scriptedServer } from "./scripted-server";
import { connections } from "./tables";

it("lists connections oldest first, page by page, each once", async () => {
  const team = await createTeam();
  const server = scriptedServer({ tools: [] });
  const names = ["one", "two", "three", "four", "five"];
  for (const name of names)
    await team.ask("/api/v1/connections", {
      body: { connector: "mcp", name, config: { url: server.url } },
      env: server.env,
    });
  const found: string[] = [];
  const sizes: number[] = [];
  for (let cursor = ""; ;) {
    const { body } = await team.ask(
      `/api/v1/connections?limit=2${cursor === "" ? "" : `&cursor=${cursor}`}`,
    );
    found.push(...body.items.map(({ name }: { name: string }) => name));
    sizes.push(body.items.length);
    if (body.nextCursor === null) break;
    cursor = body.nextCursor;
  }
  expect(found).toEqual(names);
  expect(sizes).toEqual([2, 2, 1]);
  expect((await team.ask("/api/v1/connections?limit=5")).body.nextCursor).toBeNull();
});

describe("the list, of three connections", () => {
  async function three() {
    const team = await createTeam();
    const servers = { "Git Hub": "github.com/mcp", Mail: "mail.acme.com/mcp", Ärzte: "acme.com/A" };
    for (const [name, address] of Object.entries(servers))
      await team.ask("/api/v1/connections", {
        body: {
          connector: "mcp",
          name,
          config: { url: `https://${address}` },
          allowUnreachable: true,
        },
        env: scriptedServer({ tools: [] }).env,
      });
    const list = async (query: string): Promise<string[]> =>
      (await team.ask(`/api/v1/connections?${query}`)).body.items.map(
        ({ name }: { name: string }) => name,
      );
    return { team, list };
  }

  it.each<[string, string[]]>([
    ["hub", ["Git Hub"]],
    ["GIT hub", ["Git Hub"]],
    ["git-hub", ["Git Hub"]],
    ["git mail", []],
    ["ACME", ["Mail", "Ärzte"]],
    ["acme.com mail", ["Mail"]],
    ["Ärzte", ["Ärzte"]],
    ["%", []],
    ["_", []],
    ["'", []],
    ["  ", ["Git Hub", "Mail", "Ärzte"]],
    ["x".repeat(100), []],
  ])("for the query %j holds %j", async (query, names) => {
    const { list } = await three();
    expect(await list(`query=${encodeURIComponent(query)}`)).toEqual(names);
  });

  it("holds those of one state, page by page", async () => {
    const { team, list } = await three();
    await team.ask("/api/v1/connections/mail", { method: "PATCH", body: { disabled: true } });
    const down = { NET: { fetch: () => Promise.reject(new Error("down")) } as unknown as Fetcher };
    await team.ask("/api/v1/connections/git-hub/sync", { method: "POST", env: down });
    expect(await list("status=connected")).toEqual(["Ärzte"]);
    expect(await list("status=disabled")).toEqual(["Mail"]);
    expect(await list("status=error")).toEqual(["Git Hub"]);
    expect(await list("status=error&query=mail")).toEqual([]);
    const first = (await team.ask("/api/v1/connections?query=acme&limit=1")).body;
    expect(await list(`query=acme&limit=1&cursor=${first.nextCursor}`)).toEqual(["Ärzte"]);
  });
});

it("shows of a server's icons those that ask nobody, and its website if it is https", async () => {
  const team = await createTeam();
  const png = "data:image/png;base64,iVBORw0KGgo=";
  const create = async (name: string, serverInfo: Record<string, unknown>) => {
    const server = scriptedServer({ tools: [], serverInfo });
    const { body } = await team.ask("/api/v1/connections", {
      body: { connector: "mcp", name, config: { url: server.url } },
      env: server.env,
    });
    return (await team.ask(`/api/v1/connections/${body.id}`)).body;
  };
  const good = await create("Good", {
    websiteUrl: "https://acme.com/docs",
    icons: [{ src: "https://acme.com/i.png" }, { src: png, sizes: ["48x48", "huge", 7] }],
  });
  expect(good.server).toMatchObject({
    websiteUrl: "https://acme.com/docs",
    icons: [{ src: png, mimeType: "image/png", sizes: ["48x48"] }],
  });
  for (const websiteUrl of ["http://acme.com", "javascript:alert(1)", "https://u:p@acme.com", 7])
    expect((await create(`Site ${String(websiteUrl)}`, { websiteUrl })).server).toMatchObject({
      websiteUrl: null,
      icons: [],
    });

  // A row as it was written before servers had icons.
  const { icons: _icons, websiteUrl: _site, ...older } = good.server;
  await drizzle(env.DB)
    .update(connections)
    .set({ server: { ...older, keepsSessions: false } })
    .where(eq(connections.id, good.id));
  expect((await team.ask(`/api/v1/connections/${good.id}`)).body.server).toEqual({
    ...older,
    icons: [],
    websiteUrl: null,
  });
});

it.each([
  "limit=0",
  "limit=201",
  "limit=x",
  "limit=1.5",
  "status=gone",
  `query=${"x".repeat(101)}`,
])("refuses a page of %s", async (query) => {
  const { status, body } = await (await createTeam()).ask(`/api/v1/connections?${query}`);
  expect([status, body.error.code]).toEqual([400, "invalid_input"]);
});
