import { env } from "cloudflare:workers";
import { createScheduledController } from "cloudflare:test";
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { newId } from "../../shared/ids";
import { scheduled } from "../crons";
import { offerConnector } from "../testing/offer-connector";
import { connectServer, createTeam } from "../testing/team";
import { forgetStatements } from "../tools";
import { removeDeparted } from "./departed.cron";
import { remindOfRotation, warnOfEnds } from "./renew.cron";
import {
  forgetAll,
  losePatience,
  renewingConnection,
  renewingConnector,
  type Renewing,
} from "../testing/renewing";
import { scriptedServer } from "./scripted-server";

const connector = "renewing-life";
offerConnector(renewingConnector(connector));
const living = { endsInMs: 3_600_000 };
const day = 24 * 60 * 60_000;

const post = (at: Renewing, what: string) =>
  at.team.ask(`/api/v1/connections/${at.id}/${what}`, { method: "POST" });

const everyFiveMinutes = () =>
  scheduled(createScheduledController({ cron: "*/5 * * * *", scheduledTime: new Date() }), env);

// What others left behind is looked at too.
beforeEach(() => losePatience(1000));
afterEach(() => vi.restoreAllMocks());
afterAll(() => forgetAll(connector));

describe("a connection whose token the hub renews", () => {
  it("has a new one when somebody asks for it, and shows when it was used last", async () => {
    const at = await renewingConnection(connector, living);
    expect(await at.show()).toMatchObject({ lastUsedAt: null });
    const { status, body } = await post(at, "refresh");
    expect(status).toBe(200);
    expect(body).toMatchObject({ id: at.id, status: "connected" });
    expect((await at.row()).credentialVersion).toBe(2);
    const before = Date.now();
    expect((await at.call()).status).toBe(200);
    await expect
      .poll(async () => (await at.show()).lastUsedAt)
      .toBeGreaterThanOrEqual(before - 1000);
    const { items } = (await at.team.ask("/api/v1/connections")).body;
    expect(items[0].lastUsedAt).toBeGreaterThanOrEqual(before - 1000);
  });

  it("is renewed ahead of its use, and one that has time left is not", async () => {
    const [soon, later] = [
      await renewingConnection(connector, { endsInMs: 8 * 60_000 }),
      await renewingConnection(connector, living),
    ];
    await everyFiveMinutes();
    await expect.poll(async () => (await soon.row()).credentialVersion).toBe(2);
    expect(await later.refreshes()).toBe(0);
    expect((await soon.call()).status).toBe(200);
    expect(await soon.refreshes()).toBe(1);
  });

  it("whose access is taken back has its token ended at the vendor, destroyed here, and runs nothing", async () => {
    const at = await renewingConnection(connector, living);
    await at.call();
    const { status, body } = await post(at, "revoke");
    expect(status).toBe(200);
    expect(body).toMatchObject({
      vendor: "confirmed",
      connection: { id: at.id, status: "revoked", auth: { refreshes: false, fieldNames: [] } },
    });
    expect(await at.revoked()).toBe(1);
    expect(await at.versions()).toEqual([]);
    expect((await at.call()).body.error).toMatchObject({
      code: "connection_needs_auth",
      message: expect.stringContaining("Reconnect"),
    });
    expect((await at.session.token({ teamId: at.team.id, connectionId: at.id })).ok).toBe(false);
    expect((await post(at, "refresh")).body.error.code).toBe("conflict");
    const entries = (await at.team.ask(`/api/v1/audit?subject=${at.id}`)).body.items;
    expect(entries.map(({ action }: { action: string }) => action)).toEqual(
      expect.arrayContaining(["connection.revoke", "credential.open"]),
    );
  });

  it("whose vendor cannot be told is revoked all the same, and says so", async () => {
    const at = await renewingConnection(connector, living);
    await at.control("PATCH", "", { misbehave: { revoke: { how: "500" } } });
    expect((await post(at, "revoke")).body).toMatchObject({
      vendor: "failed",
      connection: { status: "revoked" },
    });
    expect(await at.versions()).toEqual([]);
  });

  it("is told of at the vendor when it is deleted", async () => {
    const at = await renewingConnection(connector, living);
    await at.team.ask(`/api/v1/connections/${at.id}`, { method: "DELETE" });
    expect(await at.revoked()).toBe(1);
    expect(await at.versions()).toEqual([]);
    expect((await at.session.token({ teamId: at.team.id, connectionId: at.id })).ok).toBe(false);
  });

  it("leaves nothing open when it is deleted", async () => {
    const at = await renewingConnection(connector);
    await at.control("POST", "/revoke");
    await at.call();
    expect(await at.notices()).toMatchObject([{ settled: false }]);
    await at.team.ask(`/api/v1/connections/${at.id}`, { method: "DELETE" });
    expect(await at.notices()).toMatchObject([{ settled: true }]);
  });
});

describe("a key that the hub cannot renew", () => {
  async function withKey(expiresInMs: number | null) {
    const team = await createTeam();
    const server = scriptedServer({ tools: [{ name: "echo", inputSchema: { type: "object" } }] });
    const { body } = await team.ask("/api/v1/connections", {
      body: {
        connector: "mcp",
        name: "Keyed",
        config: { url: server.url, headers: { authorization: "Bearer a-key-of-the-test" } },
      },
      env: server.env,
    });
    if (expiresInMs !== null)
      await env.DB.prepare("UPDATE connections SET expires_at = ?, rotated_at = ? WHERE id = ?")
        .bind(Date.now() + expiresInMs, Date.now() - 90 * day, body.id)
        .run();
    const path = `/api/v1/connections/${body.id}`;
    const [tool] = (await team.ask("/api/v1/tools")).body.items;
    return {
      team,
      server,
      path,
      show: async () => (await team.ask(path)).body,
      call: () =>
        team.ask(`/api/v1/tools/${tool.id}/call`, { body: { arguments: {} }, env: server.env }),
      notices: async () => (await team.ask("/api/v1/notices")).body.items,
    };
  }

  it("shows that it was refused, and a call finds out that it is taken again", async () => {
    const at = await withKey(null);
    at.server.script.instead = () => new Response("", { status: 401 });
    expect((await at.call()).body.error.code).toBe("upstream_unauthorized");
    await expect
      .poll(() => at.show())
      .toMatchObject({
        status: "error",
        errorCount: 1,
        lastError: { code: "upstream_unauthorized" },
      });
    at.server.script.instead = () => undefined;
    expect((await at.call()).status).toBe(200);
    await expect.poll(() => at.show()).toMatchObject({ status: "connected", errorCount: 0 });
  });

  it("that is refused again and again needs somebody, and they hear of it", async () => {
    const at = await withKey(null);
    at.server.script.instead = () => new Response("", { status: 401 });
    for (let time = 0; time < 3; time++)
      await at.team.ask(`${at.path}/test`, { method: "POST", env: at.server.env });
    expect(await at.show()).toMatchObject({ status: "needs_reauth" });
    expect(await at.notices()).toMatchObject([{ kind: "connection.needs_reauth" }]);
    at.server.script.instead = () => undefined;
    await at.team.ask(`${at.path}/test`, { method: "POST", env: at.server.env });
    expect(await at.show()).toMatchObject({ status: "connected" });
    expect(await at.notices()).toMatchObject([{ settled: true }]);
  });

  it("is another matter once another took its place", async () => {
    const at = await withKey(3 * day);
    await warnOfEnds(env, Date.now());
    expect(await at.notices()).toMatchObject([{ settled: false }]);
    const headers = { authorization: "Bearer another-key-of-the-test" };
    const body = { config: { headers } };
    expect((await at.team.ask(at.path, { method: "PATCH", body, env: at.server.env })).status).toBe(
      200,
    );
    expect(await at.show()).toMatchObject({ status: "connected" });
    expect(await at.notices()).toMatchObject([{ settled: true }]);
  });

  it("is not in doubt where a server refuses one thing", async () => {
    const at = await withKey(null);
    at.server.script.instead = () => new Response("", { status: 403 });
    expect((await at.call()).status).toBe(502);
    expect(await at.show()).toMatchObject({ status: "connected" });
  });

  it("is shown to expire before it does, then to need a sign-in, with a notice each", async () => {
    const at = await withKey(3 * day);
    await warnOfEnds(env, Date.now());
    expect(await at.show()).toMatchObject({ status: "expiring" });
    expect(await at.notices()).toMatchObject([{ kind: "connection.expiring" }]);
    expect((await at.call()).status).toBe(200);
    await warnOfEnds(env, Date.now());
    expect(await at.notices()).toHaveLength(1);
    await env.DB.prepare(
      "UPDATE connections SET expires_at = ? WHERE name = 'Keyed' AND team_id = ?",
    )
      .bind(Date.now() - 1, at.team.id)
      .run();
    await warnOfEnds(env, Date.now());
    expect(await at.show()).toMatchObject({ status: "needs_reauth" });
    expect((await at.notices()).map(({ kind }: { kind: string }) => kind)).toEqual([
      "connection.needs_reauth",
      "connection.expiring",
    ]);
  });

  it.each([["before"], ["after"]])(
    "stays in use where a test works after its end, %s it is shown to have ended",
    async (when) => {
      const at = await withKey(3 * day);
      const later = Date.now() + 4 * day;
      await warnOfEnds(env, Date.now());
      if (when === "after") {
        await warnOfEnds(env, later);
        expect(await at.show()).toMatchObject({ status: "needs_reauth" });
      }
      await env.DB.prepare("UPDATE connections SET expires_at = ? WHERE team_id = ?")
        .bind(Date.now() - 1, at.team.id)
        .run();
      const test = await at.team.ask(`${at.path}/test`, { method: "POST", env: at.server.env });
      expect(test.body.ok, test.text).toBe(true);
      expect(await at.show()).toMatchObject({ status: "expiring" });
      const heard = await at.notices();
      for (const time of [Date.now(), later]) await warnOfEnds(env, time);
      expect(await at.show()).toMatchObject({ status: "expiring" });
      expect(await at.notices()).toEqual(heard);
      expect((await at.call()).status).toBe(200);
      const dead = heard.filter(({ kind }: { kind: string }) => kind === "connection.needs_reauth");
      for (const notice of dead) expect(notice).toMatchObject({ settled: true });
    },
  );

  it("is to be replaced after so many days: its people hear once", async () => {
    const team = await createTeam();
    const { body } = await connectServer(team, { headers: { "x-api-key": "a-key-of-the-test" } });
    await team.ask(`/api/v1/connections/${body.id}`, {
      method: "PATCH",
      body: { rotateEveryDays: 30 },
    });
    await remindOfRotation(env, Date.now());
    expect((await team.ask("/api/v1/notices")).body.items).toEqual([]);
    await env.DB.prepare("UPDATE connections SET rotated_at = ? WHERE id = ?")
      .bind(Date.now() - 31 * day, body.id)
      .run();
    await remindOfRotation(env, Date.now());
    await remindOfRotation(env, Date.now());
    const { items } = (await team.ask("/api/v1/notices")).body;
    expect(items).toMatchObject([{ kind: "connection.rotation_due", subjectId: body.id }]);
  });
});

it("what one person's own was goes with them, at the vendor too", async () => {
  const at = await renewingConnection(connector, living);
  const member = await at.team.join("member");
  await at.change({ ownerId: member.personId });
  await at.team.ask(`/api/v1/members/${member.personId}`, { method: "DELETE" });
  expect(await env.DB.prepare("SELECT id FROM connections WHERE id = ?").bind(at.id).first()).toBe(
    null,
  );
  expect(await at.versions()).toEqual([]);
  await expect.poll(() => at.revoked()).toBe(1);
});

it("what somebody left behind whose leaving was cut off goes with the next daily round", async () => {
  const at = await renewingConnection(connector, living);
  await at.change({ ownerId: newId("per") });
  await removeDeparted(env, Date.now(), forgetStatements);
  expect(await env.DB.prepare("SELECT id FROM connections WHERE id = ?").bind(at.id).first()).toBe(
    null,
  );
  expect(await at.versions()).toEqual([]);
});
