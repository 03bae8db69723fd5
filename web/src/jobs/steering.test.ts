import { expect, it } from "vitest";
import { sampleJob } from "./sample";
import { mayCancel, mayRetry } from "./steering";

const own = { personId: "per_1", permissions: ["tools.call"] as const };
const other = { personId: "per_2", permissions: ["tools.call"] as const };
const operator = { personId: "per_2", permissions: ["executions.manage"] as const };
const running = sampleJob({ status: "running", finishedAt: null });
const failed = sampleJob({ status: "failed", resultUntil: 100 });

it("offers cancelling to who began it, and to who may steer others’ calls, as long as it goes on", () => {
  expect([own, other, operator].map((reader) => mayCancel(running, reader))).toEqual([
    true,
    false,
    true,
  ]);
  expect(mayCancel(failed, own)).toBe(false);
  expect(mayCancel({ ...running, cancelRequestedAt: 5 }, own)).toBe(false);
});

it("offers retrying of what did not succeed, as long as its arguments are kept", () => {
  expect([own, other, operator].map((reader) => mayRetry(failed, reader, 50))).toEqual([
    true,
    false,
    true,
  ]);
  expect(mayRetry(failed, own, 200)).toBe(false);
  expect(mayRetry({ ...failed, status: "succeeded" }, own, 50)).toBe(false);
  expect(mayRetry(running, own, 50)).toBe(false);
});
