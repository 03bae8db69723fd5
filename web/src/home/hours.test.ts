import { expect, it } from "vitest";
import { hoursOf } from "./hours";

const hour = 3_600_000;

it("shows every hour once, those without a call too, the present one last", () => {
  const point = { at: 9 * hour, total: 4, failed: 1, p50Ms: 20, p95Ms: 90, byStatus: {} };
  const hours = hoursOf([point], { now: 10 * hour + 5, count: 3 });
  expect(hours).toEqual([
    { at: 8 * hour, total: 0, failed: 0, p50Ms: null },
    { at: 9 * hour, total: 4, failed: 1, p50Ms: 20 },
    { at: 10 * hour, total: 0, failed: 0, p50Ms: null },
  ]);
});
