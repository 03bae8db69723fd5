import { expect, it } from "vitest";
import { createTeam } from "../testing/team";
import { scriptedServer } from "./scripted-server";

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

it.each(["limit=0", "limit=201", "limit=x", "limit=1.5"])("refuses a page of %s", async (query) => {
  const { status, body } = await (await createTeam()).ask(`/api/v1/connections?${query}`);
  expect([status, body.error.code]).toEqual([400, "invalid_input"]);
});
