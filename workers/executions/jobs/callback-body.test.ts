import { expect, it } from "vitest";
import { JobEnded, type Job } from "../../../shared/contracts/jobs";
import { callbackBody, callbackId } from "./callback-body";

const job: Job = {
  id: "job_01",
  status: "succeeded",
  toolId: "tool_01",
  name: "create_report",
  connectionId: "con_01",
  connectionSlug: "reports",
  actor: { kind: "apiKey", id: "key_01", personId: "per_01" },
  requestId: "req_01",
  context: {},
  createdAt: 1_793_232_000_000,
  startedAt: 1_793_232_000_000,
  finishedAt: 1_793_232_060_000,
  nextAttemptAt: null,
  attempts: 1,
  executionId: "exe_01",
  timeoutMs: 600_000,
  progress: null,
  estimate: null,
  error: null,
  cancelRequestedAt: null,
  callback: {
    url: "https://acme.com/hook",
    status: "pending",
    attempts: 2,
    lastStatus: 500,
    nextAt: 1,
  },
  notify: false,
  resultUntil: 1_793_318_460_000,
};
const attempts = [{ executionId: "exe_01", status: "succeeded" as const }];
const told = (result: JobEnded["data"]["result"]) =>
  JobEnded.parse(JSON.parse(callbackBody({ job, result, attempts })));

it("tells the job, its whole result and its attempts", () => {
  const result = { content: [{ type: "text", text: "Grüße 💥" }] };
  expect(told(result)).toEqual({
    type: "job.ended",
    timestamp: "2026-10-29T00:01:00.000Z",
    data: { job: { ...job, callback: null }, result, attempts },
  });
  expect(told(null).data.result).toBeNull();
});

it("says of a result that was kept from an earlier call from when it is", () => {
  const cached = { at: 1_793_231_970_000, stale: true };
  const body = callbackBody({ job, result: {}, cached, attempts });
  expect(JobEnded.parse(JSON.parse(body)).data).toMatchObject({ result: {}, cached });
});

it("is the same for every attempt to tell it", () => {
  const later = { ...job, callback: { ...job.callback!, attempts: 5, lastStatus: null } };
  expect(callbackBody({ job: later, result: {}, attempts })).toBe(
    callbackBody({ job, result: {}, attempts }),
  );
  expect(callbackId(later)).toBe(callbackId(job));
  expect(callbackId({ ...job, finishedAt: 1 })).not.toBe(callbackId(job));
});

it("leaves a long result out, and says where it is read", () => {
  const fits = { text: "x".repeat(262_144 - 11) };
  expect(told(fits).data).toMatchObject({ result: { text: expect.any(String) } });
  expect(told(fits).data.resultAt).toBeUndefined();
  for (const text of ["x".repeat(262_144), "ü".repeat(131_073)])
    expect(told({ text }).data).toMatchObject({
      result: null,
      resultAt: "/api/v1/jobs/job_01",
    });
});
