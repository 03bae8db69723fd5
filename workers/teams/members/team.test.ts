import { createExecutionContext, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { createTeamKey, openSecret } from "../../credentials";
import type { Context } from "../../platform/context";
import hub from "../../index";
import type { TeamLedger } from "../../ledger";
import { giveRole, makeRole } from "../../testing/people";
import {
  askHub,
  connectServer,
  createTeam,
  signIn,
  toolNamed,
  type TestTeam,
} from "../../testing/team";

let owner: TestTeam;
const nameOf = ({ id }: TestTeam) => `Team ${id}`;
beforeEach(async () => {
  owner = await createTeam();
});

const change = (by: TestTeam, body: object) => by.ask("/api/v1/team", { method: "PATCH", body });
const remove = (by: TestTeam, name = nameOf(by)) =>
  by.ask("/api/v1/team", { method: "DELETE", body: { name } });
const withFactor = async ({ keyId, id }: TestTeam) => {
  await env.DB.prepare("UPDATE api_keys SET second_factor_at = 1 WHERE id = ?").bind(keyId).run();
  await env.TEAM_GATE.getByName(id).bump();
};

/** How many rows each table has of a team. Every table that names teams is asked. */
async function rowsOf(teamId: string): Promise<Record<string, number>> {
  const { results } = await env.DB.prepare(
    "SELECT name, sql FROM sqlite_master WHERE type = 'table'",
  ).all<{ name: string; sql: string }>();
  const named = results.filter(({ sql }) => /\bteam_id\b/.test(sql)).map(({ name }) => name);
  const counts = await Promise.all(
    [...named.map((name) => [name, "team_id"]), ["teams", "id"]].map(async ([name, column]) => [
      name,
      await env.DB.prepare(`SELECT count(*) AS n FROM "${name}" WHERE ${column} = ?`)
        .bind(teamId)
        .first("n"),
    ]),
  );
  return Object.fromEntries(counts) as Record<string, number>;
}

describe("a team", () => {
  it("says what it is, and takes another name and policy from who may manage it", async () => {
    const viewer = await owner.join("viewer");
    expect((await viewer.ask("/api/v1/team")).body).toEqual({
      id: owner.id,
      name: nameOf(owner),
      createdAt: expect.any(Number),
      sensitiveNeedsSecondFactor: false,
      recordBodies: "masked",
      counts: { members: 2 },
    });
    expect(await change(await owner.join("operator"), { name: "Mine" })).toMatchObject({
      status: 403,
    });
    expect(await change(owner, { name: "  Renamed " })).toMatchObject({
      status: 200,
      body: { name: "Renamed" },
    });
    expect((await viewer.ask("/api/v1/me")).body.team.name).toBe("Renamed");
    expect((await owner.ask("/api/v1/audit")).body.items[0]).toMatchObject({
      action: "team.update",
      before: { name: nameOf(owner) },
      after: { name: "Renamed" },
    });
  });

  it("changes its policy for whoever has shown a second factor", async () => {
    const body = { sensitiveNeedsSecondFactor: true };
    expect(await change(owner, body)).toMatchObject({
      status: 403,
      body: { error: { code: "second_factor_required" } },
    });
    await withFactor(owner);
    expect((await change(owner, body)).body.sensitiveNeedsSecondFactor).toBe(true);
    const other = await owner.join("owner");
    expect((await change(other, { sensitiveNeedsSecondFactor: false })).status).toBe(403);
    expect((await remove(other)).body.error.code).toBe("second_factor_required");
    expect((await change(other, { name: "Fine" })).status).toBe(200);
  });

  it("is made by whoever signed in, who owns it and works in it from then on", async () => {
    const viewer = await owner.join("viewer");
    const headers = await signIn(viewer);
    expect((await askHub("/api/v1/me", { headers })).body.role).toBe("viewer");
    const made = await askHub("/api/v1/teams", { body: { name: "Own" }, headers });
    expect(made).toMatchObject({ status: 201, body: { name: "Own" } });
    expect((await askHub("/api/v1/me", { headers })).body).toMatchObject({
      team: made.body,
      role: "owner",
    });
    const config = { url: env.FIXTURE_URL, headers: { Authorization: "Bearer sesame" } };
    const connected = await askHub("/api/v1/connections", {
      body: { connector: "mcp", name: "First", config },
      headers,
    });
    expect(connected.status).toBe(201);
    expect((await viewer.ask("/api/v1/teams", { body: { name: "By a key" } })).status).toBe(403);
    for (const name of ["By nobody", ""])
      expect((await askHub("/api/v1/teams", { body: { name } })).status).toBe(401);
  });

  it("is one of twenty that a person owns, however many are asked for at once", async () => {
    const headers = await signIn(owner);
    await env.DB.batch(
      Array.from({ length: 17 }, () =>
        env.DB.prepare("INSERT INTO members VALUES (?, ?, 'owner', 1)").bind(
          crypto.randomUUID(),
          owner.personId,
        ),
      ),
    );
    const answers = await Promise.all(
      Array.from({ length: 5 }, (_, n) =>
        askHub("/api/v1/teams", { body: { name: `Team ${n}` }, headers }),
      ),
    );
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([
      201, 201, 409, 409, 409,
    ]);
  });

  it("is left to itself by a session that another team's provider opened", async () => {
    const headers = await signIn(owner);
    await env.DB.prepare("UPDATE sessions SET only_team_id = team_id WHERE person_id = ?")
      .bind(owner.personId)
      .run();
    const made = await askHub("/api/v1/teams", { body: { name: "Own" }, headers });
    expect(made).toMatchObject({ status: 403, body: { error: { code: "forbidden" } } });
  });
});

/** The gates, where whoever would erase one is cut off. */
const withoutErase = {
  getByName: (name: string) => {
    const gate = env.TEAM_GATE.getByName(name);
    const cutOff = () => Promise.reject(new Error("cut off"));
    return new Proxy(gate, {
      get: (stub, method) =>
        method === "erase"
          ? cutOff
          : (...args: unknown[]) =>
              (stub as unknown as Record<PropertyKey, (...all: unknown[]) => unknown>)[method]?.(
                ...args,
              ),
    });
  },
} as unknown as Env["TEAM_GATE"];

/** The ledger's alarm rings when all it has to do is due. */
async function ringLater(ledger: DurableObjectStub<TeamLedger>): Promise<void> {
  await runInDurableObject(ledger, (_, { storage }) => {
    storage.sql.exec("UPDATE due SET at = 0");
  });
  await runDurableObjectAlarm(ledger);
}

describe("deleting a team", () => {
  /** A team with something of everything. */
  async function furnish() {
    const { body: connection } = await connectServer(owner, {
      headers: { Authorization: "Bearer sesame" },
    });
    const tool = await toolNamed(owner, "echo");
    const member = await owner.join("member");
    await owner.ask(`/api/v1/connections/${connection.id}/access`, {
      method: "PUT",
      body: { restricted: true, roles: ["viewer"], people: [], needsSecondFactor: false },
    });
    await makeRole(owner, ["tools.read"]);
    await owner.ask("/api/v1/invitations", {
      body: { email: `gone-${owner.id}@example.com`, role: "viewer" },
    });
    await env.DB.prepare("INSERT INTO audit_anchors VALUES (?, 1, 'x')").bind(owner.id).run();
    const call = await owner.ask(`/api/v1/tools/${tool.id}/call`, {
      body: { arguments: { message: "hi" } },
    });
    return { connection, member, tool, execution: call.body.execution.id as string };
  }

  const stored = async () => {
    const { keys } = await env.TOKENS.list({ prefix: `t/${owner.id}/` });
    return new Map(
      await Promise.all(
        keys.map(async ({ name }) => [name, (await env.TOKENS.get(name)) ?? ""] as const),
      ),
    );
  };

  it("takes its name, repeated, from an owner", async () => {
    const admin = await owner.join("admin");
    expect((await remove(admin, nameOf(owner))).body.error.code).toBe("forbidden");
    for (const name of ["", "Another", owner.id])
      expect((await remove(owner, name)).body.error).toMatchObject({
        code: "invalid_input",
        details: { field: "body.name" },
      });
    expect((await owner.ask("/api/v1/me")).status).toBe(200);
  });

  it("leaves no row, no record of a call and no secret", async () => {
    const { member, execution } = await furnish();
    const session = await signIn(member);
    expect((await askHub("/api/v1/me", { headers: session })).status).toBe(200);
    await expect
      .poll(async () => (await owner.ask(`/api/v1/executions/${execution}`)).status)
      .toBe(200);
    const before = await rowsOf(owner.id);
    for (const table of ["teams", "members", "connections", "tools", "audit_entries", "sessions"])
      expect(before[table], table).toBeGreaterThan(0);
    expect((await remove(owner)).status).toBe(204);
    const after = await rowsOf(owner.id);
    expect(Object.keys(after).length).toBeGreaterThan(12);
    expect(Object.entries(after).filter(([, rows]) => rows !== 0)).toEqual([]);
    expect((await stored()).size).toBe(0);
    for (const object of [env.TEAM_LEDGER.getByName(owner.id), env.TEAM_GATE.getByName(owner.id)])
      await runInDurableObject(object as never, (_: unknown, { storage }: DurableObjectState) => {
        const tables = storage.sql
          .exec<{ name: string }>(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND substr(name, 1, 1) <> '_'",
          )
          .toArray();
        expect(tables.length).toBeGreaterThan(2);
        for (const { name } of tables)
          expect(storage.sql.exec(`SELECT * FROM "${name}"`).toArray(), name).toEqual([]);
      });
    for (const who of [owner, member]) {
      expect((await who.ask("/api/v1/me")).status).toBe(401);
      expect(
        (await who.ask("/mcp", { body: { jsonrpc: "2.0", id: 1, method: "ping" } })).status,
      ).toBe(401);
    }
    expect((await askHub("/api/v1/me", { headers: session })).body.error.code).toBe("no_team");
  });

  it("destroys the key: sealed records that are put back do not open", async () => {
    const { connection } = await furnish();
    const row = await env.DB.prepare(
      "SELECT credential_id, credential_version FROM connections WHERE id = ?",
    )
      .bind(connection.id)
      .first<{ credential_id: string; credential_version: number }>();
    const ref = { id: row?.credential_id ?? "", version: row?.credential_version ?? 0 };
    const ctx = { env, teamId: owner.id } as unknown as Context;
    expect(await openSecret(ctx, ref)).toEqual({ Authorization: "Bearer sesame" });
    const copies = await stored();
    await remove(owner);
    const sealed = [...copies].filter(([name]) => !name.endsWith("/data-key"));
    expect(sealed.length).toBeGreaterThan(0);
    for (const [name, record] of sealed) await env.TOKENS.put(name, record);
    await expect(openSecret(ctx, ref)).rejects.toMatchObject({ code: "unavailable" });
    // Nor with the key of a team that would be made under the same id.
    await createTeamKey(env, owner.id);
    await expect(openSecret(ctx, ref)).rejects.toMatchObject({ code: "internal" });
  });

  it("ends open pages, and members go on in their other team", async () => {
    const member = await owner.join("member");
    const elsewhere = await createTeam();
    await env.DB.prepare("INSERT INTO members VALUES (?, ?, 'viewer', 1)")
      .bind(elsewhere.id, member.personId)
      .run();
    const session = await signIn(member);
    const request = new Request("http://127.0.0.1/api/v1/live", {
      headers: { upgrade: "websocket", ...session },
    });
    const { webSocket: socket } = await hub.fetch(request, env, createExecutionContext());
    const closed: number[] = [];
    socket?.addEventListener("close", ({ code }) => closed.push(code));
    socket?.accept();
    await remove(owner);
    await expect.poll(() => closed).toEqual([4401]);
    expect((await askHub("/api/v1/me", { headers: session })).body).toMatchObject({
      team: { id: elsewhere.id },
      role: "viewer",
    });
  });

  it("is not undone by what an isolate remembers of a team that was never changed", async () => {
    expect((await owner.ask("/api/v1/me")).status).toBe(200);
    await env.DB.batch([
      env.DB.prepare("DELETE FROM members WHERE team_id = ?").bind(owner.id),
      env.DB.prepare("DELETE FROM teams WHERE id = ?").bind(owner.id),
    ]);
    await env.TEAM_GATE.getByName(owner.id).erase();
    expect((await owner.ask("/api/v1/me")).status).toBe(401);
  });

  it("is done to the end by the ledger where it was interrupted after the rows", async () => {
    vi.spyOn(console, "error").mockImplementation(() => undefined);
    const { execution } = await furnish();
    const ledger = env.TEAM_LEDGER.getByName(owner.id);
    await expect.poll(() => ledger.get(execution)).not.toBeNull();
    const epoch = await env.TEAM_GATE.getByName(owner.id).epoch();
    const cut = await owner.ask("/api/v1/team", {
      method: "DELETE",
      body: { name: nameOf(owner) },
      env: { TEAM_GATE: withoutErase },
    });
    expect(cut.status).toBe(500);
    expect(Object.values(await rowsOf(owner.id)).filter((rows) => rows !== 0)).toEqual([]);
    expect(await ledger.get(execution)).not.toBeNull();
    await ringLater(ledger);
    expect(await ledger.get(execution)).toBeNull();
    expect(await env.TEAM_GATE.getByName(owner.id).epoch()).toBeGreaterThan(epoch);
    vi.restoreAllMocks();
  });

  it("takes nothing from a team that stayed, because its deletion was interrupted before", async () => {
    const { execution } = await furnish();
    const ledger = env.TEAM_LEDGER.getByName(owner.id);
    await expect.poll(() => ledger.get(execution)).not.toBeNull();
    await ledger.expectDeletion(owner.id);
    await ringLater(ledger);
    expect(await ledger.get(execution)).not.toBeNull();
    expect((await owner.ask("/api/v1/me")).status).toBe(200);
  });

  it("writes nothing down any more of a call that ends later", async () => {
    await furnish();
    await remove(owner);
    const ledger = env.TEAM_LEDGER.getByName(owner.id);
    await ledger.record(owner.id, [
      {
        executionId: "exe_late",
        intent: JSON.stringify({ connectionId: "con_1", startedAt: 1 }),
        arguments: null,
        notes: [],
        outcome: null,
        result: null,
      },
    ]);
    expect(await ledger.get("exe_late")).toBeNull();
  });
});

it("does not let a custom role with team.delete in another team's name do anything here", async () => {
  const other = await createTeam();
  const destroyer = await other.join("member");
  await giveRole(destroyer, await makeRole(other, ["team.delete"]));
  expect((await remove(destroyer, nameOf(owner))).body.error.code).toBe("invalid_input");
  expect((await owner.ask("/api/v1/me")).status).toBe(200);
  expect((await remove(destroyer, nameOf(other))).status).toBe(204);
});
