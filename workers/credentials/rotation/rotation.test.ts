import { env } from "cloudflare:workers";
import { drizzle } from "drizzle-orm/d1";
import { and, eq } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { newId } from "../../../shared/ids";
import { connections } from "../../connections/tables";
import { teams } from "../../teams/tables";
import { faultyStorage, type Loss } from "../../testing/faulty-storage";
import { countingTool, ledgerOf, nextNumber, sleepingJob } from "../../testing/jobs";
import { connectServer, createTeam, toolNamed, type TestTeam } from "../../testing/team";
import { adoptRing, createTeamKey, forgetRing, loadRing } from "../keys";
import { newRing } from "../ring";
import { importKey, readKeyId, seal } from "../sealing";
import { deleteSecret, openRecord, openSecret, openText, putSecret, sealText } from "../store";
import { credentials, teamSecrets } from "../tables";
import { graceMs, settleMs } from "./next-step";
import { rotateTeam } from "./rotate-team";

const db = drizzle(env.DB);
const test = JSON.parse(env.PLUGBOARD_MASTER_KEYS) as Record<string, string>;
const next = { next: btoa("n".repeat(32)) };
const withMasters = (keys: object): Env => ({
  ...env,
  PLUGBOARD_MASTER_KEYS: JSON.stringify(keys),
});
const both = withMasters({ ...test, ...next });
const onlyNext = withMasters(next);

let team: TestTeam;
let now: number;
beforeEach(async () => {
  team = await createTeam();
  now = Date.now();
});

const ctxOf = (asked: Env = env) => ({ env: asked, db, teamId: team.id, now });
const workOf = (asked: Env, records: number) => ({
  env: asked,
  db: drizzle(asked.DB),
  teamId: team.id,
  budget: { records },
});
/** One run of the job for this team, `later` after the one before. */
const step = async (later: number, { asked = both, records = 800 } = {}) => {
  now += later;
  return rotateTeam(workOf(asked, records), now);
};

/** Secrets of the team, as rows that refer to them. */
async function putSecrets(count: number) {
  const refs = Array.from({ length: count }, (_, i) => ({
    id: newId("crd"),
    version: 1,
    value: `v${i}`,
  }));
  await Promise.all(
    refs.map(async ({ value, ...ref }, i) => {
      const id = newId("sec");
      await putSecret(ctxOf(), ref, { value }, { kind: "secret", subjectId: id });
      await db.insert(teamSecrets).values({
        id,
        teamId: team.id,
        name: `SECRET_${i}`,
        credentialId: ref.id,
        credentialVersion: 1,
        createdAt: now,
        updatedAt: now,
      });
    }),
  );
  return refs;
}

const recordsInKv = async () => {
  const { keys } = await env.TOKENS.list({ prefix: `t/${team.id}/c/` });
  return new Map(
    await Promise.all(
      keys.map(async ({ name }) => [name, (await env.TOKENS.get(name)) ?? ""] as const),
    ),
  );
};
/** Everything in KV by the key its record is sealed with. */
async function keyIds(): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const record of (await recordsInKv()).values()) {
    const id = readKeyId(record) ?? "none";
    counts[id] = (counts[id] ?? 0) + 1;
  }
  return counts;
}
const ring = (asked = both) => loadRing(asked, team.id);
const wrappedBy = async () => readKeyId((await env.TOKENS.get(`t/${team.id}/data-key`)) ?? "");
const rowsOf = () =>
  db
    .select({ id: credentials.id, version: credentials.version, keyId: credentials.keyId })
    .from(credentials)
    .where(eq(credentials.teamId, team.id));
async function expectAllOpen(refs: { id: string; version: number; value: string }[], asked = both) {
  for (const { value, ...ref } of refs)
    expect(await openSecret({ env: asked, teamId: team.id }, ref)).toEqual({ value });
}

describe("a newer master key", () => {
  it("has every record sealed anew, page by page, while calls go on; then the old one may go", async () => {
    await connectServer(team, { headers: { authorization: "Bearer sesame-4f9a81" } });
    const { id: tool } = await toolNamed(team, "whoami");
    const refs = await putSecrets(130);
    const call = async (settings: Partial<Env>) => {
      const answer = await team.ask(`/api/v1/tools/${tool}/call`, {
        body: { arguments: {} },
        env: settings,
      });
      expect(answer.status, answer.text).toBe(200);
      expect(JSON.parse(answer.body.result.content[0].text).authorization).toBe("Bearer [secret]");
    };
    await call(both);
    expect(await step(0)).toBe(0);
    expect(await wrappedBy()).toBe("next");
    expect(await keyIds()).toEqual({ d1: 131 });
    // Nothing is sealed with the new key before everybody can know it.
    expect(await step(settleMs - 1)).toBe(0);
    expect((await ring()).newest).toBe("d1");
    expect(await step(1, { records: 50 })).toBe(50);
    const { newest } = await ring();
    expect(newest).toMatch(/^d2-/);
    await call(both);
    expect(await keyIds()).toEqual({ d1: 81, [newest]: 50 });
    expect(await step(1, { records: 60 })).toBe(60);
    await call(both);
    expect(await step(1)).toBe(21);
    expect(await step(graceMs - 1)).toBe(0);
    expect(Object.keys((await ring()).keys)).toHaveLength(2);
    await step(1);
    expect(Object.keys((await ring()).keys)).toEqual([newest]);
    expect(await keyIds()).toEqual({ [newest]: 131 });
    expect(await rowsOf()).toEqual(
      Array.from({ length: 131 }, () => expect.objectContaining({ keyId: newest })),
    );
    await step(settleMs);
    expect((await env.TOKENS.list({ prefix: `vault/rotating/${team.id}` })).keys).toEqual([]);
    await call(onlyNext);
    await expectAllOpen(refs, onlyNext);
  });

  it("has what is kept for a job sealed anew too, so that it opens when the old key is gone", async () => {
    const tool = await countingTool(team, "healthy");
    const n = nextNumber();
    const id = await sleepingJob(team, tool, { arguments: { n } });
    await step(0);
    expect(await step(settleMs)).toBeGreaterThan(0);
    expect(await ledgerOf(team).sealedJobText("d1", 0)).toBeNull();
    await step(graceMs);
    const { newest, keys } = await ring();
    expect(Object.keys(keys)).toEqual([newest]);
    const { sealed = "" } = (await ledgerOf(team).sealedJobText(newest, 0)) ?? {};
    const place = { purpose: "job-request", id };
    const opened = await openText({ env: onlyNext, teamId: team.id }, place, sealed);
    expect(JSON.parse(opened["arguments"] ?? "")).toEqual({ n });
  });

  it("named while a rotation is under way starts the next one after it", async () => {
    const refs = await putSecrets(3);
    const third = withMasters({ ...test, ...next, third: btoa("t".repeat(32)) });
    await step(0);
    for (const later of [settleMs, graceMs]) await step(later, { asked: third });
    const { newest } = await ring(third);
    for (const later of [settleMs, settleMs, graceMs]) await step(later, { asked: third });
    const after = await ring(withMasters({ third: btoa("t".repeat(32)) }));
    expect(after.newest).not.toBe(newest);
    expect(Object.keys(after.keys)).toEqual([after.newest]);
    await expectAllOpen(refs, third);
  });

  it("opens a ring from before there were rings, which was one wrapped key", async () => {
    const legacy = newRing("test", 0).keys["d1"]?.bytes ?? new Uint8Array();
    const place = { teamId: team.id, credentialId: "team-data-key", version: 1 };
    const master = {
      id: "test",
      key: await importKey(Uint8Array.from(atob(test["test"] ?? ""), (c) => c.charCodeAt(0))),
    };
    await env.TOKENS.put(`t/${team.id}/data-key`, await seal(master, place, legacy));
    const refs = await putSecrets(3);
    for (const later of [0, settleMs, graceMs]) await step(later);
    expect(Object.keys((await ring(onlyNext)).keys)).toHaveLength(1);
    await expectAllOpen(refs, onlyNext);
  });
});

const places = ["KV get", "KV put", "D1 update"];

describe("while records are sealed anew,", () => {
  it.each(places)("one that is deleted before the %s does not come back", async (at) => {
    const [ref] = await putSecrets(1);
    if (!ref) throw new Error("There is no secret.");
    const meanwhile = async () => {
      await db.delete(teamSecrets).where(eq(teamSecrets.teamId, team.id));
      await deleteSecret(ctxOf(), ref);
    };
    await step(0);
    await step(settleMs, { asked: interrupted(at, meanwhile) });
    expect((await recordsInKv()).size, at).toBe(0);
    expect(await rowsOf(), at).toEqual([]);
  });

  it.each(places)(
    "one that is replaced before the %s keeps its newer version alone",
    async (at) => {
      const [ref] = await putSecrets(1);
      if (!ref) throw new Error("There is no secret.");
      const newer = { id: ref.id, version: 2 };
      const meanwhile = async () => {
        const about = { kind: "secret", subjectId: "sec" } as const;
        await putSecret(ctxOf(both), newer, { value: "newer" }, about);
        await db
          .update(teamSecrets)
          .set({ credentialVersion: 2 })
          .where(and(eq(teamSecrets.teamId, team.id), eq(teamSecrets.credentialId, ref.id)));
        await deleteSecret(ctxOf(), ref);
      };
      await step(0);
      await step(settleMs, { asked: interrupted(at, meanwhile) });
      for (let i = 0; i < 3; i++) await step(graceMs);
      const left = await recordsInKv();
      expect(
        [...left.keys()].filter((name) => name.includes(ref.id)),
        at,
      ).toEqual([`t/${team.id}/c/${ref.id}/2`]);
      expect(await openSecret(ctxOf(onlyNext), newer)).toEqual({ value: "newer" });
    },
  );

  it("what another Worker still seals with the old key is sealed anew too, and the key stays until then", async () => {
    const refs = await putSecrets(2);
    const before = await ring();
    await step(0);
    await step(settleMs);
    // A Worker that remembers the ring as it was.
    await adoptRing(team.id, before);
    const late = await putSecrets(0).then(async () => {
      const ref = { id: newId("crd"), version: 1 };
      await putSecret(ctxOf(both), ref, { value: "late" }, { kind: "secret", subjectId: "sec" });
      return { ...ref, value: "late" };
    });
    const text = await sealText(ctxOf(both), { purpose: "flow", id: "1" }, { code: "c" });
    expect(readKeyId(text)).toBe("d1");
    expect(await step(graceMs)).toBe(1);
    expect(await openText(ctxOf(both), { purpose: "flow", id: "1" }, text)).toEqual({ code: "c" });
    expect(Object.keys((await ring()).keys)).toHaveLength(2);
    await step(graceMs);
    expect(Object.keys((await ring()).keys)).toHaveLength(1);
    await expectAllOpen([...refs, late], onlyNext);
  });

  it("a copy that somebody kept opens, and after it what lies in KV", async () => {
    const [ref] = await putSecrets(1);
    if (!ref) throw new Error("There is no secret.");
    const kept = [...(await recordsInKv()).values()][0] ?? "";
    for (const later of [0, settleMs]) await step(later);
    expect(await openRecord(both, team.id, ref, kept)).toEqual({ value: ref.value });
    for (const later of [graceMs, settleMs]) await step(later);
    expect(await openRecord(onlyNext, team.id, ref, kept)).toEqual({ value: ref.value });
  });

  it("a Worker that knows neither the new key nor that a record was sealed anew finds out", async () => {
    const refs = await putSecrets(2);
    const before = await ring();
    const kept = await recordsInKv();
    for (const later of [0, settleMs, graceMs]) await step(later);
    const other = await recordsInKv();
    for (const [name, record] of kept) await env.TOKENS.put(name, record);
    // What this Worker remembers: the ring as it was, and the records as they were.
    await adoptRing(team.id, before);
    await expectAllOpen(refs);
    for (const [name, record] of other) await env.TOKENS.put(name, record);
    await adoptRing(team.id, { ...before, keys: {} }, Date.now() - 60_000);
    await expectAllOpen(refs, onlyNext);
  });
});

describe("records that do not open", () => {
  it("hold the old key, and are told of; once they are gone it goes on", async () => {
    const refs = await putSecrets(4);
    const [altered, missing, ...sound] = refs;
    if (!altered || !missing) throw new Error("There are too few.");
    const name = `t/${team.id}/c/${altered.id}/1`;
    const record = (await env.TOKENS.get(name)) ?? "";
    await env.TOKENS.put(
      name,
      record.replace(/.$/, (last) => (last === "A" ? "B" : "A")),
    );
    await env.TOKENS.delete(`t/${team.id}/c/${missing.id}/1`);
    for (const later of [0, settleMs, graceMs, graceMs]) await step(later);
    const state = await team.ask("/api/v1/vault", { env: both });
    expect(state.body).toMatchObject({
      masterKeyId: "next",
      records: 4,
      rotation: { state: "failed", done: 2, total: 4, finishedAt: null },
    });
    await expectAllOpen(sound);
    for (const ref of [altered, missing]) await deleteSecret(ctxOf(), ref);
    for (const later of [graceMs, graceMs]) await step(later);
    expect((await team.ask("/api/v1/vault", { env: both })).body.rotation).toMatchObject({
      state: "none",
      done: 2,
      total: 2,
      finishedAt: now,
    });
  });
});

describe("before the old key is dropped,", () => {
  it("records without a row are found: what nothing refers to goes, and the rest is sealed anew", async () => {
    const refs = await putSecrets(3);
    const [lost, left] = refs;
    if (!lost || !left) throw new Error("There are too few.");
    await db.delete(credentials).where(eq(credentials.id, lost.id));
    await db.delete(credentials).where(eq(credentials.id, left.id));
    await db.delete(teamSecrets).where(eq(teamSecrets.credentialId, left.id));
    for (const later of [0, settleMs, graceMs, graceMs, graceMs]) await step(later);
    const { newest, keys } = await ring();
    expect(Object.keys(keys)).toEqual([newest]);
    expect(await keyIds()).toEqual({ [newest]: 2 });
    expect((await rowsOf()).map(({ id }) => id).sort()).toEqual(
      refs
        .filter((ref) => ref !== left)
        .map(({ id }) => id)
        .sort(),
    );
    await expectAllOpen(
      refs.filter((ref) => ref !== left),
      onlyNext,
    );
  });
});

/** A hub in which something happens right before the first write of this kind of a record. */
function interrupted(at: string, meanwhile: () => Promise<void>): Env {
  let done = false;
  const once = async (place: string) => {
    if (done || place !== at) return;
    done = true;
    await meanwhile();
  };
  const record = (name: unknown) => String(name).includes("/c/");
  const TOKENS = new Proxy(env.TOKENS, {
    get: (store, method) => {
      if (method === "put")
        return async (name: string, value: string, options: KVNamespacePutOptions) => {
          if (record(name)) await once("KV put");
          return store.put(name, value, options);
        };
      if (method === "get")
        return async (name: string & string[]) => {
          const found = await store.get(name);
          if (Array.isArray(name)) await once("KV get");
          return found;
        };
      const real = Reflect.get(store, method) as (...args: unknown[]) => unknown;
      return real.bind(store);
    },
  });
  const DB = new Proxy(env.DB, {
    get: (store, method) => {
      const real = Reflect.get(store, method) as (...args: unknown[]) => unknown;
      if (method !== "prepare") return real.bind(store);
      return (query: string) => {
        const statement = store.prepare(query);
        if (!query.startsWith('update "credentials"')) return statement;
        return {
          bind: (...values: unknown[]) => ({
            raw: async () => {
              await once("D1 update");
              return statement.bind(...values).raw();
            },
          }),
        };
      };
    },
  });
  return { ...both, TOKENS, DB };
}

const keptForJobs = { purpose: "job-request", id: "job_1" };
/** What a job needs to run, in the team's ledger. */
async function keepForJob() {
  const sealedRequest = await sealText(ctxOf(), keptForJobs, { kept: "for the job" });
  await ledgerOf(team).createJob(team.id, {
    id: keptForJobs.id,
    asked: {
      toolId: "tool_1",
      name: "count",
      connectionId: "con_1",
      connectionSlug: "healthy",
      actor: { kind: "apiKey", id: team.keyId, personId: team.personId },
      requestId: "req_1",
      context: {},
      createdAt: now,
      timeoutMs: 60_000,
      notify: false,
      resultSeconds: 60,
      secondFactorAt: null,
    },
    recorded: "null",
    sealedRequest,
    callback: null,
    jobsAtOnce: 10,
  });
}

it.each<Loss>(["before", "after"])(
  "whichever call of the storage fails (%s it is done), a rotation finishes and loses nothing",
  async (loss) => {
    const finished = async () => Object.keys((await ring()).keys)[0] !== "d1";
    for (let k = 1, reached = true; reached; k++) {
      team = { ...team, id: newId("team") };
      await createTeamKey(env, team.id);
      await db.insert(teams).values({ id: team.id, name: "Sweep", createdAt: now });
      const refs = await putSecrets(1);
      await keepForJob();
      const storage = faultyStorage(k, loss);
      const asked: Env = { ...both, ...storage.env };
      for (let steps = 0; !(await finished()); steps++) {
        expect(steps, `call ${k}`).toBeLessThan(6);
        const failed = await step(graceMs, { asked }).catch((error: unknown) => String(error));
        if (typeof failed !== "string") continue;
        expect(failed).toMatch(/injected|Failed query/);
        forgetRing(team.id);
        await expectAllOpen(refs);
      }
      const { newest } = await ring(onlyNext);
      expect(await keyIds(), `call ${k}`).toEqual({ [newest]: 1 });
      await expectAllOpen(refs, onlyNext);
      const { sealed = "" } = (await ledgerOf(team).sealedJobText(newest, 0)) ?? {};
      const forJob = openText({ env: onlyNext, teamId: team.id }, keptForJobs, sealed);
      expect(await forJob, `call ${k}`).toEqual({ kept: "for the job" });
      reached = storage.calls.length >= k;
      if (!reached) expect(k).toBeGreaterThan(20);
    }
  },
  60_000,
);

it("leaves the connections of a team as they are", async () => {
  await connectServer(team, { headers: { authorization: "Bearer sesame-4f9a81" } });
  const read = () => db.select().from(connections).where(eq(connections.teamId, team.id));
  const before = await read();
  for (const later of [0, settleMs, graceMs]) await step(later);
  expect(await read()).toEqual(before);
});

describe("a team that is deleted during its rotation", () => {
  const ringInKv = () => env.TOKENS.get(`t/${team.id}/data-key`);
  const deleteTeam = async () => {
    const { name } = (await team.ask("/api/v1/team")).body;
    const answer = await team.ask("/api/v1/team", { method: "DELETE", body: { name } });
    expect(answer.status, answer.text).toBe(204);
  };
  /** The step of a rotation, in whose course, before it writes the ring, something else happens. */
  const stepWhile = (meanwhile: () => Promise<unknown>) => {
    const put = async (name: string, ...rest: [string, KVNamespacePutOptions?]) => {
      if (name.endsWith("/data-key")) await meanwhile();
      return env.TOKENS.put(name, ...rest);
    };
    const TOKENS = new Proxy(env.TOKENS, {
      get: (kv, method: keyof KVNamespace) =>
        method === "put" ? put : (kv[method] as () => unknown).bind(kv),
    });
    return rotateTeam(workOf({ ...both, TOKENS }, 800), now);
  };

  it("does not get its keys back", async () => {
    await expect(stepWhile(deleteTeam)).rejects.toThrow("deleted");
    expect(await ringInKv()).toBe(null);
  });

  it("loses what was written while its rows were there still", async () => {
    const ring = (await ringInKv()) ?? "";
    const batch = (list: D1PreparedStatement[]) =>
      env.TOKENS.put(`t/${team.id}/data-key`, ring).then(() => env.DB.batch(list));
    const prepare = (query: string) => env.DB.prepare(query);
    const DB = { prepare, batch } as unknown as D1Database;
    const { name } = (await team.ask("/api/v1/team")).body;
    const answer = await team.ask("/api/v1/team", {
      method: "DELETE",
      body: { name },
      env: { DB },
    });
    expect(answer.status, answer.text).toBe(204);
    expect(await ringInKv()).toBe(null);
  });
});
