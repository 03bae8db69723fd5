import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { drizzle } from "drizzle-orm/d1";
import { eq } from "drizzle-orm";
import { afterAll, expect, it } from "vitest";
import { losing } from "../testing/losing";
import { offerConnector } from "../testing/offer-connector";
import {
  forgetAll,
  renewingConnection,
  renewingConnector,
  type Renewing,
} from "../testing/renewing";
import { connectServer, createTeam, toolNamed } from "../testing/team";
import { offers, tools } from "../tools/tables";

const connector = "renewing-end";
offerConnector(renewingConnector(connector));
afterAll(() => forgetAll(connector));

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
    .poll(async () => (await team.ask("/api/v1/executions")).body.items)
    .toMatchObject([{ name: "echo" }]);
  const { body: audit } = await team.ask("/api/v1/audit");
  expect(audit.items[0]).toMatchObject({
    action: "connection.delete",
    subjectId: gone.id,
    before: { name: "Gone" },
    after: null,
  });
});

const keptBy = ({ session }: Renewing) =>
  runInDurableObject(session, async (_, { storage }) => [...(await storage.list()).keys()]);

const ends = { deleted: ["DELETE", ""], revoked: ["POST", "/revoke"] } as const;
it.each([
  ["deleted", "though the team's gate is away", losing("TEAM_GATE", "bump", 100)],
  ["revoked", "though the team's gate is away", losing("TEAM_GATE", "bump", 100)],
  ["deleted", "though its session is away at first", losing("CONNECTION_SESSION", "forget", 2)],
  ["revoked", "though its session is away at first", losing("CONNECTION_SESSION", "forget", 2)],
] as const)("of what is %s nothing stays, %s", async (how, _, faulty) => {
  const at = await renewingConnection(connector, { endsInMs: 3_600_000 });
  const [method, end] = ends[how];
  const path = `/api/v1/connections/${at.id}${end}`;
  const { status } = await at.team.ask(path, { method, env: faulty });
  // Whoever did it hears that calls may go on for a while.
  expect(status < 300).toBe(!("TEAM_GATE" in faulty));
  await expect.poll(() => at.revoked()).toBe(1);
  expect(await at.versions()).toEqual([]);
  expect(await keptBy(at)).toEqual([]);
});

it("a key in the place of a token leaves nothing in its session, though the team's gate is away", async () => {
  const at = await renewingConnection(connector, { endsInMs: 3_600_000 });
  await at.session.token({ teamId: at.team.id, connectionId: at.id });
  await at.change({ connector: "mcp", authMethod: "headers" });
  at.server.script.instead = () => undefined;
  const answer = await at.team.ask(`/api/v1/connections/${at.id}`, {
    method: "PATCH",
    body: { config: { headers: { "x-api-key": "a-key-of-the-test" } } },
    env: { ...at.settings, ...losing("TEAM_GATE", "bump", 100) },
  });
  expect(answer.status, answer.text).toBe(500);
  expect(await at.row()).toMatchObject({ refreshes: false, headerNames: ["x-api-key"] });
  expect(await keptBy(at)).toEqual([]);
});
