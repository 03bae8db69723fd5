import { describe, expect, it } from "vitest";
import type { Job, JobEvent } from "../../../shared/contracts/jobs";
import { sampleJob } from "./sample";
import { barsOf, spansOf } from "./waterfall";

let seq = 0;
const at = (
  time: number,
  type: JobEvent["type"],
  data: Record<string, unknown> = {},
): JobEvent => ({
  seq: seq++,
  jobId: "job_1",
  at: time,
  type,
  data,
});
const parts = (job: Job, events: JobEvent[]) =>
  spansOf(job, events).map(({ of, number, from, to }) => [of, number, from, to]);

describe("where the time of a job went", () => {
  it("is the queue, then one attempt", () => {
    const events = [
      at(0, "queued"),
      at(10, "attempt_started", { executionId: "exe_1" }),
      at(50, "attempt_ended", { status: "succeeded" }),
      at(50, "finished", { status: "succeeded" }),
    ];
    const spans = spansOf(sampleJob({ finishedAt: 50 }), events);
    expect(spans).toEqual([
      { of: "queue", number: 1, from: 0, to: 10 },
      { of: "attempt", number: 1, from: 10, to: 50, executionId: "exe_1", status: "succeeded" },
    ]);
  });

  it("has waits between attempts, and one that goes on", () => {
    const events = [
      at(0, "queued"),
      at(10, "attempt_started"),
      at(20, "attempt_ended", { status: "failed" }),
      at(20, "retry_scheduled", { at: 60 }),
      at(60, "attempt_started"),
    ];
    expect(parts(sampleJob({ status: "running", finishedAt: null }), events)).toEqual([
      ["queue", 1, 0, 10],
      ["attempt", 1, 10, 20],
      ["wait", 2, 20, 60],
      ["attempt", 2, 60, null],
    ]);
  });

  it("has the queue once more after a retry by hand", () => {
    const events = [
      at(0, "queued"),
      at(10, "attempt_started"),
      at(20, "attempt_ended", { status: "cancelled" }),
      at(20, "finished", { status: "cancelled" }),
      at(90, "queued"),
    ];
    expect(parts(sampleJob({ status: "queued", finishedAt: null }), events).at(-1)).toEqual([
      "queue",
      2,
      90,
      null,
    ]);
  });

  it("ends with the callback's attempts", () => {
    const callback = {
      url: "https://example.com",
      status: "delivered" as const,
      attempts: 1,
      lastStatus: 200,
      nextAt: null,
    };
    const events = [
      at(0, "queued"),
      at(5, "attempt_started"),
      at(9, "attempt_ended", { status: "succeeded" }),
      at(9, "finished", { status: "succeeded" }),
      at(12, "callback_delivered", { status: 200 }),
    ];
    expect(parts(sampleJob({ finishedAt: 9, callback }), events).at(-1)).toEqual([
      "callback",
      1,
      9,
      12,
    ]);
  });

  it("is told by the job alone where no event is kept, and nothing goes on after its end", () => {
    expect(parts(sampleJob({ startedAt: 10, finishedAt: 40 }), [])).toEqual([
      ["queue", 1, 0, 10],
      ["attempt", 1, 10, 40],
    ]);
    const cut = [at(0, "queued"), at(10, "attempt_started")];
    expect(parts(sampleJob({ status: "lost", finishedAt: 70 }), cut).at(-1)).toEqual([
      "attempt",
      1,
      10,
      70,
    ]);
  });
});

it("draws each part where it stands in the whole, up to now where it goes on", () => {
  const spans = [
    { of: "queue" as const, number: 1, from: 0, to: 25 },
    { of: "attempt" as const, number: 1, from: 25, to: null },
  ];
  expect(barsOf(spans, 100)).toEqual([
    { left: 0, width: 0.25 },
    { left: 0.25, width: 0.75 },
  ]);
});
