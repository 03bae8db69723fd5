import { env } from "cloudflare:workers";
import { drizzle } from "drizzle-orm/d1";
import { eq } from "drizzle-orm";
import { expect, it } from "vitest";
import { connectServer, createTeam, toolNamed } from "../testing/team";
import { offers, tools } from "../tools/tables";

it("removes the connection, its tools, what else it offered, and its secret; the rest stays", async () => {
  const team = await createTeam();
  const { body: gone } = await connectServer(team, {
    name: "Gone",
    headers: { "x-api-key": "sesame-4f9a81" },
  });
  const { body: stays } = await connectServer(team, {
    name: "Stays",
    headers: { "x-api-key": "sesame-77aa01" },
  });
  const tool = await toolNamed(team, "echo");
  await team.ask(`/api/v1/tools/${tool.id}/call`, { body: { arguments: { message: "hi" } } });

  const removed = await team.ask(`/api/v1/connections/${gone.slug}`, { method: "DELETE" });
  expect([removed.status, removed.text]).toEqual([204, ""]);

  const db = drizzle(env.DB);
  expect(await db.select().from(tools).where(eq(tools.connectionId, gone.id))).toEqual([]);
  expect(await db.select().from(offers).where(eq(offers.connectionId, gone.id))).toEqual([]);
  const { keys } = await env.TOKENS.list({ prefix: `t/${team.id}/c/` });
  expect(keys).toHaveLength(1);
  expect((await team.ask(`/api/v1/connections/${gone.id}`)).status).toBe(404);
  expect((await team.ask(`/api/v1/connections/${gone.id}`, { method: "DELETE" })).status).toBe(404);
  expect((await team.ask("/api/v1/connections")).body.items).toEqual([stays]);
  expect((await team.ask("/api/v1/tools?limit=200")).body.items).toHaveLength(stays.counts.tools);
  expect(
    (await team.ask(`/api/v1/tools/${tool.id}/call`, { body: { arguments: { message: "hi" } } }))
      .status,
  ).toBe(404);
  await expect
    .poll(async () => (await team.ask("/api/v1/executions")).body.items, { timeout: 2000 })
    .toMatchObject([{ name: "echo" }]);
  const { body: audit } = await team.ask("/api/v1/audit");
  expect(audit.items[0]).toMatchObject({
    action: "connection.delete",
    subjectId: gone.id,
    before: { name: "Gone" },
    after: null,
  });
});
