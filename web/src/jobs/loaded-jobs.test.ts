import { describe, expect, it } from "vitest";
import type { LiveJob } from "../../../shared/contracts/live";
import { filtersOf } from "./filters";
import { LoadedJobs } from "./loaded-jobs";
import { sampleJob } from "./sample";

const liveJob = (change: Partial<LiveJob> = {}): LiveJob => ({
  id: "job_1",
  status: "running",
  toolId: "tool_report",
  name: "create_report",
  connectionId: "con_1",
  connectionSlug: "finance",
  createdAt: 0,
  finishedAt: null,
  attempts: 1,
  progress: null,
  ...change,
});
const listing = (search: Parameters<typeof filtersOf>[0], complete = true) => {
  const jobs = new LoadedJobs();
  const queued = sampleJob({ status: "queued", startedAt: null, finishedAt: null, attempts: 0 });
  jobs.replace(filtersOf(search, 0), [queued], complete);
  return jobs;
};

describe("the list of jobs", () => {
  it("moves a row in place by what a live message says, and keeps what it does not say", () => {
    const jobs = listing({});
    expect(jobs.hear(liveJob())).toBe("known");
    expect(jobs.at(0)).toMatchObject({ status: "running", attempts: 1, timeoutMs: 600_000 });
    jobs.hear(liveJob({ status: "succeeded", finishedAt: 90 }));
    expect(jobs.at(0)).toMatchObject({ status: "succeeded", finishedAt: 90, estimate: null });
  });

  it("lets a row go that fits no longer, and asks for one that may fit now", () => {
    const jobs = listing({ status: "queued" });
    expect(jobs.hear(liveJob())).toBe("known");
    expect(jobs.size).toBe(0);
    expect(jobs.hear(liveJob({ id: "job_2", status: "queued" }))).toBe("wanted");
    expect(jobs.hear(liveJob({ id: "job_2" }))).toBe("foreign");
  });

  it("leaves alone what is older than what is loaded", () => {
    expect(listing({}, false).hear(liveJob({ id: "job_0" }))).toBe("foreign");
    expect(listing({}, true).hear(liveJob({ id: "job_0" }))).toBe("wanted");
  });

  it("takes progress for what runs, and for nothing else", () => {
    const jobs = listing({});
    const progress = { progress: 3, total: 4, at: 1 };
    jobs.progress("job_1", progress);
    expect(jobs.at(0)?.progress).toBeNull();
    jobs.hear(liveJob());
    jobs.progress("job_1", progress);
    expect(jobs.at(0)?.progress).toEqual(progress);
  });

  it("goes back to the queue when somebody retries", () => {
    const jobs = listing({});
    jobs.hear(liveJob({ status: "failed", finishedAt: 9 }));
    jobs.hear(liveJob({ status: "queued", finishedAt: null }));
    expect(jobs.at(0)).toMatchObject({ status: "queued", finishedAt: null });
  });
});
