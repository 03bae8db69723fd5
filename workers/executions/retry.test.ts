import { describe, expect, it } from "vitest";
import type { ErrorCode } from "../../shared/errors";
import { retryAfterMs, type Attempt } from "./retry";

const error = (code: ErrorCode, details?: Record<string, unknown>) => ({ code, details });
const status = (upstreamStatus: number, details: object = {}) =>
  error("upstream_error", { upstreamStatus, ...details });
const after = (change: Partial<Attempt> = {}) =>
  retryAfterMs({
    error: status(503),
    attempt: 1,
    most: 3,
    safe: true,
    leftMs: 30_000,
    random: 0.5,
    ...change,
  });

describe("a call is sent again", () => {
  it.each([
    ["could not be sent, or was broken off", error("upstream_unreachable")],
    ["lost its stream before the answer", error("upstream_invalid", { brokenOff: true })],
    ["was answered with 408", error("upstream_timeout", { upstreamStatus: 408 })],
    ["was answered with 429", status(429)],
    ["was answered with 500", status(500)],
    ["was answered with 502", status(502)],
    ["was answered with 503", status(503)],
    ["was answered with 504", error("upstream_timeout", { upstreamStatus: 504 })],
  ])("when it %s", (_what, failed) => {
    expect(after({ error: failed })).toBe(100);
  });

  it("after twice as long each time, drawn from nothing to the whole", () => {
    const spans = [1, 2, 3, 4, 5, 6, 20].map((attempt) => after({ attempt, most: 99, random: 1 }));
    expect(spans).toEqual([200, 400, 800, 1600, 3200, 5000, 5000]);
    expect(after({ random: 0 })).toBe(0);
  });

  it("when its server says, in place of a draw", () => {
    expect(after({ error: status(429, { retryAfterSeconds: 7 }), random: 0 })).toBe(7000);
  });
});

describe("a call is not sent again", () => {
  it.each<[string, Partial<Attempt>]>([
    ["which could do something twice", { safe: false }],
    ["that was sent as often as it may be", { attempt: 3 }],
    [
      "whose server wants to wait past its time limit",
      { error: status(503, { retryAfterSeconds: 30 }) },
    ],
    ["whose wait would end with its time limit", { leftMs: 100 }],
    ["that ran into our time limit", { error: error("upstream_timeout") }],
    ["whose caller hung up", { error: error("cancelled") }],
    ["whose answer made no sense", { error: error("upstream_invalid", { upstreamStatus: 200 }) }],
    ["whose answer was too large", { error: error("upstream_too_large") }],
    [
      "that was refused a credential",
      { error: error("upstream_unauthorized", { upstreamStatus: 401 }) },
    ],
    ["that led where the hub does not go", { error: error("outbound_refused") }],
    ...[400, 403, 404, 409, 410, 413, 422, 501].map((code): [string, Partial<Attempt>] => [
      `that was answered with ${code}`,
      { error: status(code) },
    ]),
  ])("%s", (_what, change) => {
    expect(after(change)).toBeUndefined();
  });
});
