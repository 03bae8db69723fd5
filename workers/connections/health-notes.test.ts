import { expect, it } from "vitest";
import { createTeam, type TestTeam } from "../testing/team";
import { scriptedServer } from "./scripted-server";

const down = { NET: { fetch: () => Promise.reject(new Error("down")) } as unknown as Fetcher };

async function connected(): Promise<{
  team: TestTeam;
  up: Partial<Env>;
  call: (env: Partial<Env>) => Promise<unknown>;
  status: () => Promise<unknown>;
}> {
  const team = await createTeam();
  const { env: up, url } = scriptedServer({
    tools: [{ name: "echo", inputSchema: { type: "object" } }],
  });
  const body = { connector: "mcp", name: "Mine", config: { url } };
  const { id } = (await team.ask("/api/v1/connections", { body, env: up })).body;
  const [tool] = (await team.ask("/api/v1/tools")).body.items;
  return {
    team,
    up,
    call: async (env) =>
      (await team.ask(`/api/v1/tools/${tool.id}/call`, { body: { arguments: {} }, env })).status,
    status: async () => {
      const { status, lastError } = (await team.ask(`/api/v1/connections/${id}`)).body;
      return [status, lastError?.code ?? null];
    },
  };
}

it("a call that cannot reach the server marks its connection, and one that does, right after, clears the mark", async () => {
  const { call, status, up } = await connected();
  expect(await call(down)).toBe(502);
  expect(await status()).toEqual(["error", "upstream_unreachable"]);
  expect(await call(up)).toBe(200);
  expect(await status()).toEqual(["connected", null]);
});

it("a server that answers with an error is no connection in error", async () => {
  const { call, status } = await connected();
  const failing = {
    NET: { fetch: async () => new Response("", { status: 500 }) } as unknown as Fetcher,
  };
  expect(await call(failing)).toBe(502);
  expect(await status()).toEqual(["connected", null]);
});
