import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ExecutionDetail, ExecutionEvent } from "../../shared/contracts/executions";
import type { Page } from "../../shared/contracts/pages";
import { newId } from "../../shared/ids";
import type { Intent, Outcome } from "../ledger";
import { hurryTimers } from "../testing/hurry-timers";
import type { Limit } from "./admission";
import type { Settlement } from "./calls";
import type { Admission, Admit } from "./admitting";
import { openOutbox } from "./outbox";

beforeEach(() => hurryTimers());
afterEach(() => {
  vi.restoreAllMocks();
});

function newTeam() {
  const id = newId("team");
  return { id, gate: env.TEAM_GATE.getByName(id), ledger: env.TEAM_LEDGER.getByName(id) };
}
type Team = ReturnType<typeof newTeam>;

function callOf(change: Partial<Admit> = {}): Admit {
  const intent: Intent = {
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
  return {
    epoch: 1,
    executionId: newId("exe"),
    connectionId: null,
    limits: [],
    inFlight: 100_000,
    timeoutMs: 1000,
    intent: JSON.stringify(intent),
    arguments: '{"characters":2,"truncated":false,"json":{}}',
    underway: 0,
    idempotency: null,
    settlements: [],
    ...change,
  };
}

const person = (limit: number): Limit => ({
  name: "person",
  subject: "per_1",
  limit,
  window: "minute",
});

function outcome(change: Partial<Outcome> = {}): string {
  const whole = {
    status: "succeeded",
    finishedAt: Date.now(),
    durationMs: 5,
    upstreamMs: 4,
    error: null,
    ...change,
  };
  return JSON.stringify(whole);
}

const ended = (executionId: string, change: Partial<Settlement> = {}): Settlement => ({
  executionId,
  notes: [],
  outcome: outcome(),
  result: '{"characters":2,"truncated":false,"json":{}}',
  ...change,
});

const note = (data: object, type = "progress") => ({
  at: Date.now(),
  type,
  data: JSON.stringify(data),
});

async function recorded({ ledger }: Team, executionId: string): Promise<ExecutionDetail | null> {
  const json = await ledger.get(executionId);
  return json === null ? null : (JSON.parse(json) as ExecutionDetail);
}

async function eventsOf({ ledger }: Team, executionId: string): Promise<string[]> {
  // RPC cannot type what the events hold.
  const asked = ledger.events(executionId, { limit: 200, cursor: 0 }) as unknown as Promise<
    Page<ExecutionEvent>
  >;
  const { items } = await asked;
  return items.map(({ type, data }) =>
    type === "progress" ? `progress ${JSON.stringify(data)}` : type,
  );
}

async function statusBecomes(team: Team, executionId: string, status: string): Promise<void> {
  await expect
    .poll(async () => (await recorded(team, executionId))?.status, { interval: 20 })
    .toBe(status);
}

const countOf = (admissions: readonly Admission[], kind: Admission["kind"]) =>
  admissions.filter((admission) => admission.kind === kind).length;

/** What the gate has on disk. */
function stored({ gate }: Team): Promise<Record<string, SqlStorageValue>[]> {
  return runInDurableObject(gate, (_, state) =>
    state.storage.sql.exec("SELECT * FROM calls ORDER BY id").toArray(),
  );
}

/** The gate's way to the ledger, which a test can break. */
async function breakLedger(
  team: Team,
  breaks: (times: number) => "before" | "after" | undefined,
): Promise<void> {
  await runInDurableObject(team.gate, (instance) => {
    const gate = instance as unknown as { env: Env };
    let times = 0;
    const record: Team["ledger"]["record"] = async (...entries) => {
      const when = breaks((times += 1));
      if (when === "before") throw new Error("The ledger is not there.");
      // A stub belongs to the object that made it.
      await env.TEAM_LEDGER.getByName(team.id).record(...entries);
      if (when === "after") throw new Error("The ledger's answer was lost.");
    };
    gate.env = {
      ...gate.env,
      TEAM_LEDGER: { getByName: () => ({ record }) } as unknown as Env["TEAM_LEDGER"],
    };
  });
}

const dropTables = (team: Team, tables: string[]) =>
  runInDurableObject(team.gate, (_, state) => {
    for (const table of tables) state.storage.sql.exec(`DROP TABLE ${table}`);
  });

const makeTables = (team: Team) =>
  runInDurableObject(team.gate, (_, state) => void openOutbox(state.storage.sql));

const overdue = (team: Team) =>
  runInDurableObject(
    team.gate,
    (_, state) => void state.storage.sql.exec("UPDATE calls SET deadline = 1"),
  );

describe("limits", () => {
  it.each([
    { how: "one at a time", underway: 0 },
    { how: "as a crowd that shares commits", underway: 200 },
  ])("admits exactly 30 of 200 parallel calls ($how)", async ({ underway }) => {
    const { gate } = newTeam();
    const calls = Array.from({ length: 200 }, () =>
      gate.admit(callOf({ limits: [person(30)], underway })),
    );
    const admissions = await Promise.all(calls);
    expect(countOf(admissions, "admitted")).toBe(30);
    expect(countOf(admissions, "limited")).toBe(170);
  });

  it("counts on when it is evicted between calls", async () => {
    const { gate } = newTeam();
    const some = () =>
      Promise.all(Array.from({ length: 20 }, () => gate.admit(callOf({ limits: [person(30)] }))));
    expect(countOf(await some(), "admitted")).toBe(20);
    await evictDurableObject(gate);
    expect(countOf(await some(), "admitted")).toBe(10);
    await evictDurableObject(gate);
    expect(countOf(await some(), "admitted")).toBe(0);
  });

  it("counts on when ended calls were delivered and it is evicted", async () => {
    const team = newTeam();
    for (let i = 0; i < 3; i++) {
      const call = callOf({ limits: [person(3)] });
      await team.gate.admit(call);
      await team.gate.settle([ended(call.executionId)]);
      await statusBecomes(team, call.executionId, "succeeded");
    }
    await runDurableObjectAlarm(team.gate);
    await evictDurableObject(team.gate);
    expect(await team.gate.admit(callOf({ limits: [person(3)] }))).toMatchObject({
      kind: "limited",
    });
  });

  it("never passes the limit when it is evicted in the middle of a crowd", async () => {
    const { gate } = newTeam();
    let admitted = 0;
    const one = () =>
      gate.admit(callOf({ limits: [person(30)], underway: 200 })).then(
        ({ kind }) => (admitted += kind === "admitted" ? 1 : 0),
        () => undefined,
      );
    const first = Array.from({ length: 100 }, one);
    const evicted = evictDurableObject(gate);
    await Promise.all([...first, evicted]);
    await Promise.all(Array.from({ length: 100 }, one));
    expect(admitted).toBeLessThanOrEqual(30);
    expect(admitted).toBeGreaterThan(0);
  });

  it("tells a refused call what is used up and until when", async () => {
    const { gate } = newTeam();
    await gate.admit(callOf({ limits: [person(1)] }));
    const refused = await gate.admit(callOf({ limits: [person(1)] }));
    expect(refused).toMatchObject({
      kind: "limited",
      exceeded: { name: "person", limit: 1, remaining: 0 },
    });
    const { resetMs } = (refused as Admission & { kind: "limited" }).exceeded;
    expect(resetMs).toBeGreaterThan(55_000);
    expect(resetMs).toBeLessThanOrEqual(60_001);
  });
});

describe("epoch", () => {
  it("refuses what is known from an older epoch, and spends nothing", async () => {
    const { gate } = newTeam();
    expect(await gate.bump()).toBe(2);
    const asked = { limits: [person(1)] };
    expect(await gate.admit(callOf({ ...asked, epoch: 1 }))).toEqual({ kind: "stale", epoch: 2 });
    expect(await gate.admit(callOf({ ...asked, epoch: 2 }))).toMatchObject({ kind: "admitted" });
  });

  it("grows over evictions", async () => {
    const { gate } = newTeam();
    const epochs = [];
    for (let i = 0; i < 3; i++) {
      epochs.push(await gate.bump());
      await evictDurableObject(gate);
    }
    expect(epochs).toEqual([2, 3, 4]);
    expect(await gate.epoch()).toBe(4);
  });

  it("leaves no trace of a refused call", async () => {
    const team = newTeam();
    await team.gate.admit(callOf({ epoch: 7 }));
    expect(await stored(team)).toEqual([]);
  });
});

describe("the outbox", () => {
  it.each([{ underway: 0 }, { underway: 50 }])(
    "has the intent on disk before it admits ($underway under way)",
    async ({ underway }) => {
      const team = newTeam();
      const call = callOf({ underway });
      await team.gate.admit(call);
      expect(await stored(team)).toMatchObject([{ id: call.executionId, intent: call.intent }]);
    },
  );

  it("shows a call as running even when the gate is evicted before it told anybody", async () => {
    const team = newTeam();
    const call = callOf();
    await team.gate.admit(call);
    await evictDurableObject(team.gate);
    await team.gate.epoch();
    await statusBecomes(team, call.executionId, "running");
    expect(await recorded(team, call.executionId)).toMatchObject({ arguments: { json: {} } });
  });

  it("takes an outcome after an eviction", async () => {
    const team = newTeam();
    const call = callOf();
    await team.gate.admit(call);
    await evictDurableObject(team.gate);
    await team.gate.settle([ended(call.executionId)]);
    await statusBecomes(team, call.executionId, "succeeded");
    expect(await eventsOf(team, call.executionId)).toEqual(["started", "finished"]);
  });

  it("settles once: what comes again or was never admitted changes nothing", async () => {
    const team = newTeam();
    const call = callOf();
    await team.gate.admit(call);
    await team.gate.settle([ended(call.executionId, { notes: [note({ progress: 1 })] })]);
    await team.gate.settle([
      ended(call.executionId, {
        outcome: outcome({ status: "failed" }),
        notes: [note({ progress: 2 })],
      }),
      ended(newId("exe")),
    ]);
    await statusBecomes(team, call.executionId, "succeeded");
    await team.gate.settle([ended(call.executionId, { outcome: outcome({ status: "failed" }) })]);
    await runDurableObjectAlarm(team.gate);
    expect((await recorded(team, call.executionId))?.status).toBe("succeeded");
    expect(await eventsOf(team, call.executionId)).toEqual([
      "started",
      'progress {"progress":1}',
      "finished",
    ]);
    expect((await team.ledger.list({ limit: 10 })).items).toHaveLength(1);
  });

  it.each<{ sentence: string; next: Partial<Admit> }>([
    { sentence: "that is admitted", next: {} },
    { sentence: "that is stale", next: { epoch: 0 } },
    { sentence: "that is limited", next: { limits: [person(0)] } },
  ])("takes an outcome that travels along with a call $sentence", async ({ next }) => {
    const team = newTeam();
    const call = callOf();
    await team.gate.admit(call);
    await team.gate.admit(callOf({ ...next, settlements: [ended(call.executionId)] }));
    await statusBecomes(team, call.executionId, "succeeded");
  });

  it("keeps of a call that the ledger has only what it spent, and that for its minute", async () => {
    const team = newTeam();
    const call = callOf({ limits: [person(5)] });
    const spent = () =>
      runInDurableObject(team.gate, (_, state) =>
        state.storage.sql.exec("SELECT * FROM spent").toArray(),
      );
    await team.gate.admit(call);
    await team.gate.settle([ended(call.executionId)]);
    await expect.poll(() => stored(team)).toEqual([]);
    expect(JSON.stringify(await spent())).not.toContain("echo");
    await runDurableObjectAlarm(team.gate);
    expect(await spent()).toHaveLength(1);
    await runInDurableObject(team.gate, (_, state) => {
      state.storage.sql.exec("UPDATE spent SET latest = latest - 62000");
    });
    await runDurableObjectAlarm(team.gate);
    expect(await spent()).toEqual([]);
  });

  it("admits nothing that it cannot store, and does not tell of it later", async () => {
    const team = newTeam();
    const [refused, admitted] = [callOf(), callOf()];
    await dropTables(team, ["calls"]);
    await expect(team.gate.admit(refused).then(({ kind }) => kind)).rejects.toThrow(
      "no such table",
    );
    await makeTables(team);
    await team.gate.admit(admitted);
    await statusBecomes(team, admitted.executionId, "running");
    expect(await recorded(team, refused.executionId)).toBeNull();
  });
});

describe("the alarm", () => {
  it("closes a call that was never settled as lost", async () => {
    const team = newTeam();
    const [forgotten, running] = [callOf(), callOf()];
    await team.gate.admit(forgotten);
    await overdue(team);
    await team.gate.admit(running);
    await evictDurableObject(team.gate);
    expect(await runDurableObjectAlarm(team.gate)).toBe(true);
    expect(await recorded(team, forgotten.executionId)).toMatchObject({
      status: "lost",
      error: { code: "execution_lost" },
    });
    expect((await recorded(team, running.executionId))?.status).toBe("running");
    expect(await eventsOf(team, forgotten.executionId)).toEqual(["started", "finished"]);
  });

  it("rings when it was set to, also where the gate is evicted and called again before", async () => {
    const team = newTeam();
    const soon = Date.now() + 5000;
    await team.gate.admit(callOf());
    await runInDurableObject(team.gate, (_, { storage }) => storage.setAlarm(soon));
    await evictDurableObject(team.gate);
    await team.gate.admit(callOf());
    const due = await runInDurableObject(team.gate, (_, { storage }) => storage.getAlarm());
    expect(due).toBe(soon);
  });

  it("does not let a late outcome overwrite what was closed as lost", async () => {
    const team = newTeam();
    const call = callOf();
    await team.gate.admit(call);
    await overdue(team);
    await evictDurableObject(team.gate);
    await runDurableObjectAlarm(team.gate);
    await team.gate.settle([ended(call.executionId)]);
    await runDurableObjectAlarm(team.gate);
    expect((await recorded(team, call.executionId))?.status).toBe("lost");
  });

  it("comes again while anything is open, and rests when nothing is", async () => {
    const team = newTeam();
    const nextAlarm = () => runInDurableObject(team.gate, (_, state) => state.storage.getAlarm());
    expect(await nextAlarm()).toBeNull();
    const call = callOf();
    await team.gate.admit(call);
    expect(await runDurableObjectAlarm(team.gate)).toBe(true);
    expect(await nextAlarm()).toBeGreaterThan(Date.now());
    await team.gate.settle([ended(call.executionId)]);
    await statusBecomes(team, call.executionId, "succeeded");
    await expect.poll(() => stored(team)).toEqual([]);
    expect(await runDurableObjectAlarm(team.gate)).toBe(true);
    expect(await nextAlarm()).toBeNull();
  });

  it.each([
    { what: "the ledger is gone", ledgerFails: true, dropped: [] },
    { what: "its own storage fails", ledgerFails: false, dropped: ["spent"] },
    { what: "both fail", ledgerFails: true, dropped: ["calls", "spent", "idempotency"] },
  ])("never throws when $what, and comes again", async ({ ledgerFails, dropped }) => {
    const complaints = vi.spyOn(console, "error").mockImplementation(() => undefined);
    const team = newTeam();
    const call = callOf();
    await team.gate.admit(call);
    if (ledgerFails) await breakLedger(team, () => "before");
    await team.gate.settle([ended(call.executionId)]);
    if (!ledgerFails) await expect.poll(() => stored(team)).toEqual([]);
    await dropTables(team, dropped);
    for (let i = 0; i < 8; i++) expect(await runDurableObjectAlarm(team.gate)).toBe(true);
    expect(complaints).toHaveBeenCalled();
    await makeTables(team);
    await breakLedger(team, () => undefined);
    await statusBecomes(team, call.executionId, "succeeded");
    complaints.mockRestore();
  });
});

describe("delivery", () => {
  it.each([
    { when: "before" as const, sentence: "the ledger fails once" },
    { when: "after" as const, sentence: "the ledger's answer is lost once" },
  ])("loses nothing and tells nothing twice when $sentence", async ({ when }) => {
    const complaints = vi.spyOn(console, "error").mockImplementation(() => undefined);
    const team = newTeam();
    const [done, going] = [callOf(), callOf()];
    await team.gate.admit(done);
    await team.gate.admit(going);
    let deliveries = 0;
    await breakLedger(team, (times) => ((deliveries = times) === 1 ? when : undefined));
    await team.gate.settle([
      { ...ended(done.executionId), notes: [note({ progress: 1 })] },
      {
        ...ended(going.executionId),
        outcome: null,
        result: null,
        notes: [note({ progress: 1 }), note({ progress: 2 })],
      },
    ]);
    await expect.poll(() => deliveries, { interval: 2 }).toBe(1);
    await team.gate.settle([{ ...ended(going.executionId), notes: [note({ progress: 3 })] }]);
    await statusBecomes(team, done.executionId, "succeeded");
    await statusBecomes(team, going.executionId, "succeeded");
    expect(await eventsOf(team, done.executionId)).toEqual([
      "started",
      'progress {"progress":1}',
      "finished",
    ]);
    expect(await eventsOf(team, going.executionId)).toEqual([
      "started",
      'progress {"progress":1}',
      'progress {"progress":2}',
      'progress {"progress":3}',
      "finished",
    ]);
    expect(await recorded(team, done.executionId)).toMatchObject({
      arguments: { json: {} },
      result: { json: {} },
    });
    complaints.mockRestore();
  });

  it("tells of a call only once it is on disk, or a crash in between would leave it running for ever", async () => {
    const team = newTeam();
    const call = callOf({ underway: 200 });
    const known = await runInDurableObject(team.gate, async (gate) => {
      const admitted = gate.admit(call);
      // As when the disk is slow: the call is old enough to be told of, and still waits for its commit.
      const later = vi.spyOn(Date, "now").mockReturnValue(Date.now() + 5000);
      await gate.alarm();
      later.mockRestore();
      // An object may only use a stub of its own.
      const ledger = env.TEAM_LEDGER.getByName(team.id);
      const told = await recorded({ ...team, ledger }, call.executionId);
      await admitted;
      return told;
    });
    expect(known).toBeNull();
    await statusBecomes(team, call.executionId, "running");
  });

  it("hands over more than one message between objects can hold", async () => {
    const team = newTeam();
    const calls = Array.from({ length: 40 }, () => callOf());
    await breakLedger(team, () => "before");
    const complaints = vi.spyOn(console, "error").mockImplementation(() => undefined);
    const result = JSON.stringify({
      characters: 1_000_000,
      truncated: false,
      json: "x".repeat(1_000_000),
    });
    for (const call of calls) {
      await team.gate.admit(call);
      await team.gate.settle([ended(call.executionId, { result })]);
    }
    await breakLedger(team, () => undefined);
    for (const call of calls) await statusBecomes(team, call.executionId, "succeeded");
    complaints.mockRestore();
  });
});

describe("waiting for input", () => {
  const paused = async () => {
    const team = newTeam();
    const call = callOf({ limits: [person(1)] });
    await team.gate.admit(call);
    await team.gate.pause(call.executionId, 1, note({ round: 1 }, "input_required"));
    const resume = (round: number, epoch = 1) =>
      team.gate.resume(call.executionId, { epoch, round, timeoutMs: 1000 });
    return { team, call, resume };
  };

  it("goes on with each round once, and spends no admission", async () => {
    const { team, call, resume } = await paused();
    const answers = await Promise.all([resume(1), resume(1), resume(1)]);
    expect(countOf(answers, "admitted")).toBe(1);
    await team.gate.pause(call.executionId, 2, note({ round: 2 }, "input_required"));
    expect(await resume(1)).toMatchObject({ kind: "repeated" });
    expect(await resume(2)).toMatchObject({ kind: "admitted" });
    await team.gate.settle([ended(call.executionId)]);
    expect(await resume(2)).toMatchObject({ kind: "repeated" });
    await statusBecomes(team, call.executionId, "succeeded");
    expect(await eventsOf(team, call.executionId)).toEqual([
      "started",
      "input_required",
      "resumed",
      "input_required",
      "resumed",
      "finished",
    ]);
  });

  it("waits through an eviction", async () => {
    const { team, resume } = await paused();
    await evictDurableObject(team.gate);
    expect(await resume(1)).toMatchObject({ kind: "admitted" });
    await evictDurableObject(team.gate);
    expect(await resume(1)).toMatchObject({ kind: "repeated" });
  });

  it("asks for the present epoch first, and keeps the round for then", async () => {
    const { team, resume } = await paused();
    await team.gate.bump();
    expect(await resume(1)).toEqual({ kind: "stale", epoch: 2 });
    expect(await resume(1, 2)).toMatchObject({ kind: "admitted" });
  });

  it("waits longer than a call may take, and is cancelled when nothing ever comes", async () => {
    const { team, call } = await paused();
    const [row] = await stored(team);
    expect(Number(row?.["deadline"]) - Date.now()).toBeGreaterThan(9 * 60_000);
    await overdue(team);
    await evictDurableObject(team.gate);
    await runDurableObjectAlarm(team.gate);
    expect(await recorded(team, call.executionId)).toMatchObject({
      status: "cancelled",
      error: { code: "cancelled" },
    });
  });
});

describe("idempotency", () => {
  const keyed = (hash = "h1") =>
    callOf({ limits: [person(1)], idempotency: { key: "key_1/k", hash } });

  it("answers a repetition with the first execution, and spends nothing", async () => {
    const { gate } = newTeam();
    const first = keyed();
    expect(await gate.admit(first)).toMatchObject({ kind: "admitted" });
    const again = { kind: "repeated", executionId: first.executionId };
    expect(await gate.admit(keyed())).toEqual({ ...again, sameRequest: true });
    expect(await gate.admit(keyed("h2"))).toEqual({ ...again, sameRequest: false });
  });

  it("admits one of many that arrive at once", async () => {
    const { gate } = newTeam();
    const many = Array.from({ length: 20 }, () =>
      gate.admit({ ...keyed(), limits: [], underway: 20 }),
    );
    const admissions = await Promise.all(many);
    expect(countOf(admissions, "admitted")).toBe(1);
    expect(countOf(admissions, "repeated")).toBe(19);
  });

  it("remembers over an eviction, for a day", async () => {
    const team = newTeam();
    const first = { ...keyed(), limits: [] };
    await team.gate.admit(first);
    await evictDurableObject(team.gate);
    expect(await team.gate.admit({ ...keyed(), limits: [] })).toMatchObject({ kind: "repeated" });
    await runInDurableObject(team.gate, (_, state) => {
      state.storage.sql.exec("UPDATE idempotency SET at = at - 86400001");
    });
    expect(await team.gate.admit({ ...keyed(), limits: [] })).toMatchObject({ kind: "admitted" });
  });

  it("does not remember a call that was refused", async () => {
    const { gate } = newTeam();
    await gate.admit(callOf({ limits: [person(1)] }));
    expect(await gate.admit(keyed())).toMatchObject({ kind: "limited" });
    expect(await gate.admit({ ...keyed(), limits: [] })).toMatchObject({ kind: "admitted" });
  });
});
