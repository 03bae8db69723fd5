import { describe, expect, it } from "vitest";
import { drawnShare, endsAt } from "./estimate";
import { sampleJob } from "./sample";

const running = { status: "running", startedAt: 0, finishedAt: null } as const;

describe("when a job will end", () => {
  it("goes by its own progress before its history", () => {
    const job = sampleJob({
      ...running,
      progress: { progress: 25, total: 100, at: 1000 },
      estimate: { endsAt: 9000, basis: "history" },
    });
    expect(endsAt(job)).toBe(4000);
    expect(drawnShare(job, 3000)).toBe(0.25);
  });

  it("goes by its history where it says nothing of a whole, and never draws it as done", () => {
    const job = sampleJob({
      ...running,
      progress: { progress: 7, at: 1000 },
      estimate: { endsAt: 4000, basis: "history" },
    });
    expect(endsAt(job)).toBe(4000);
    expect(drawnShare(job, 2000)).toBe(0.5);
    expect(drawnShare(job, 9000)).toBe(0.95);
  });

  it("leaves it to the hub after the first attempt, whose beginning is not that of this one", () => {
    const progress = { progress: 50, total: 100, at: 1000 };
    const estimate = { endsAt: 7000, basis: "progress" } as const;
    expect(endsAt(sampleJob({ ...running, attempts: 2, progress, estimate }))).toBe(7000);
  });

  it("is not known without either", () => {
    expect(endsAt(sampleJob(running))).toBeUndefined();
    expect(drawnShare(sampleJob(running), 1)).toBeUndefined();
  });
});
