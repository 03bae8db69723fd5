import { expect, it } from "vitest";
import { sees, type Only, type Subject } from "./sight";

const event = { connectionId: "con_1", executionId: "exe_1", jobId: "job_1" };
const cases: [string, { hidden?: string[]; only?: Only }, Subject, boolean][] = [
  ["everything where nothing is hidden", {}, event, true],
  ["what is of another connection than the hidden one", { hidden: ["con_2"] }, event, true],
  ["nothing of a hidden connection", { hidden: ["con_1"] }, event, false],
  [
    "nothing of who knows whose connection, where one is hidden",
    { hidden: ["con_2"] },
    { connectionId: "" },
    false,
  ],
  ["it where none is", {}, { connectionId: "" }, true],
  ["what is of no connection", { hidden: ["con_1"] }, {}, true],
  [
    "the job they watch",
    { only: { jobId: "job_1" } },
    { connectionId: "con_1", jobId: "job_1" },
    true,
  ],
  ["its attempts", { only: { jobId: "job_1" } }, event, true],
  ["no other job", { only: { jobId: "job_2" } }, event, false],
  ["the execution they watch", { only: { executionId: "exe_1" } }, event, true],
  [
    "not the job of it",
    { only: { executionId: "exe_1" } },
    { connectionId: "con_1", jobId: "job_1" },
    false,
  ],
  ["nothing that is of no job", { only: { jobId: "job_1" } }, {}, false],
  [
    "not their job on a hidden connection",
    { only: { jobId: "job_1" }, hidden: ["con_1"] },
    event,
    false,
  ],
];

it.each(cases)("shows %s", (_, { hidden = [], only = null }, subject, seen) => {
  expect(sees({ hidden: new Set(hidden), only }, subject)).toBe(seen);
});
