import { describe, expect, it } from "vitest";
import type { ExecutionEvent } from "../../../shared/contracts/executions";
import { progressOf, shareDone } from "./progress";
import { sampleTime } from "./sample";
import { mergedEvents, saidBy } from "./timeline";

const event = (seq: number, type: ExecutionEvent["type"], data = {}): ExecutionEvent => ({
  seq,
  executionId: "exe_1",
  at: sampleTime + seq,
  type,
  data,
});

describe("the timeline", () => {
  it("has each event once, in order", () => {
    const events = mergedEvents(
      [event(1, "started"), event(2, "log")],
      [event(3, "finished"), event(2, "log")],
    );
    expect(events.map(({ seq }) => seq)).toEqual([1, 2, 3]);
  });

  it("says how far a call is", () => {
    const half = progressOf(event(1, "progress", { progress: 2, total: 4, message: "two\u202e" }));
    expect(half).toEqual({ done: 2, total: 4, message: "two\ufffd" });
    expect(half && shareDone(half)).toBe(0.5);
    expect(progressOf(event(1, "progress", { progress: "2" }))).toBeUndefined();
  });

  it.each<[number, number | undefined, number | undefined]>([
    [1, 4, 0.25],
    [5, 4, 1],
    [1, undefined, undefined],
    [1, 0, undefined],
    [-1, 4, undefined],
    [Number.NaN, 4, undefined],
  ])("says of %d of %s that %s is done", (done, total, wanted) =>
    expect(shareDone({ done, total, message: undefined })).toBe(wanted),
  );

  it.each([
    [
      "a line",
      event(1, "log", { level: "info", data: "hello" }),
      { kind: "log", level: "info", text: "hello" },
    ],
    ["an object", event(1, "log", { data: { a: 1 } }), { kind: "log", level: "", text: '{"a":1}' }],
    [
      "a cut line",
      event(1, "log", { truncated: true, preview: "{" }),
      { kind: "log", level: "", text: "{" },
    ],
    ["its end", event(1, "finished", { status: "failed" }), { kind: "end", status: "failed" }],
    ["nothing it knows", event(1, "progress", { progress: {} }), { kind: "nothing" }],
  ])("tells %s", (_, heard, said) => expect(saidBy(heard)).toEqual(said));
});
