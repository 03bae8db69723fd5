import { env } from "cloudflare:workers";
import { drizzle } from "drizzle-orm/d1";
import { and, eq } from "drizzle-orm";
import { beforeEach, expect, it } from "vitest";
import type { Role } from "../../shared/roles";
import { members } from "../teams/tables";
import { connectServer, createTeam, toolNamed, type TestTeam } from "../testing/team";

// What an isolate remembers of a team may be old. No call may be decided by it, neither let through nor refused.
let team: TestTeam;
let caller: TestTeam;
let echo: { id: string };

const call = async (who = caller) =>
  (await who.ask(`/api/v1/tools/${echo.id}/call`, { body: { arguments: { message: "hi" } } }))
    .status;

async function setRole(who: TestTeam, role: Role): Promise<void> {
  const { personId, id } = who;
  await drizzle(env.DB)
    .update(members)
    .set({ role })
    .where(and(eq(members.personId, personId), eq(members.teamId, id)));
  await env.TEAM_GATE.getByName(id).bump();
}

beforeEach(async () => {
  team = await createTeam();
  await connectServer(team);
  echo = await toolNamed(team, "echo");
  caller = await team.join("member");
});

it("takes a call as soon as its connection is enabled again", async () => {
  expect(await call()).toBe(200);
  const disable = (disabled: boolean) =>
    team.ask("/api/v1/connections/fixture", { method: "PATCH", body: { disabled } });
  await disable(true);
  expect(await call()).toBe(409);
  await disable(false);
  expect(await call()).toBe(200);
});

it("takes a call as soon as its caller's role allows it, and refuses it as soon as it does not", async () => {
  const viewer = await team.join("viewer");
  expect(await call(viewer)).toBe(403);
  await setRole(viewer, "member");
  expect(await call(viewer)).toBe(200);
  await setRole(viewer, "viewer");
  expect(await call(viewer)).toBe(403);
});

it("takes a call of a tool that has just come back", async () => {
  expect(await call()).toBe(200);
  await env.DB.prepare("UPDATE tools SET pending_hash = 'h' WHERE id = ?").bind(echo.id).run();
  await env.TEAM_GATE.getByName(team.id).bump();
  expect(await call()).toBe(409);
  await env.DB.prepare("UPDATE tools SET pending_hash = NULL WHERE id = ?").bind(echo.id).run();
  await env.TEAM_GATE.getByName(team.id).bump();
  expect(await call()).toBe(200);
});

it("uses a time limit as soon as it is set", async () => {
  const sleep = await toolNamed(team, "sleep");
  const nap = () =>
    caller.ask(`/api/v1/tools/${sleep.id}/call`, { body: { arguments: { ms: 300 } } });
  expect((await nap()).status).toBe(200);
  await team.ask(`/api/v1/tools/${sleep.id}`, { method: "PATCH", body: { timeoutMs: 100 } });
  expect((await nap()).status).toBe(504);
});

it("refuses a tool as soon as its connection is gone", async () => {
  expect(await call()).toBe(200);
  await team.ask("/api/v1/connections/fixture", { method: "DELETE" });
  expect(await call()).toBe(404);
});
