import { env } from "cloudflare:workers";
import {
  createExecutionContext,
  createScheduledController,
  waitOnExecutionContext,
} from "cloudflare:test";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { newId } from "../../shared/ids";
import hub from "../index";
import { registryOf } from "../platform/registry";
import { createTeam, signIn, askHub, type TestTeam } from "../testing/team";
import { record } from "./record";

const day = 24 * 60 * 60_000;
let team: TestTeam;
beforeEach(async () => {
  team = await createTeam();
});

async function write(count: number, age: number): Promise<void> {
  for (let n = 0; n < count; n++)
    await record(
      {
        env,
        db: registryOf(env),
        teamId: team.id,
        actor: { kind: "system", id: "test", personId: null },
        address: null,
        userAgent: null,
        requestId: "req_1",
        now: Date.now() - age,
      },
      { action: "test.change", subjectId: "con_1" },
    );
}

async function runDaily(): Promise<void> {
  const ctx = createExecutionContext();
  await hub.scheduled(
    createScheduledController({ cron: "17 3 * * *", scheduledTime: new Date() }),
    env,
  );
  await waitOnExecutionContext(ctx);
}
const seqs = async () =>
  (await team.ask("/api/v1/audit?limit=200")).body.items.map(({ seq }: { seq: number }) => seq);
const verify = async () => (await team.ask("/api/v1/audit/verify", { body: {} })).body;
const count = (table: string, where: string) =>
  env.DB.prepare(`SELECT count(*) AS n FROM ${table} WHERE ${where}`).first("n");

describe("once a day", () => {
  it("entries past their time go, and the chain goes on from the last of them", async () => {
    await write(4, 400 * day);
    await write(3, 10 * day);
    await runDaily();
    expect(await seqs()).toEqual([7, 6, 5]);
    expect(await verify()).toMatchObject({ ok: true, from: 4, to: 7, checked: 3 });
    await write(1, 0);
    expect(await verify()).toMatchObject({ ok: true, to: 8 });
    await runDaily();
    expect(await seqs()).toEqual([8, 7, 6, 5]);
  });

  it("all of them may go, and the next entry is chained to what is gone", async () => {
    await write(3, 400 * day);
    await runDaily();
    expect(await seqs()).toEqual([]);
    await write(2, 0);
    expect(await seqs()).toEqual([5, 4]);
    expect(await verify()).toMatchObject({ ok: true, from: 3, to: 5 });
  });

  it("an old entry behind a newer one waits for that one", async () => {
    await write(2, 400 * day);
    await write(1, 10 * day);
    await write(1, 400 * day);
    await runDaily();
    expect(await seqs()).toEqual([4, 3]);
    expect(await verify()).toMatchObject({ ok: true });
  });

  it("more than one batch of them goes", async () => {
    await write(1, 400 * day);
    await env.DB.prepare(
      `INSERT INTO audit_entries SELECT 'aud_' || team_id || value, team_id, value, at, actor_kind, actor_id, person_id,
       action, subject_id, request_id, address, user_agent, details, before, after, hash
       FROM audit_entries, (WITH RECURSIVE n(value) AS (SELECT 2 UNION ALL SELECT value + 1 FROM n WHERE value < 2500) SELECT value FROM n)
       WHERE team_id = ?`,
    )
      .bind(team.id)
      .run();
    await runDaily();
    expect(await count("audit_entries", `team_id = '${team.id}'`)).toBe(0);
    expect(
      await env.DB.prepare("SELECT seq FROM audit_anchors WHERE team_id = ?")
        .bind(team.id)
        .first("seq"),
    ).toBe(2500);
  });

  it("what ended by itself is cleared, and what has not stays", async () => {
    const cookie = await signIn(team);
    const ids = { old: newId("ses"), link: newId("lnk"), fresh: newId("lnk"), mail: newId("mail") };
    const now = Date.now();
    const put = (query: string, ...values: unknown[]) =>
      env.DB.prepare(query)
        .bind(...values)
        .run();
    await put(
      "INSERT INTO sessions (id, person_id, token, created_at, updated_at, expires_at) VALUES (?, 'per_1', ?, 1, 1, ?)",
      ids.old,
      ids.old,
      now - 1,
    );
    for (const [id, expires] of [
      [ids.link, now - 8 * day],
      [ids.fresh, now - day],
    ])
      await put(
        "INSERT INTO sign_in_links VALUES (?, ?, 'per_1', ?, ?, NULL)",
        id,
        team.id,
        id,
        expires,
      );
    await put(
      "INSERT INTO outbox_mails VALUES (?, 'a@example.com', 's', 't', ?)",
      ids.mail,
      now - 31 * day,
    );
    await put("INSERT INTO spent_codes VALUES (?, ?)", ids.old, now - 32 * day);
    // A refresh token is good for thirty days, and one that was exchanged must be known for as long.
    await put("INSERT INTO spent_codes VALUES (?, ?)", ids.fresh, now - 30 * day);
    for (const [id, expires] of [
      ["inv_old", now - 91 * day],
      ["inv_new", now - day],
    ])
      await put(
        "INSERT INTO invitations (id, team_id, email, role, hash, invited_by, created_at, expires_at) VALUES (?, ?, 'a', 'member', ?, 'p', 1, ?)",
        `${id}${team.id}`,
        team.id,
        `${id}${team.id}`,
        expires,
      );
    await runDaily();
    expect(await count("sessions", `id = '${ids.old}'`)).toBe(0);
    expect((await askHub("/api/v1/me", { headers: cookie })).status).toBe(200);
    expect(await count("sign_in_links", `id = '${ids.link}'`)).toBe(0);
    expect(await count("sign_in_links", `id = '${ids.fresh}'`)).toBe(1);
    expect(await count("outbox_mails", `id = '${ids.mail}'`)).toBe(0);
    expect(await count("spent_codes", `hash = '${ids.old}'`)).toBe(0);
    expect(await count("spent_codes", `hash = '${ids.fresh}'`)).toBe(1);
    expect(await count("invitations", `team_id = '${team.id}'`)).toBe(1);
  });

  it("one job that fails keeps no other from running", async () => {
    const logged = vi.spyOn(console, "error").mockImplementation(() => undefined);
    await env.DB.prepare("INSERT INTO spent_codes VALUES ('gone', 1)").run();
    await hub.scheduled(createScheduledController({ cron: "17 3 * * *" }), {
      ...env,
      PLUGBOARD_AUDIT_DAYS: "soon",
    });
    expect(String(logged.mock.calls[0]?.[0])).toContain("cron.failed");
    logged.mockRestore();
    expect(await count("spent_codes", "hash = 'gone'")).toBe(0);
  });
});
