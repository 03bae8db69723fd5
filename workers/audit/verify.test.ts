import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import type { AuditVerdict } from "../../shared/contracts/audit";
import { registryOf } from "../platform/registry";
import { createTeam, type TestTeam } from "../testing/team";
import { hashOf, origin, type AuditRow } from "./chain";
import { record } from "./record";

let team: TestTeam;
beforeEach(async () => {
  team = await createTeam();
  await write(12);
});

async function write(count: number): Promise<void> {
  for (let n = 0; n < count; n++)
    await record(
      {
        env,
        db: registryOf(env),
        teamId: team.id,
        actor: { kind: "system", id: "test", personId: null },
        address: "203.0.113.7",
        userAgent: null,
        requestId: "req_1",
        now: Date.now(),
      },
      { action: "test.change", subjectId: "con_1", details: { n }, after: { name: "ü" } },
    );
}
const verify = async (after = 0): Promise<AuditVerdict> =>
  (await team.ask("/api/v1/audit/verify", { body: { after } })).body;
const sql = (query: string) => env.DB.prepare(query.replaceAll("TEAM", `'${team.id}'`)).run();
const rows = async () =>
  (
    await env.DB.prepare("SELECT * FROM audit_entries WHERE team_id = ? ORDER BY seq")
      .bind(team.id)
      .all<Record<string, any>>()
  ).results;

/** Writes the chain anew from an entry on, as somebody would who knows how it is made. */
async function rewriteFrom(seq: number, details: string): Promise<void> {
  let previous = origin(team.id).hash;
  for (const row of await rows()) {
    if (row["seq"] === seq) row["details"] = details;
    const hash = row["seq"] < seq ? row["hash"] : await hashOf(previous, toRow(row));
    await env.DB.prepare("UPDATE audit_entries SET details = ?, hash = ? WHERE id = ?")
      .bind(row["details"], hash, row["id"])
      .run();
    previous = hash;
  }
}

const toRow = (row: Record<string, any>): AuditRow =>
  ({
    ...row,
    teamId: row["team_id"],
    actorKind: row["actor_kind"],
    actorId: row["actor_id"],
    personId: row["person_id"],
    subjectId: row["subject_id"],
    requestId: row["request_id"],
    userAgent: row["user_agent"],
  }) as unknown as AuditRow;

describe("a log that nobody touched", () => {
  it("is whole, from its beginning to its end", async () => {
    expect(await verify()).toEqual({
      ok: true,
      checked: 12,
      from: 0,
      to: 12,
      done: true,
      fault: null,
    });
    expect(await verify(7)).toMatchObject({ ok: true, checked: 5, from: 7, to: 12 });
    expect(await verify(12)).toMatchObject({ ok: true, checked: 0, done: true });
  });

  it("of a team without an entry is whole too", async () => {
    const empty = await createTeam();
    const { body } = await empty.ask("/api/v1/audit/verify", { body: {} });
    expect(body).toMatchObject({ ok: true, checked: 0, done: true });
  });

  it("is checked by whoever may read it, and changed by that in nothing", async () => {
    const before = await rows();
    await verify();
    expect(await rows()).toEqual(before);
    const member = await team.join("member");
    expect((await member.ask("/api/v1/audit/verify", { body: {} })).status).toBe(403);
  });
});

describe("what was done to the log is found and named:", () => {
  it.each([
    ["details", `'{"n":99}'`],
    ["at", "at + 1"],
    ["person_id", "'per_other'"],
    ["person_id", "''"],
    ["address", "NULL"],
    ["before", `'{}'`],
    ["action", "'test.other'"],
    ["actor_kind", "'apiKey'"],
    ["id", "'aud_other'"],
    ["hash", "'00'"],
  ])("a changed %s", async (column, value) => {
    await sql(`UPDATE audit_entries SET ${column} = ${value} WHERE team_id = TEAM AND seq = 5`);
    const [row] = (await rows()).filter(({ seq }) => seq === 5);
    expect(await verify()).toMatchObject({
      ok: false,
      to: 4,
      fault: { seq: 5, id: row?.["id"], reason: expect.stringContaining("Entry 5") },
    });
  });

  it("a deleted entry, and the first of several", async () => {
    await sql("DELETE FROM audit_entries WHERE team_id = TEAM AND seq = 5");
    expect((await verify()).fault).toEqual({ seq: 5, id: null, reason: "Entry 5 is missing." });
    await sql("DELETE FROM audit_entries WHERE team_id = TEAM AND seq BETWEEN 3 AND 6");
    expect((await verify()).fault?.reason).toBe("The entries 3 to 6 are missing.");
  });

  it("two entries in each other's place", async () => {
    await sql("UPDATE audit_entries SET seq = -seq WHERE team_id = TEAM AND seq IN (5, 9)");
    await sql("UPDATE audit_entries SET seq = 14 + seq WHERE team_id = TEAM AND seq < 0");
    expect((await verify()).fault).toMatchObject({ seq: 5 });
  });

  it("an entry put in between", async () => {
    await sql("UPDATE audit_entries SET seq = -seq - 1 WHERE team_id = TEAM AND seq > 4");
    await sql("UPDATE audit_entries SET seq = -seq WHERE team_id = TEAM AND seq < 0");
    await sql(
      `INSERT INTO audit_entries SELECT 'aud_new' || team_id, team_id, 5, at, actor_kind, actor_id, person_id, action, subject_id,
       request_id, address, user_agent, details, before, after, hash FROM audit_entries WHERE team_id = TEAM AND seq = 4`,
    );
    expect((await verify()).fault).toMatchObject({ seq: 5, id: `aud_new${team.id}` });
  });

  it("the newest entries cut off, all of them too", async () => {
    await sql("DELETE FROM audit_entries WHERE team_id = TEAM AND seq > 9");
    expect(await verify()).toMatchObject({
      ok: false,
      to: 9,
      done: true,
      fault: { seq: 10, id: null, reason: "The entries 10 to 12 are missing." },
    });
    await sql("DELETE FROM audit_entries WHERE team_id = TEAM");
    expect((await verify()).fault?.reason).toBe("The entries 1 to 12 are missing.");
  });

  it("the oldest cut off as if for their age", async () => {
    const [third] = (await rows()).filter(({ seq }) => seq === 3);
    await sql("DELETE FROM audit_entries WHERE team_id = TEAM AND seq <= 3");
    expect((await verify()).fault?.reason).toBe("The entries 1 to 3 are missing.");
    await sql(`INSERT INTO audit_anchors VALUES (TEAM, 3, '${third?.["hash"]}')`);
    expect((await verify()).fault?.reason).toBe("The entries 1 to 3 are missing.");
  });

  it("a tail written anew with right hashes, even once the log has grown over it", async () => {
    await rewriteFrom(8, '{"n":99}');
    expect((await verify()).fault).toMatchObject({
      seq: 8,
      reason: expect.stringContaining("not the one"),
    });
    await write(3);
    expect((await verify()).fault).toMatchObject({ seq: 8 });
  });

  it("the newest entry replaced by another", async () => {
    await sql("DELETE FROM audit_entries WHERE team_id = TEAM AND seq = 12");
    await write(1);
    expect((await verify()).fault).toMatchObject({ seq: 12 });
  });
});

it("the hash of an entry is the one the documentation describes", async () => {
  const [first] = await rows();
  const text = JSON.stringify([
    `plugboard-audit ${team.id}`,
    team.id,
    1,
    first?.["id"],
    first?.["at"],
    "system",
    "test",
    null,
    "test.change",
    "con_1",
    "req_1",
    "203.0.113.7",
    null,
    '{"n":0}',
    null,
    '{"name":"ü"}',
  ]);
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  expect(Buffer.from(digest).toString("hex")).toBe(first?.["hash"]);
});
