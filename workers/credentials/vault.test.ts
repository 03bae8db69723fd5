import { env } from "cloudflare:workers";
import { drizzle } from "drizzle-orm/d1";
import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { newId } from "../../shared/ids";
import { teams } from "../teams/tables";
import { connectServer, createTeam, type TestTeam } from "../testing/team";
import { clearOrphans } from "./clear-orphans";
import { findTeamsToRotate } from "./rotation/find-teams";
import { rotateVaults } from "./rotation/rotate-vaults";
import { putSecret } from "./store";
import { credentials } from "./tables";

const db = drizzle(env.DB);
let team: TestTeam;
beforeEach(async () => {
  team = await createTeam();
});
const secret = (name: string) =>
  team.ask("/api/v1/secrets", { body: { name, value: `value of ${name}` } });
const vault = (init = {}) => team.ask("/api/v1/vault", init);
const rotate = (body = {}) => team.ask("/api/v1/vault/rotate", { body });
const verify = (body = {}) => team.ask("/api/v1/vault/verify", { body });
const rowOf = async (subjectId: string) =>
  db.select().from(credentials).where(eq(credentials.subjectId, subjectId)).get();
const nameOf = ({ id, version }: { id: string; version: number }) =>
  `t/${team.id}/c/${id}/${version}`;

describe("the vault", () => {
  it("says which keys a team's records are sealed with", async () => {
    await secret("ONE");
    expect((await vault()).body).toEqual({
      masterKeyId: "test",
      newestMasterKeyId: "test",
      dataKeyId: "d1",
      records: 1,
      rotation: { state: "none", done: 1, total: 1, startedAt: null, finishedAt: null },
    });
    const other = { test: JSON.parse(env.PLUGBOARD_MASTER_KEYS).test, later: btoa("x".repeat(32)) };
    const settings = { PLUGBOARD_MASTER_KEYS: JSON.stringify(other) };
    expect((await vault({ env: settings })).body).toMatchObject({
      masterKeyId: "test",
      newestMasterKeyId: "later",
    });
    const lost = { PLUGBOARD_MASTER_KEYS: JSON.stringify({ later: other.later }) };
    const refused = await vault({ env: lost });
    expect(refused).toMatchObject({ status: 503, body: { error: { code: "unavailable" } } });
    expect(refused.body.error.message).toContain("master key test");
  });

  it("is rotated when asked, by the cron, in the background, and told of in the audit log", async () => {
    await secret("ONE");
    const begun = await rotate({ dataKeyId: "d1" });
    expect(begun).toMatchObject({
      status: 202,
      body: { dataKeyId: "d1", rotation: { state: "running", done: 0, total: 1 } },
    });
    const [again] = [await rotate()];
    expect(again.body.rotation.startedAt).toBe(begun.body.rotation.startedAt);
    for (const minutes of [5, 10, 30, 40]) await rotateVaults(env, Date.now() + minutes * 60_000);
    const { body } = await vault();
    expect(body).toMatchObject({ rotation: { state: "none", done: 1, total: 1 } });
    expect(body.rotation.finishedAt).toBeGreaterThan(begun.body.rotation.startedAt);
    expect(body.dataKeyId).toMatch(/^d2-/);
    const actions = (await team.ask("/api/v1/audit")).body.items.map(({ action }: any) => action);
    expect(actions.slice(0, 2)).toEqual(["vault.rotated", "vault.rotate"]);
    expect((await rotate({ dataKeyId: "d1" })).body.error.code).toBe("conflict");
  });

  it("is rotated with a second factor where the team asks for one, and by who manages the team", async () => {
    await db.update(teams).set({ sensitiveNeedsSecondFactor: true }).where(eq(teams.id, team.id));
    expect((await rotate()).body.error.code).toBe("second_factor_required");
    const operator = await team.join("operator");
    for (const [path, body] of [
      ["/api/v1/vault", undefined],
      ["/api/v1/vault/rotate", {}],
      ["/api/v1/vault/verify", {}],
    ] as const)
      expect((await operator.ask(path, { body })).status, path).toBe(403);
  });

  it("finds the teams whose keys are older than a newer master key, and looks at each once", async () => {
    await env.TOKENS.delete("vault/masters");
    const masters = { ...JSON.parse(env.PLUGBOARD_MASTER_KEYS), newer: btoa("y".repeat(32)) };
    const asked: Env = { ...env, PLUGBOARD_MASTER_KEYS: JSON.stringify(masters) };
    const looked = async () => JSON.parse((await env.TOKENS.get("vault/masters")) ?? "{}");
    for (let i = 0; i < 50 && !(await looked()).done; i++) await findTeamsToRotate(asked, db, 1);
    const found = await env.TOKENS.list({ prefix: `vault/rotating/${team.id}` });
    expect(found.keys).toHaveLength(1);
    let reads = 0;
    const TOKENS = new Proxy(env.TOKENS, {
      get: (store, method) => {
        reads++;
        return (Reflect.get(store, method) as (...args: unknown[]) => unknown).bind(store);
      },
    });
    await findTeamsToRotate({ ...asked, TOKENS }, db, 1);
    expect(reads).toBe(1);
    const { keys } = await env.TOKENS.list({ prefix: "vault/" });
    await Promise.all(keys.map(({ name }) => env.TOKENS.delete(name)));
  });
});

describe("a check of the vault", () => {
  it("names what is missing, altered, moved or sealed with an unknown key, and tells no value", async () => {
    const names = ["SOUND", "MISSING", "ALTERED", "MOVED", "UNKNOWN"];
    const rows = new Map<string, { id: string; version: number; subjectId: string }>();
    for (const name of names) {
      const row = await rowOf((await secret(name)).body.id);
      if (row) rows.set(name, row);
    }
    expect((await verify()).body).toEqual({ checked: 5, faults: [], cursor: null });
    const at = (name: string) => nameOf(rows.get(name) ?? { id: "", version: 0 });
    const read = async (name: string) => (await env.TOKENS.get(at(name))) ?? "";
    await env.TOKENS.delete(at("MISSING"));
    const before = Date.now() - 10 * 60_000;
    await db.update(credentials).set({ updatedAt: before }).where(eq(credentials.teamId, team.id));
    await env.TOKENS.put(at("ALTERED"), (await read("ALTERED")).replace(/.$/, "*"));
    await env.TOKENS.put(at("MOVED"), await read("SOUND"));
    await env.TOKENS.put(at("UNKNOWN"), (await read("UNKNOWN")).replace("pb1.d1.", "pb1.d9."));
    const checked = await verify();
    const found = Object.fromEntries(
      checked.body.faults.map((fault: any) => [fault.subjectId, fault.reason]),
    );
    const wanted = {
      MISSING: "missing",
      ALTERED: "altered",
      MOVED: "altered",
      UNKNOWN: "unknown_key",
    };
    expect(found).toEqual(
      Object.fromEntries(
        Object.entries(wanted).map(([name, reason]) => [rows.get(name)?.subjectId, reason]),
      ),
    );
    expect(checked.text).not.toContain("value of");
    expect((await team.ask("/api/v1/audit")).body.items[0]).toMatchObject({
      action: "vault.verify",
      details: { checked: 5, faults: 4 },
    });
    const opened = await team.ask("/api/v1/vault/verify", {
      body: { cursor: rows.get("SOUND")?.id },
    });
    expect(opened.body.checked).toBe(4);
  });
});

describe("once a day", () => {
  it("records that nothing refers to go, a day after they were written, and no other", async () => {
    const { body: kept } = await secret("KEPT");
    await connectServer(team, { headers: { authorization: "Bearer sesame" } });
    const now = Date.now();
    const old = now - 25 * 60 * 60_000;
    const put = async (at: number) => {
      const ref = { id: newId("crd"), version: 1 };
      const about = { kind: "connection", subjectId: newId("con") } as const;
      await putSecret({ env, db, teamId: team.id, now: at }, ref, { a: "b" }, about);
      return ref;
    };
    const [orphan, young] = [await put(old), await put(now)];
    const misnamed = await rowOf(kept.id);
    if (!misnamed) throw new Error("The secret has no row.");
    await db
      .update(credentials)
      .set({ updatedAt: old, subjectId: "sec_other" })
      .where(eq(credentials.id, misnamed.id));
    await clearOrphans(env, now);
    const left = (await env.TOKENS.list({ prefix: `t/${team.id}/c/` })).keys.map(
      ({ name }) => name,
    );
    expect(left).toHaveLength(3);
    expect(left).toEqual(expect.arrayContaining([nameOf(young), nameOf(misnamed)]));
    expect(left).not.toContain(nameOf(orphan));
    expect(await db.select().from(credentials).where(eq(credentials.id, orphan.id))).toEqual([]);
    expect((await verify()).body.faults).toEqual([]);
  });
});
