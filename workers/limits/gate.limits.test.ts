import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { newId } from "../../shared/ids";
import { plans } from "../../shared/plans";
import type { Intent } from "../ledger";
import { hurryTimers } from "../testing/hurry-timers";
import type { Limit, LimitState } from "./admission";
import type { Settlement } from "./calls";
import type { Admission, Admit } from "./admitting";
import type { Rules } from "./rules";
import { windowMs } from "./sliding-log";

const dayMs = 86_400_000;
const midnight = (Math.floor(Date.now() / dayMs) + 1) * dayMs;

beforeEach(() => hurryTimers());
afterEach(() => {
  vi.restoreAllMocks();
});

/** From now on it is this time, for the object as well. An eviction waits until it is a moment later. */
const at = (time: number) => vi.spyOn(Date, "now").mockReturnValue(time);

function intent(): string {
  const whole: Intent = {
    method: "tools/call",
    surface: "rest",
    toolId: "tool_1",
    name: "echo",
    connectionId: "con_1",
    connectionSlug: "one",
    actor: { kind: "apiKey", id: "key_1", personId: "per_1" },
    requestId: "req_1",
    startedAt: Date.now(),
  };
  return JSON.stringify(whole);
}

function newGate() {
  const id = newId("team");
  const gate = env.TEAM_GATE.getByName(id);
  const admit = (change: Partial<Admit> = {}): Promise<Admission> =>
    gate.admit({
      epoch: 1,
      executionId: newId("exe"),
      connectionId: null,
      limits: [],
      inFlight: 100_000,
      timeoutMs: 1000,
      intent: intent(),
      arguments: null,
      underway: 200,
      idempotency: null,
      settlements: [],
      ...change,
    });
  const many = (count: number, change: Partial<Admit>) =>
    Promise.all(Array.from({ length: count }, () => admit(change)));
  const evict = () => evictDurableObject(gate);
  /** What the gate has on disk of a table. */
  const stored = (table: string) =>
    runInDurableObject(gate, (_, { storage }) =>
      storage.sql.exec(`SELECT * FROM ${table}`).toArray(),
    );
  const run = (query: string) =>
    runInDurableObject(gate, (_, { storage }) => void storage.sql.exec(query));
  return { id, gate, admit, many, evict, stored, run };
}

const limit = (change: Partial<Limit> = {}): Limit => ({
  name: "person",
  subject: "per_1",
  limit: 30,
  window: "day",
  ...change,
});
const ended = (executionId: string): Settlement => ({
  executionId,
  notes: [],
  outcome: JSON.stringify({
    status: "succeeded",
    finishedAt: Date.now(),
    durationMs: 1,
    upstreamMs: 1,
    error: null,
  }),
  result: null,
});
const countOf = (admissions: readonly Admission[], kind: Admission["kind"]) =>
  admissions.filter((admission) => admission.kind === kind).length;
const statesOf = (admission: Admission): LimitState[] =>
  admission.kind === "admitted" ? admission.limits : [];

const scopes: Limit[] = [
  limit(),
  limit({ name: "key", subject: "key_1" }),
  limit({ name: "connection", subject: "con_1" }),
  limit({ name: "tool", subject: "tool_1" }),
  limit({ name: "team", subject: "team_1" }),
];
const everyLimit = scopes.flatMap((one) => [
  { ...one, window: "minute" as const },
  one,
  { ...one, window: "budget" as const, limit: 90, cost: 3 },
]);

describe("1,000 calls at once", () => {
  it.each(everyLimit.slice(0, 3))("are exactly 30 with a limit of a $window", async (one) => {
    const { admit, many, evict } = newGate();
    const admissions = await many(1000, { limits: [one] });
    expect(countOf(admissions, "admitted")).toBe(30);
    expect(countOf(admissions, "limited")).toBe(970);
    await evict();
    expect(await admit({ limits: [one] })).toMatchObject({ kind: "limited" });
  });

  it.each(everyLimit.slice(0, 3))(
    "are at most 30 with a limit of a $window when the gate is evicted in the middle",
    async (one) => {
      const { admit, evict } = newGate();
      let admitted = 0;
      const ask = () =>
        admit({ limits: [one] }).then(
          ({ kind }) => (admitted += kind === "admitted" ? 1 : 0),
          () => undefined,
        );
      const first = Array.from({ length: 200 }, ask);
      await Promise.all([...first, evict()]);
      await Promise.all(Array.from({ length: 200 }, ask));
      expect(admitted).toBeLessThanOrEqual(30);
      expect(admitted).toBeGreaterThan(0);
    },
  );
});

it("holds every kind of limit, in every window, over an eviction", async () => {
  const { admit, many, evict } = newGate();
  for (const one of everyLimit)
    expect(countOf(await many(40, { limits: [one] }), "admitted")).toBe(30);
  await evict();
  for (const one of everyLimit)
    expect(await admit({ limits: [one] })).toMatchObject({
      kind: "limited",
      exceeded: { name: one.name, window: one.window },
    });
});

describe("the edge of a window", () => {
  it("is exact to the millisecond for a minute, also after an eviction", async () => {
    const { many, evict } = newGate();
    const limits = [limit({ window: "minute", limit: 10 })];
    const start = Date.now();
    at(start);
    expect(countOf(await many(20, { limits }), "admitted")).toBe(10);
    at(start + windowMs);
    expect(countOf(await many(20, { limits }), "admitted")).toBe(0);
    await evict();
    expect(countOf(await many(20, { limits }), "admitted")).toBe(0);
    at(start + windowMs + 1);
    expect(countOf(await many(20, { limits }), "admitted")).toBe(10);
  });

  it("is midnight UTC for a day, whatever is still open or evicted then", async () => {
    const { many, admit, evict } = newGate();
    const limits = [limit({ limit: 5 })];
    at(midnight - 1);
    expect(countOf(await many(9, { limits }), "admitted")).toBe(5);
    const refused = await admit({ limits });
    expect(refused).toMatchObject({ kind: "limited", exceeded: { window: "day", resetMs: 1 } });
    at(midnight);
    expect(countOf(await many(9, { limits }), "admitted")).toBe(5);
    at(midnight + 500);
    await evict();
    expect(countOf(await many(9, { limits }), "admitted")).toBe(0);
  });

  it("frees nothing when the clock is set back over it", async () => {
    const { gate, admit, many, evict, stored } = newGate();
    const limits = [limit({ limit: 5 })];
    at(midnight - 2000);
    await many(5, { limits });
    at(midnight + 1000);
    const ids = [newId("exe"), newId("exe")];
    for (const executionId of ids)
      expect(await admit({ executionId, limits })).toMatchObject({ kind: "admitted" });
    await gate.settle(ids.map(ended));
    await expect.poll(() => stored("calls")).toHaveLength(5);
    at(midnight - 800);
    expect(countOf(await many(9, { limits }), "admitted")).toBe(0);
    at(midnight - 500);
    await evict();
    expect(countOf(await many(9, { limits }), "admitted")).toBe(0);
    at(midnight + 2000);
    expect(countOf(await many(9, { limits }), "admitted")).toBe(3);
  });

  it("blocks for no longer than a minute when the clock is set back by an hour, evictions or not", async () => {
    const { admit, gate, evict, stored } = newGate();
    const limits = [limit({ window: "minute", limit: 1 })];
    // All of it lies ahead: an alarm set in the past would go off at once, again and again.
    const start = Date.now() + 2 * 60 * 60_000;
    at(start);
    const executionId = newId("exe");
    await admit({ executionId, limits });
    await gate.settle([ended(executionId)]);
    await expect.poll(() => stored("calls")).toEqual([]);
    const back = start - 60 * 60_000;
    for (const after of [0, 60_000]) {
      at(back + after);
      await evict();
      expect(await admit({ limits })).toMatchObject({ kind: "limited" });
    }
    at(back + windowMs + 1);
    await evict();
    expect(await admit({ limits })).toMatchObject({ kind: "admitted" });
  });
});

describe("counts of a day", () => {
  it("hold when calls have ended and the gate is evicted, without a write for each", async () => {
    const { admit, gate, evict, stored } = newGate();
    const limits = [limit({ limit: 6 }), limit({ window: "budget", limit: 100, cost: 7 })];
    const ids = Array.from({ length: 4 }, () => newId("exe"));
    await Promise.all(ids.map((executionId) => admit({ executionId, limits })));
    expect(await stored("counted")).toEqual([]);
    await gate.settle(ids.slice(0, 3).map(ended));
    await expect.poll(() => stored("calls")).toHaveLength(1);
    expect(await stored("counted")).toMatchObject([
      { key: "budget:per_1", count: 21 },
      { key: "day:per_1", count: 3 },
    ]);
    await evict();
    const { uses } = await gate.standing(limits);
    expect(uses.map(({ used }) => used)).toEqual([4, 28]);
    expect(statesOf(await admit({ limits })).map(({ remaining }) => remaining)).toEqual([1, 65]);
  });

  it("are right when writing them down fails: not lost, and not added twice", async () => {
    vi.spyOn(console, "error").mockImplementation(() => undefined);
    const { admit, gate, evict, stored, run } = newGate();
    const limits = [limit({ limit: 3 }), limit({ window: "minute", limit: 9 })];
    const executionId = newId("exe");
    await admit({ executionId, limits });
    await run("ALTER TABLE counted RENAME TO gone");
    await gate.settle([ended(executionId)]);
    await runDurableObjectAlarm(gate);
    expect(await stored("calls")).toHaveLength(1);
    expect(await stored("spent")).toEqual([]);
    await run("ALTER TABLE gone RENAME TO counted");
    await expect.poll(() => stored("calls")).toEqual([]);
    await evict();
    const { uses } = await gate.standing(limits);
    expect(uses.map(({ used }) => used)).toEqual([1, 1]);
  });

  it("are forgotten days later", async () => {
    const { gate, stored, run, admit } = newGate();
    const today = Math.floor(Date.now() / dayMs);
    await admit();
    await run(
      `INSERT INTO counted VALUES (${today - 3}, 'day:per_1', 4), (${today}, 'day:per_1', 2)`,
    );
    await runDurableObjectAlarm(gate);
    expect(await stored("counted")).toMatchObject([{ day: today, count: 2 }]);
  });

  it("go with the team", async () => {
    const { gate, admit } = newGate();
    await admit({ limits: [limit({ limit: 1 })] });
    await gate.erase();
    expect((await gate.standing([limit()])).uses).toMatchObject([{ used: 0 }]);
  });
});

it.each(everyLimit)("spends nothing of the others when $name's $window is used up", async (one) => {
  const { gate, admit } = newGate();
  const usedUp = { ...one, limit: one.cost ?? 1 };
  await admit({ limits: [usedUp] });
  const others = everyLimit.filter((other) => other !== one);
  for (const limits of [
    [usedUp, ...others],
    [...others, usedUp],
  ])
    expect(await admit({ limits })).toMatchObject({
      kind: "limited",
      exceeded: { name: one.name, window: one.window },
    });
  const { uses } = await gate.standing(others);
  expect(uses.filter(({ used }) => used > 0)).toEqual([]);
});

it("warns exactly once at 80 % and once at the end, of many calls at once and over an eviction", async () => {
  const { many, evict } = newGate();
  const limits = [limit({ limit: 100 }), limit({ window: "minute", limit: 1000 })];
  const warned = (admissions: Admission[]) =>
    admissions.flatMap((admission) =>
      admission.kind === "admitted" ? (admission.warnings ?? []) : [],
    );
  const first = await many(79, { limits });
  await evict();
  const second = await many(10, { limits });
  await evict();
  const third = await many(50, { limits });
  expect([first, second, third].map(warned)).toMatchObject([
    [],
    [{ subject: "per_1", window: "day", used: 80, limit: 100, percent: 80 }],
    [{ used: 100, percent: 100 }],
  ]);
});

describe("paying ahead", () => {
  it("spends once and for all, durably, with nothing open", async () => {
    const { gate, admit, evict } = newGate();
    const limits = [limit({ limit: 2 }), limit({ window: "minute", limit: 5 })];
    const paid = await Promise.all(
      Array.from({ length: 5 }, () => gate.spend({ epoch: 1, limits })),
    );
    expect(paid.map(({ kind }) => kind).toSorted()).toEqual([
      "admitted",
      "admitted",
      "limited",
      "limited",
      "limited",
    ]);
    await evict();
    expect(await gate.standing(limits)).toMatchObject({
      uses: [{ used: 2 }, { used: 2 }],
      underWay: 0,
    });
    expect(await admit({ limits })).toMatchObject({ kind: "limited" });
  });

  it("spends nothing at an older epoch", async () => {
    const { gate } = newGate();
    await gate.bump();
    const asked = { epoch: 1, limits: [limit()] };
    expect(await gate.spend(asked)).toEqual({ kind: "stale", epoch: 2 });
    expect((await gate.standing([limit()])).uses).toMatchObject([{ used: 0 }]);
  });
});

describe("shedding", () => {
  it.each([{ underway: 0 }, { underway: 200 }])(
    "lets through as many at once as the plan has, and spends nothing for the others ($underway)",
    async ({ underway }) => {
      const { gate, many } = newGate();
      const admissions = await many(50, { inFlight: 20, limits: [limit()], underway });
      expect(countOf(admissions, "admitted")).toBe(20);
      expect(countOf(admissions, "shed")).toBe(30);
      expect(admissions).toContainEqual({ kind: "shed", retryAfterMs: 1000 });
      expect(await gate.standing([limit()])).toMatchObject({
        uses: [{ used: 20 }],
        underWay: 20,
      });
    },
  );

  it("has room again when a call ends, or waits for its caller, and counts on over an eviction", async () => {
    const { gate, admit, evict } = newGate();
    const [first, second] = [newId("exe"), newId("exe")];
    await admit({ executionId: first, inFlight: 2 });
    await admit({ executionId: second, inFlight: 2 });
    expect(await admit({ inFlight: 2 })).toMatchObject({ kind: "shed" });
    await gate.pause(first, 1, { at: Date.now(), type: "input_required", data: "{}" });
    await evict();
    const third = newId("exe");
    expect(await admit({ executionId: third, inFlight: 2 })).toMatchObject({ kind: "admitted" });
    expect(await admit({ inFlight: 2 })).toMatchObject({ kind: "shed" });
    await gate.resume(first, { epoch: 1, round: 1, timeoutMs: 1000 });
    expect((await gate.standing([])).underWay).toBe(3);
    await gate.settle([first, second, third].map(ended));
    expect((await gate.standing([])).underWay).toBe(0);
  });
});

it("opens what an older gate stored, and counts on from it", async () => {
  const { id, gate, admit, evict, run } = newGate();
  await admit();
  const now = Date.now();
  await run("DELETE FROM calls");
  await run("DROP TABLE counted");
  await run(
    `INSERT INTO calls (row, id, at, deadline, waiting_round, subjects, intent, arguments) VALUES (7, '${newId("exe")}', ${now}, ${now + 60_000}, 0, 'per_1 con_1', '${intent()}', NULL)`,
  );
  await run(`INSERT INTO spent VALUES (${now}, '[[${now - 5},"per_1"],[${now},"per_1 con_1"]]')`);
  await evict();
  const one = (subject: string, window: Limit["window"]) => limit({ subject, window });
  const { uses } = await gate.standing([
    one("per_1", "minute"),
    one("con_1", "minute"),
    one("per_1", "day"),
  ]);
  expect(uses.map(({ used }) => used)).toEqual([3, 2, 0]);
  expect(await admit({ limits: [limit({ limit: 1 })] })).toMatchObject({ kind: "admitted" });
  await evict();
  expect(await env.TEAM_GATE.getByName(id).standing([limit()])).toMatchObject({
    uses: [{ used: 1 }],
  });
});

it("forgets subjects that were idle", async () => {
  const { gate, many } = newGate();
  const limits = Array.from({ length: 200 }, (_, i) =>
    limit({ subject: `per_${i}`, window: "minute" }),
  );
  await many(3, { limits });
  const rules: Rules = {
    teamId: "team_1",
    plan: { name: "unlimited", ...plans.unlimited },
    deployment: { personPerMinute: 10, personPerDay: undefined, connectionPerMinute: undefined },
    own: [],
  };
  const subjects = async () => (await gate.uses(rules, { most: 1000 })).items.length;
  expect(await subjects()).toBe(200);
  at(Date.now() + windowMs + 2000);
  await runDurableObjectAlarm(gate);
  expect(await subjects()).toBe(0);
});
