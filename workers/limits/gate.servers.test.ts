import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { newId } from "../../shared/ids";
import type { Intent } from "../ledger";
import { hurryTimers } from "../testing/hurry-timers";
import type { Settlement } from "./calls";
import type { Admit } from "./admitting";
import type { VendorNews } from "./vendor-limits";

beforeEach(() => hurryTimers());
afterEach(() => {
  vi.restoreAllMocks();
});

const start = Date.now();
const at = (seconds: number) => {
  const time = start + seconds * 1000;
  vi.spyOn(Date, "now").mockReturnValue(time);
  return time;
};

const intent: Intent = {
  method: "tools/call",
  surface: "rest",
  toolId: "tool_1",
  name: "echo",
  connectionId: "con_1",
  connectionSlug: "one",
  actor: { kind: "apiKey", id: "key_1", personId: "per_1" },
  requestId: "req_1",
  startedAt: start,
};

function newGate() {
  const gate = env.TEAM_GATE.getByName(newId("team"));
  const admit = (connectionId: string | null = "con_1", change: Partial<Admit> = {}) => {
    const executionId = newId("exe");
    const call: Admit = {
      epoch: 1,
      executionId,
      connectionId,
      limits: [],
      inFlight: 1000,
      timeoutMs: 1000,
      intent: JSON.stringify(intent),
      arguments: null,
      underway: 0,
      idempotency: null,
      settlements: [],
      ...change,
    };
    return gate.admit(call).then((admission) => ({ ...admission, executionId }));
  };
  const settle = (executionId: string, report: Partial<Settlement>) => {
    const finishedAt = Date.now();
    const outcome = { status: "failed", finishedAt, durationMs: 5, upstreamMs: 4, error: null };
    return gate.settle([
      {
        executionId,
        notes: [],
        outcome: JSON.stringify(outcome),
        result: null,
        ...report,
      },
    ]);
  };
  const call = async (report: Partial<Settlement>, connectionId = "con_1") => {
    const admission = await admit(connectionId);
    expect(admission.kind).toBe("admitted");
    return [...(admission.news ?? []), ...(await settle(admission.executionId, report))];
  };
  const fail = (times = 1) => call({ verdict: "fails", failures: times });
  const evict = async () => {
    // A call under way is told to the ledger first, for which time has to pass.
    vi.spyOn(Date, "now").mockReturnValue(Date.now() + 200);
    await scheduler.wait(150);
    await evictDurableObject(gate);
  };
  return { gate, admit, settle, call, fail, evict };
}

const vendor = (change: Partial<VendorNews>): VendorNews => ({
  limit: 100,
  remaining: 5,
  resetAt: null,
  blockedUntil: null,
  heardAt: Date.now(),
  ...change,
});

describe("a connection whose server fails", () => {
  it("is refused after five failures, and other connections are not", async () => {
    const { gate, admit, fail } = newGate();
    at(0);
    for (let i = 0; i < 5; i++) await fail();
    expect(await admit()).toMatchObject({ kind: "open", retryAfterMs: 5000 });
    expect(await admit("con_2")).toMatchObject({ kind: "admitted" });
    expect(await gate.breakers()).toEqual([
      { connectionId: "con_1", state: "open", failures: 5, since: start, retryAt: start + 5000 },
    ]);
  });

  it("spends nothing of the limits of whoever is refused", async () => {
    const { admit, fail } = newGate();
    at(0);
    await fail(5);
    const limits = [{ name: "person", subject: "per_1", limit: 1, window: "minute" }] as const;
    for (let i = 0; i < 3; i++) expect((await admit("con_1", { limits })).kind).toBe("open");
    expect((await admit("con_2", { limits })).kind).toBe("admitted");
  });

  it("is told of to whoever brings the end that showed it, also with a further call", async () => {
    const { admit, call } = newGate();
    at(0);
    const failing = (await admit()).executionId;
    const brought = await admit("con_2", {
      settlements: [
        {
          executionId: failing,
          notes: [],
          outcome: "{}",
          result: null,
          verdict: "fails",
          failures: 5,
        },
      ],
    });
    expect(brought).toMatchObject({
      kind: "admitted",
      news: [{ connectionId: "con_1", kind: "failing", failures: 5 }],
    });
    expect(await call({ verdict: "works" }, "con_3")).toEqual([]);
  });

  it("is told of to whoever brings the question that shows that it works again", async () => {
    const { gate, admit, fail } = newGate();
    at(0);
    await gate.toldPeople(await fail(5));
    at(6);
    const probe = await admit();
    expect(probe).toMatchObject({ kind: "admitted", probe: true });
    const note = { at: Date.now(), type: "input_required", data: "{}" };
    expect(await gate.pause(probe.executionId, 1, note)).toEqual([
      { connectionId: "con_1", kind: "recovered", failures: 0 },
    ]);
  });

  it("gives a kept answer all the same: its server is not asked", async () => {
    const { admit, fail } = newGate();
    at(0);
    await fail(5);
    expect((await admit(null)).kind).toBe("admitted");
  });

  it("lets exactly one of many through to see, and all once that one succeeded", async () => {
    const { admit, settle, fail } = newGate();
    at(0);
    await fail(5);
    at(5);
    const many = await Promise.all(Array.from({ length: 50 }, () => admit()));
    const [probe, ...others] = many.filter(({ kind }) => kind === "admitted");
    expect(probe).toMatchObject({ probe: true });
    expect(others).toEqual([]);
    await settle(probe?.executionId ?? "", { verdict: "works" });
    expect(await admit()).not.toHaveProperty("probe");
  });

  it.each(["open", "while a probe is under way"])(
    "stays as it was after an eviction: %s",
    async (state) => {
      const { gate, admit, settle, fail, evict } = newGate();
      at(0);
      await fail(5);
      at(5);
      let probe = "";
      if (state !== "open") probe = (await admit()).executionId;
      const before = await gate.breakers();
      expect(before).toHaveLength(1);
      await evict();
      expect(await gate.breakers()).toEqual(before);
      if (state === "open") probe = (await admit()).executionId;
      expect((await admit()).kind).toBe("open");
      await settle(probe, { verdict: "works" });
      await evict();
      expect(await gate.breakers()).toEqual([]);
      expect((await admit()).kind).toBe("admitted");
    },
  );

  it("lets another one through once the time of a probe is over that a crash took", async () => {
    const { admit, fail, evict } = newGate();
    at(0);
    await fail(5);
    at(5);
    await admit();
    await evict();
    // Its second, and the ten of grace.
    at(15.999);
    expect((await admit()).kind).toBe("open");
    at(16);
    expect(await admit()).toMatchObject({ kind: "admitted", probe: true });
  });

  it("lets another one through while a probe takes long: nobody holds a server for himself", async () => {
    const { admit, settle, fail } = newGate();
    at(0);
    await fail(5);
    at(5);
    const long = await admit("con_1", { timeoutMs: 840_000 });
    at(34.999);
    expect((await admit()).kind).toBe("open");
    at(35);
    const next = await admit();
    expect(next).toMatchObject({ kind: "admitted", probe: true });
    // What the first one comes to at last is not waited for any more.
    await settle(long.executionId, { verdict: "fails", failures: 1 });
    await settle(next.executionId, { verdict: "works" });
    expect(await admit()).not.toHaveProperty("probe");
  });

  it("lets the next one through where the probe was cancelled", async () => {
    const { admit, settle, fail } = newGate();
    at(0);
    await fail(5);
    at(5);
    await settle((await admit()).executionId, {});
    expect(await admit()).toMatchObject({ probe: true });
  });

  it("works again when a probe was asked something back", async () => {
    const { gate, admit, fail } = newGate();
    at(0);
    await fail(5);
    at(5);
    const { executionId } = await admit();
    await gate.pause(executionId, 1, { at: Date.now(), type: "input_required", data: "{}" });
    expect(await gate.breakers()).toEqual([]);
  });

  it("counts what a call says that went on in a later round", async () => {
    const { gate, admit, settle } = newGate();
    at(0);
    const { executionId } = await admit();
    await gate.pause(executionId, 1, { at: Date.now(), type: "input_required", data: "{}" });
    await gate.resume(executionId, { epoch: 1, round: 1, timeoutMs: 1000 });
    await settle(executionId, { verdict: "fails", failures: 5 });
    expect(await gate.breakers()).toHaveLength(1);
  });

  it("is told to people once, until somebody says that they were told", async () => {
    const { gate, admit, fail, call } = newGate();
    at(0);
    const news = { connectionId: "con_1", kind: "failing" as const, failures: 5 };
    expect(await fail(5)).toEqual([news]);
    expect(await admit()).toMatchObject({ kind: "open" });
    expect(await admit()).not.toHaveProperty("news");
    // Whoever took it may have died.
    at(31);
    expect(await call({ verdict: "works" }, "con_2")).toEqual([news]);
    await gate.toldPeople([news]);
    at(90);
    expect(await call({ verdict: "works" }, "con_2")).toEqual([]);
    expect(await call({ verdict: "works" })).toEqual([{ ...news, kind: "recovered", failures: 0 }]);
  });

  it("is told again with an eviction in between", async () => {
    const { gate, fail, call, evict } = newGate();
    at(0);
    await fail(5);
    await evict();
    const news = await call({ verdict: "works" }, "con_2");
    expect(news).toMatchObject([{ connectionId: "con_1", kind: "failing" }]);
    await gate.toldPeople(news);
    await evict();
    expect(await call({ verdict: "works" }, "con_2")).toEqual([]);
  });

  it("is told once an hour at most, however often it comes and goes", async () => {
    const { gate, fail, call } = newGate();
    const told: string[] = [];
    for (let second = 0; second < 2 * 3600; second += 300) {
      for (const [when, end] of [
        [second, () => fail(5)],
        [second + 5, () => call({ verdict: "works" })],
      ] as const) {
        at(when);
        const news = await end();
        await gate.toldPeople(news);
        told.push(...news.map(({ kind }) => `${kind} at ${when / 60}`));
      }
    }
    expect(told.filter((one) => one.startsWith("failing"))).toEqual([
      "failing at 0",
      "failing at 60",
    ]);
    expect(told).toHaveLength(4);
  });

  it("is forgotten a day after the last call, and people's notice is settled", async () => {
    const { gate, fail, call } = newGate();
    at(0);
    await gate.toldPeople(await fail(5));
    at(24 * 3600 + 10);
    await call({ verdict: "works" }, "con_2");
    await runDurableObjectAlarm(gate);
    expect(await gate.breakers()).toEqual([]);
    expect(await call({ verdict: "works" }, "con_2")).toMatchObject([{ kind: "recovered" }]);
  });
});

describe("a vendor that limits its calls", () => {
  it("is left alone until then, also after an eviction", async () => {
    const { admit, call, evict } = newGate();
    const now = at(0);
    await call({ vendor: vendor({ remaining: 0, blockedUntil: now + 30_000 }) });
    expect(await admit()).toMatchObject({ kind: "vendor_limited", retryAfterMs: 30_000 });
    await evict();
    at(29);
    expect(await admit()).toMatchObject({ kind: "vendor_limited", retryAfterMs: 1000 });
    at(30);
    expect((await admit()).kind).toBe("admitted");
  });

  it("is asked at once where a newer answer says that there is something left", async () => {
    const { admit, settle, call } = newGate();
    const now = at(0);
    const { executionId } = await admit();
    await call({ vendor: vendor({ remaining: 0, blockedUntil: now + 30_000 }) });
    at(1);
    await settle(executionId, { vendor: vendor({ remaining: 3 }) });
    expect((await admit()).kind).toBe("admitted");
  });

  it("stays left alone where an answer came late that is older", async () => {
    const { admit, settle, call } = newGate();
    at(0);
    const { executionId } = await admit();
    const old = vendor({ remaining: 3 });
    const now = at(1);
    await call({ vendor: vendor({ remaining: 0, blockedUntil: now + 30_000 }) });
    await settle(executionId, { vendor: old });
    expect((await admit()).kind).toBe("vendor_limited");
  });

  it("is shown with what is left, also after an eviction, and for an hour", async () => {
    const { gate, call, evict } = newGate();
    const now = at(0);
    const told = vendor({ resetAt: now + 60_000 });
    await call({ verdict: "works", vendor: told });
    await runDurableObjectAlarm(gate);
    await evict();
    expect(await gate.vendors()).toEqual([{ connectionId: "con_1", ...told }]);
    at(3601);
    expect(await gate.vendors()).toEqual([]);
  });
});

it("keeps nothing of a connection that was fine for a while", async () => {
  const { gate, call } = newGate();
  at(0);
  await call({ verdict: "works", vendor: vendor({}) });
  await runDurableObjectAlarm(gate);
  at(3700);
  await call({ verdict: "works" }, "con_2");
  await runDurableObjectAlarm(gate);
  const rows = await runInDurableObject(gate, (_, { storage }) =>
    storage.sql.exec("SELECT connection_id FROM servers").toArray(),
  );
  expect(rows).toEqual([]);
});
