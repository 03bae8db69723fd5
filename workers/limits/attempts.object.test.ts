import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Attempts, AttemptRule } from "./attempts.object";

const rule: AttemptRule = { failures: 3, withinMs: 60_000, lockMs: 60_000 };
let attempts: DurableObjectStub<Attempts>;
beforeEach(() => {
  attempts = env.ATTEMPTS.getByName(crypto.randomUUID());
});
const rows = () =>
  runInDurableObject(
    attempts,
    (_, { storage }) => storage.sql.exec("SELECT count(*) AS n FROM failures").one()["n"],
  );

describe("what is counted", () => {
  it("is no more than the rule allows, however many begin at once, and counts no further", async () => {
    const waits = await Promise.all(Array.from({ length: 20 }, () => attempts.begin(rule)));
    expect(waits.filter((wait) => wait === 0)).toHaveLength(3);
    expect(Math.min(...waits.slice(3))).toBeGreaterThan(59_000);
    expect(await rows()).toBe(0);
  });

  it("survives an eviction, as does the lock", async () => {
    for (let n = 0; n < 3; n++) await attempts.begin(rule);
    await evictDurableObject(attempts);
    expect(await attempts.begin(rule)).toBeGreaterThan(0);
    await evictDurableObject(attempts);
    expect(await attempts.begin(rule)).toBeGreaterThan(0);
  });

  it("is forgotten after its time", async () => {
    const short = { ...rule, withinMs: 0 };
    for (let n = 0; n < 10; n++) expect(await attempts.begin(short)).toBe(0);
  });

  it("is taken back one by one, or all at once with the lock", async () => {
    for (let n = 0; n < 10; n++) {
      expect(await attempts.begin(rule)).toBe(0);
      await attempts.forgive();
    }
    for (let n = 0; n < 3; n++) await attempts.begin(rule);
    expect(await attempts.begin(rule)).toBeGreaterThan(0);
    await attempts.succeed();
    expect(await attempts.begin(rule)).toBe(0);
  });
});

describe("the alarm", () => {
  it("keeps nothing once nothing was tried for a while, and what comes then is counted anew", async () => {
    await attempts.begin(rule);
    expect(await runDurableObjectAlarm(attempts)).toBe(true);
    expect(await rows()).toBe(0);
    expect(await attempts.begin(rule)).toBe(0);
    expect(await rows()).toBe(1);
  });

  it("comes again when storage fails it", async () => {
    await attempts.begin(rule);
    const logged = vi.spyOn(console, "error").mockImplementation(() => undefined);
    await runInDurableObject(attempts, async (object, { storage }) => {
      const spy = vi.spyOn(storage, "deleteAll").mockRejectedValue(new Error("no"));
      await object.alarm();
      spy.mockRestore();
      expect(await storage.getAlarm()).toBeGreaterThan(Date.now());
    });
    logged.mockRestore();
  });
});
