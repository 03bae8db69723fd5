import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { lastDue, startClock } from "./clock.ts";

const cron = "17 3 * * *";
const at = (time: string) => Date.parse(`2026-11-21T${time}Z`);

describe("a daily cron", () => {
  it.each([
    ["before its time", "03:16:59", "2026-11-20T03:17:00.000Z"],
    ["at its time", "03:17:00", "2026-11-21T03:17:00.000Z"],
    ["later that day", "23:59:59", "2026-11-21T03:17:00.000Z"],
  ])("%s was due last", (_, time, due) => {
    expect(new Date(lastDue(cron, at(time))).toISOString()).toBe(due);
  });

  it.each(["* * * * *", "17 3 * * 1", "*/5 3 * * *", "*/7 * * * *", ""])("is not %j", (other) => {
    expect(() => lastDue(other, 0)).toThrow("daily crons");
  });
});

it.each([
  ["at its time", "12:05:00", "12:05:00"],
  ["a little later", "12:09:59", "12:05:00"],
  ["at the turn of the hour", "12:00:01", "12:00:00"],
])("a cron every five minutes was due last %s", (_, time, due) => {
  expect(lastDue("*/5 * * * *", at(time))).toBe(at(due));
});

describe("the clock", () => {
  let data: string;
  beforeEach(() => {
    data = mkdtempSync(join(tmpdir(), "clock-"));
    vi.useFakeTimers({ now: at("12:00:00") });
  });
  afterEach(() => {
    vi.useRealTimers();
    rmSync(data, { recursive: true });
  });
  const hours = (count: number) => vi.advanceTimersByTimeAsync(count * 60 * 60_000);

  it("fires soon after the first start, then once a day at its time, restarts or not", async () => {
    const fired: string[] = [];
    const fire = async () => void fired.push(new Date().toISOString().slice(5, 16));
    let stop = startClock({ crons: [cron], data, fire });
    await hours(1);
    expect(fired).toEqual(["11-21T12:00"]);
    stop();
    stop = startClock({ crons: [cron], data, fire });
    await hours(14);
    expect(fired).toHaveLength(1);
    await hours(1);
    expect(fired).toEqual(["11-21T12:00", "11-22T03:17"]);
    stop();
    await hours(48);
    expect(fired).toHaveLength(2);
    stop = startClock({ crons: [cron], data, fire });
    await hours(1);
    expect(fired).toHaveLength(3);
    stop();
  });

  it("fires one every five minutes so often, beside the daily one, and once for all that it missed", async () => {
    const fired: string[] = [];
    const fire = async (which: string) => void fired.push(which);
    const often = "*/5 * * * *";
    const crons = [often, cron];
    let stop = startClock({ crons, data, fire });
    await hours(1);
    expect(fired.filter((one) => one === cron)).toHaveLength(1);
    expect(fired.filter((one) => one === often)).toHaveLength(13);
    stop();
    await hours(5);
    stop = startClock({ crons, data, fire });
    await vi.advanceTimersByTimeAsync(11_000);
    expect(fired.filter((one) => one === often)).toHaveLength(14);
    stop();
  });

  it("goes on after one that failed", async () => {
    const logged = vi.spyOn(console, "error").mockImplementation(() => undefined);
    let fired = 0;
    const fire = async () => {
      fired += 1;
      throw new Error("no");
    };
    const stop = startClock({ crons: [cron], data, fire });
    await hours(40);
    expect(fired).toBe(3);
    stop();
    logged.mockRestore();
  });
});
