import { expect, it } from "vitest";
import { mergeLatest } from "./latest";
import { sampleExecution } from "./sample";

const at = sampleExecution;
const most = 4;

it("puts what was heard in its place by time", () =>
  expect(mergeLatest([at(3), at(1)], { heard: [at(2), at(4)], most })).toEqual([
    at(4),
    at(3),
    at(2),
    at(1),
  ]));

it("keeps a known call where it stands, as it was heard last", () => {
  const failed = at(1, { status: "failed" });
  expect(mergeLatest([at(2), at(1)], { heard: [failed], most })).toEqual([at(2), failed]);
});

it("leaves out the oldest where there is no room", () => {
  const full = [at(5), at(4), at(3), at(2)];
  expect(mergeLatest(full, { heard: [at(1)], most })).toEqual(full);
  expect(mergeLatest(full, { heard: [at(6)], most })[0]).toEqual(at(6));
});
