import { describe, expect, it } from "vitest";
import { afterAttempt, type Ended } from "./rule";

const now = 1_000_000;
const after = (ended: Partial<Ended>) =>
  afterAttempt({
    status: "failed",
    code: "upstream_unreachable",
    mayPass: true,
    retryAfterMs: null,
    safe: true,
    tries: 1,
    cancelRequested: false,
    now,
    random: 0,
    ...ended,
  });

describe("the end of an attempt", () => {
  it.each<[string, Partial<Ended>, string]>([
    [
      "a success is one, whatever was asked for meanwhile",
      { status: "succeeded", cancelRequested: true },
      "succeeded",
    ],
    ["a cancelled job is not tried again", { cancelRequested: true }, "cancelled"],
    [
      "a job that was cancelled while it was lost is cancelled",
      { status: "lost", cancelRequested: true },
      "cancelled",
    ],
    [
      "a refusal of a cancelled job is a cancellation",
      { status: null, code: "unavailable", cancelRequested: true },
      "cancelled",
    ],
    ["a tool that is not safe to run again fails at once", { safe: false }, "failed"],
    ["a fault that does not pass ends it", { mayPass: false, code: "upstream_invalid" }, "failed"],
    ["a tool's own error ends it", { mayPass: false, code: "tool_error" }, "failed"],
    ["the fifth attempt is the last", { tries: 5 }, "failed"],
    [
      "what ran out of time is timed out where it is not safe",
      { status: "timed_out", code: "upstream_timeout", safe: false },
      "timed_out",
    ],
    [
      "the fifth that runs out of time is timed out",
      { status: "timed_out", code: "upstream_timeout", tries: 5 },
      "timed_out",
    ],
    [
      "what nobody knows the end of is lost where it is not safe",
      { status: "lost", code: "execution_lost", safe: false },
      "lost",
    ],
    [
      "the fifth that is lost is lost",
      { status: "lost", code: "execution_lost", tries: 5 },
      "lost",
    ],
    [
      "a call that somebody stopped is cancelled",
      { status: "cancelled", code: "cancelled" },
      "cancelled",
    ],
    [
      "a call whose caller may not call any more has failed",
      { status: "cancelled", code: "unauthorized" },
      "failed",
    ],
    ["a refusal of the caller is final", { status: null, code: "unauthorized" }, "failed"],
    ["a tool that is gone is final", { status: null, code: "not_found" }, "failed"],
    ["the tenth refusal is the last", { status: null, code: "circuit_open", tries: 10 }, "failed"],
  ])("%s", (_claim, ended, status) => {
    expect(after(ended)).toEqual({ ended: status });
  });

  it.each<[string, Partial<Ended>]>([
    ["a fault that may pass", {}],
    ["one that ran out of time", { status: "timed_out", code: "upstream_timeout" }],
    ["one that was lost", { status: "lost", code: "execution_lost" }],
    [
      "one that was never sent, safe or not",
      { status: null, code: "circuit_open", safe: false, tries: 9 },
    ],
    [
      "one that the hub itself failed before it was sent",
      { status: null, code: "internal", safe: false },
    ],
  ])("is followed by another attempt: %s", (_claim, ended) => {
    expect(after(ended)).toEqual({ again: expect.any(Number) });
  });
});

describe("the wait before the next attempt", () => {
  it("doubles, and half of it is drawn", () => {
    const waits = [1, 2, 3, 4].map((tries) =>
      [0, 1].map((random) => {
        const next = after({ tries, random });
        return "again" in next ? next.again - now : null;
      }),
    );
    expect(waits).toEqual([
      [500, 1000],
      [1000, 2000],
      [2000, 4000],
      [4000, 8000],
    ]);
  });

  it("is as long as the server asks for, up to an hour", () => {
    expect(after({ retryAfterMs: 30_000 })).toEqual({ again: now + 30_000 });
    expect(after({ retryAfterMs: 1e15 })).toEqual({ again: now + 3_600_000 });
    expect(after({ retryAfterMs: 1 })).toEqual({ again: now + 500 });
  });
});
