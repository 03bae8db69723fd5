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

describe("failures", () => {
  it("lock with the last that the rule allows, and count no further", async () => {
    expect([await attempts.fail(rule), await attempts.fail(rule)]).toEqual([0, 0]);
    expect(await attempts.fail(rule)).toBeGreaterThan(59_000);
    for (let n = 0; n < 20; n++) await attempts.fail(rule);
    expect(await attempts.waitMs()).toBeGreaterThan(59_000);
    expect(await rows()).toBe(0);
  });

  it("survive an eviction, as does the lock", async () => {
    await attempts.fail(rule);
    await attempts.fail(rule);
    await evictDurableObject(attempts);
    expect(await attempts.fail(rule)).toBeGreaterThan(0);
    await evictDurableObject(attempts);
    expect(await attempts.waitMs()).toBeGreaterThan(0);
  });

  it("are forgotten when it works, and after their time", async () => {
    await attempts.fail(rule);
    await attempts.fail(rule);
    await attempts.succeed();
    expect(await attempts.fail(rule)).toBe(0);
    const short = { ...rule, withinMs: 0 };
    for (let n = 0; n < 10; n++) expect(await attempts.fail(short)).toBe(0);
  });
});

describe("tries that are counted before they are made", () => {
  it("are no more than the rule allows, however many begin at once", async () => {
    const waits = await Promise.all(Array.from({ length: 20 }, () => attempts.begin(rule)));
    expect(waits.filter((wait) => wait === 0)).toHaveLength(3);
  });

  it("are taken back one by one, or all at once with the lock", async () => {
    for (let n = 0; n < 10; n++) {
      expect(await attempts.begin(rule)).toBe(0);
      await attempts.forgive();
    }
    for (let n = 0; n < 5; n++) await attempts.begin(rule);
    expect(await attempts.waitMs()).toBeGreaterThan(0);
    await attempts.succeed();
    expect(await attempts.begin(rule)).toBe(0);
  });
});

describe("the alarm", () => {
  it("keeps nothing once nothing was tried for a while, and what comes then is counted anew", async () => {
    await attempts.fail(rule);
    expect(await runDurableObjectAlarm(attempts)).toBe(true);
    expect(await rows()).toBe(0);
    expect(await attempts.fail(rule)).toBe(0);
    expect(await rows()).toBe(1);
  });

  it("comes again when storage fails it", async () => {
    await attempts.fail(rule);
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
