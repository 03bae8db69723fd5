import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { AuditPage, type AuditEntry } from "../../shared/contracts/audit";
import { connectServer, createTeam, toolNamed, type TestTeam } from "../testing/team";

const secret = "sk-live-canary-5d1c7a9e3b";
let team: TestTeam;
beforeEach(async () => {
  team = await createTeam();
});

async function entries(query = ""): Promise<AuditEntry[]> {
  return AuditPage.parse((await team.ask(`/api/v1/audit${query}`)).body).items;
}

describe("every change leaves an entry that says who did what", () => {
  it("over a connection's life", async () => {
    const headers = { authorization: `Bearer ${secret}`, "x-tenant": secret };
    const { body: created } = await connectServer(team, { headers });
    const tool = await toolNamed(team, "echo");
    const path = `/api/v1/connections/${created.id}`;
    const asked = [
      await team.ask(path, { method: "PATCH", body: { name: "Renamed" } }),
      await team.ask(path, {
        method: "PATCH",
        body: { config: { headers: { "x-new": `${secret}2` } } },
      }),
      await team.ask(`${path}/sync`, { method: "POST" }),
      await team.ask(`/api/v1/tools/${tool.id}`, { method: "PATCH", body: { timeoutMs: 1234 } }),
      await team.ask(path, { method: "DELETE" }),
    ];
    for (const { status, text } of asked) expect(status, text).toBeLessThan(300);
    const written = (await entries()).filter(({ action }) => action !== "credential.open");
    expect(written.map(({ action, subjectId }) => `${action} ${subjectId}`)).toEqual([
      `connection.delete ${created.id}`,
      `tool.update ${tool.id}`,
      `connection.sync ${created.id}`,
      `connection.update ${created.id}`,
      `connection.update ${created.id}`,
      `connection.create ${created.id}`,
    ]);
    for (const entry of written)
      expect(entry.actor).toEqual({ kind: "apiKey", id: team.keyId, personId: team.personId });
    expect(written.slice(0, 5).map(({ requestId }) => requestId)).toEqual(
      asked.toReversed().map((answer) => answer.headers.get("x-request-id")),
    );
    expect(written[1]).toMatchObject({
      before: { timeoutMs: 30_000 },
      after: { timeoutMs: 1234 },
    });
    expect(written[5]).toMatchObject({
      before: null,
      after: { headerNames: ["authorization", "x-tenant"] },
    });
  });

  it("and every opening of a credential outside a call says what for", async () => {
    await connectServer(team, { headers: { authorization: `Bearer ${secret}` } });
    const path = "/api/v1/connections/fixture";
    await team.ask(`${path}/test`, { method: "POST" });
    await team.ask(`${path}/sync`, { method: "POST" });
    await team.ask(path, { method: "PATCH", body: { config: { url: env.LEGACY_FIXTURE_URL } } });
    const opened = await entries("?action=credential.open");
    expect(opened.map(({ details }) => details["reason"])).toEqual(["update", "sync", "test"]);
    expect(opened[0]?.details).toMatchObject({ credentialId: expect.any(String), version: 1 });
  });

  it("but reading, calling and being refused leave none", async () => {
    await connectServer(team);
    const before = await entries();
    const viewer = await team.join("viewer");
    const echo = await toolNamed(team, "echo");
    await team.ask("/api/v1/connections");
    await team.ask(`/api/v1/tools/${echo.id}/call`, { body: { arguments: { message: "hi" } } });
    await team.ask("/api/v1/connections/fixture/test", { method: "POST" });
    await viewer.ask("/api/v1/connections/fixture", { method: "DELETE" });
    await team.ask("/api/v1/connections/fixture", { method: "PATCH", body: { name: "" } });
    await team.ask("/api/v1/connections/nobody", { method: "DELETE" });
    expect(await entries()).toEqual(before);
  });
});

it("holds no secret, in no form", async () => {
  const headers = { authorization: `Bearer ${secret}` };
  await connectServer(team, { headers });
  await team.ask("/api/v1/connections/fixture", {
    method: "PATCH",
    body: { config: { headers: { "x-key": secret } } },
  });
  const { results } = await env.DB.prepare("SELECT * FROM audit_entries WHERE team_id = ?")
    .bind(team.id)
    .all();
  expect(results).toHaveLength(2);
  for (const form of [secret, btoa(secret).slice(0, 20), team.apiKey, team.apiKey.slice(9)])
    expect(JSON.stringify(results)).not.toContain(form);
});

describe("entry and change are one batch", () => {
  const count = (table: string) =>
    env.DB.prepare(`SELECT count(*) n FROM ${table} WHERE team_id = ?`).bind(team.id).first("n");

  it("so that a change that fails leaves no entry", async () => {
    await connectServer(team);
    const before = await entries();
    const taken = await connectServer(team);
    expect(taken.status).toBe(409);
    expect(await entries()).toEqual(before);
  });

  it("so that nothing is changed where the entry cannot be written", async () => {
    await connectServer(team);
    const echo = await toolNamed(team, "echo");
    const refuse = `CREATE TRIGGER refuse_audit BEFORE INSERT ON audit_entries WHEN NEW.team_id = '${team.id}'
      BEGIN SELECT RAISE(ABORT, 'no audit'); END`;
    await env.DB.prepare(refuse).run();
    try {
      const before = [
        await count("connections"),
        await count("tools"),
        (await team.ask(`/api/v1/tools/${echo.id}`)).text,
      ];
      const attempts = [
        await connectServer(team, { name: "Another" }),
        await team.ask("/api/v1/connections/fixture", {
          method: "PATCH",
          body: { name: "Renamed" },
        }),
        await team.ask("/api/v1/connections/fixture/sync", { method: "POST" }),
        await team.ask(`/api/v1/tools/${echo.id}`, { method: "PATCH", body: { timeoutMs: 1234 } }),
        await team.ask("/api/v1/connections/fixture", { method: "DELETE" }),
      ];
      for (const { status, text } of attempts) {
        expect(status).toBe(500);
        expect(text).not.toContain("no audit");
      }
      expect([
        await count("connections"),
        await count("tools"),
        (await team.ask(`/api/v1/tools/${echo.id}`)).text,
      ]).toEqual(before);
      expect((await team.ask("/api/v1/connections/fixture")).body.name).toBe("Fixture");
    } finally {
      await env.DB.prepare("DROP TRIGGER refuse_audit").run();
    }
  });
});

describe("the list", () => {
  it("pages without gap or duplicate, newest first", async () => {
    await connectServer(team);
    for (let n = 0; n < 5; n++)
      await team.ask("/api/v1/connections/fixture", { method: "PATCH", body: { name: `N ${n}` } });
    const all = await entries();
    expect(all).toHaveLength(6);
    const seen: string[] = [];
    for (let cursor = ""; ;) {
      const page = (await team.ask(`/api/v1/audit?limit=2${cursor}`)).body;
      seen.push(...page.items.map(({ id }: AuditEntry) => id));
      if (page.nextCursor === null) break;
      cursor = `&cursor=${page.nextCursor}`;
    }
    expect(seen).toEqual(all.map(({ id }) => id));
    expect(all.map(({ at }) => at)).toEqual(all.map(({ at }) => at).toSorted((a, b) => b - a));
  });

  it("shows a team nothing of another, whatever the cursor", async () => {
    await connectServer(team);
    const [own] = await entries();
    const other = await createTeam();
    for (const query of [
      "",
      `?cursor=aud~${own?.seq}`,
      "?cursor=aud~999999",
      `?subject=${own?.subjectId}`,
    ])
      expect((await other.ask(`/api/v1/audit${query}`)).body).toMatchObject({
        items: [],
        nextCursor: null,
      });
    for (const cursor of [own?.id, own?.seq, "zzz", "-1", "aud~1e3", `aud~${"9".repeat(30)}`])
      expect((await other.ask(`/api/v1/audit?cursor=${cursor}`)).body.error).toMatchObject({
        code: "invalid_input",
        message:
          "query.cursor: is not the nextCursor of an earlier page of this list. Leave it out to begin anew.",
      });
  });

  it.each([
    { role: "operator" as const, status: 200 },
    { role: "member" as const, status: 403 },
  ])("answers a $role with $status", async ({ role, status }) => {
    expect((await (await team.join(role)).ask("/api/v1/audit")).status).toBe(status);
  });
});
