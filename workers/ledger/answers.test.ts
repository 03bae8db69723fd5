import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it, vi } from "vitest";
import { newId } from "../../shared/ids";
import { openCachedAnswers } from "./cached-answers";
import type { Intent } from "./records";

afterEach(() => {
  vi.restoreAllMocks();
});

const start = Date.now();
const hour = 3_600_000;
const at = (time: number) => vi.spyOn(Date, "now").mockReturnValue(time);

function newLedger() {
  const id = newId("team");
  const ledger = env.TEAM_LEDGER.getByName(id);
  const rowsOf = (table: string) =>
    runInDurableObject(ledger, (_, { storage }) =>
      storage.sql.exec(`SELECT * FROM ${table}`).toArray(),
    );
  return { id, ledger, rowsOf };
}

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
const outcome = {
  status: "succeeded",
  finishedAt: start,
  durationMs: 5,
  upstreamMs: 4,
  error: null,
};

function entryOf(executionId: string, kept: string | null) {
  return {
    executionId,
    intent: JSON.stringify(intent),
    arguments: null,
    notes: [],
    outcome: JSON.stringify(outcome),
    result: null,
    kept,
  };
}

describe("the answer of a call under an idempotency key", () => {
  it("is kept for a day, whatever its size, also after an eviction, and is gone then", async () => {
    const { id, ledger, rowsOf } = newLedger();
    const [small, large] = [newId("exe"), newId("exe")];
    const sealed = "abcdefgh".repeat(450_000);
    at(start);
    await ledger.record(id, [entryOf(small, "sealed"), entryOf(large, sealed)]);
    await evictDurableObject(ledger);
    at(start + 24 * hour - 1);
    expect(await ledger.keptAnswer(small)).toBe("sealed");
    expect(await ledger.keptAnswer(large)).toBe(sealed);
    at(start + 24 * hour);
    expect(await ledger.keptAnswer(large)).toBeNull();
    await runDurableObjectAlarm(ledger);
    expect(await rowsOf("kept_answers")).toEqual([]);
  });

  it("is the first one, however often it is delivered", async () => {
    const { id, ledger } = newLedger();
    const executionId = newId("exe");
    await ledger.record(id, [entryOf(executionId, "first")]);
    await ledger.record(id, [entryOf(executionId, "second")]);
    expect(await ledger.keptAnswer(executionId)).toBe("first");
  });

  it("is none of another call, nor of a team that was deleted", async () => {
    const { id, ledger } = newLedger();
    const executionId = newId("exe");
    await ledger.record(id, [entryOf(executionId, "sealed")]);
    expect(await ledger.keptAnswer(newId("exe"))).toBeNull();
    await ledger.erase();
    expect(await ledger.keptAnswer(executionId)).toBeNull();
  });
});

describe("an answer that may be given again", () => {
  const answer = (change: object = {}) => ({
    at: start,
    until: start + hour,
    sealed: "sealed",
    ...change,
  });

  it("is found until its time is over, also after an eviction, and is gone then", async () => {
    const { id, ledger, rowsOf } = newLedger();
    at(start);
    await ledger.keepAnswer(id, "key", answer());
    await evictDurableObject(ledger);
    expect(await ledger.findAnswer("key")).toEqual({ at: start, sealed: "sealed" });
    expect(await ledger.findAnswer("other")).toBeNull();
    at(start + hour);
    expect(await ledger.findAnswer("key")).toBeNull();
    await runDurableObjectAlarm(ledger);
    expect(await rowsOf("cached_answers")).toEqual([]);
  });

  it("is replaced by a newer one, and by no older one", async () => {
    const { id, ledger } = newLedger();
    await ledger.keepAnswer(id, "key", answer());
    await ledger.keepAnswer(id, "key", answer({ at: start + 1, sealed: "newer" }));
    await ledger.keepAnswer(id, "key", answer({ at: start - 1, sealed: "older" }));
    expect(await ledger.findAnswer("key")).toMatchObject({ sealed: "newer" });
  });

  it("is kept by nobody else's ledger, nor for a team that was deleted", async () => {
    const { id, ledger } = newLedger();
    const refused = ledger.keepAnswer(newId("team"), "key", answer()).then(() => "kept");
    await expect(refused).rejects.toThrow("another team");
    await ledger.erase();
    await ledger.keepAnswer(id, "key", answer());
    expect(await ledger.findAnswer("key")).toBeNull();
  });

  it.each([
    ["there are too many", { rows: 20, characters: 1e9 }],
    ["they take too much room", { rows: 1e9, characters: 20 * 6 }],
  ])("goes, the oldest first, where %s", async (_when, bounds) => {
    const { ledger } = newLedger();
    const left = await runInDurableObject(ledger, (_, { storage }) => {
      const answers = openCachedAnswers(storage.sql, bounds);
      for (let i = 0; i < 100; i++) answers.put(`key ${i}`, answer({ at: start + i }));
      const rows = storage.sql.exec<{ at: number }>("SELECT at FROM cached_answers").toArray();
      return rows.map((row) => row.at - start).sort((a, b) => a - b);
    });
    expect(left.length).toBeGreaterThan(15);
    expect(left.length).toBeLessThanOrEqual(20);
    expect(left).toEqual(left.map((_, i) => 100 - left.length + i));
  });
});
