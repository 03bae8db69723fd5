import { describe, expect, it } from "vitest";
import { readVendorLimits, type VendorNews } from "./vendor-limits";

const now = Date.UTC(2026, 10, 21, 12);
const read = (headers: Record<string, string>, status = 200) =>
  readVendorLimits({ status, headers: new Headers(headers) }, now);
const in30 = now + 30_000;

describe("an answer tells", () => {
  it.each<[string, Record<string, string>, Partial<VendorNews>]>([
    ["in seconds from now", { "x-ratelimit-reset": "30" }, { resetAt: in30 }],
    ["in seconds with a fraction", { "x-ratelimit-reset": "30.000" }, { resetAt: in30 }],
    ["in seconds since 1970", { "x-ratelimit-reset": String(in30 / 1000) }, { resetAt: in30 }],
    ["in milliseconds since 1970", { "x-ratelimit-reset": String(in30) }, { resetAt: in30 }],
    ["as an ISO date", { "x-ratelimit-reset": new Date(in30).toISOString() }, { resetAt: in30 }],
    ["as an HTTP date", { "x-ratelimit-reset": new Date(in30).toUTCString() }, { resetAt: in30 }],
    ["not at all", {}, { resetAt: null }],
  ])("what is left, and when it is whole again: %s", (_how, headers, expected) => {
    const all = { "x-ratelimit-limit": "100", "x-ratelimit-remaining": "7", ...headers };
    const found = { limit: 100, remaining: 7, blockedUntil: null, heardAt: now, ...expected };
    expect(read(all)).toEqual(found);
    const named = (from: string, to: string) =>
      Object.fromEntries(
        Object.entries(all).map(([name, value]) => [name.replace(from, to), value]),
      );
    expect(read(named("x-ratelimit", "X-Rate-Limit"))).toEqual(found);
    expect(read(named("x-ratelimit", "ratelimit"))).toEqual(found);
  });

  it.each<[string, Record<string, string>, Partial<VendorNews>]>([
    [
      "of one limit",
      { ratelimit: `"default";r=50;t=30`, "ratelimit-policy": `"default";q=100;w=10` },
      { limit: 100, remaining: 50, resetAt: in30, blockedUntil: null },
    ],
    [
      "of the one that is nearest to its end",
      {
        ratelimit: `"day";r=900;t=3600, "minute";r=1;t=30`,
        "ratelimit-policy": `"minute";q=60;w=60, "day";q=1000;w=86400`,
      },
      { limit: 60, remaining: 1, resetAt: in30 },
    ],
    [
      "of the one that is used up for longest",
      { ratelimit: `"a";r=0;t=5,"b";r=0;t=30,"c";r=4;t=60` },
      { limit: null, remaining: 0, resetAt: in30, blockedUntil: in30 },
    ],
    [
      "without a policy",
      { ratelimit: "default;r=3" },
      { limit: null, remaining: 3, resetAt: null },
    ],
  ])("by the draft's header %s", (_what, headers, expected) => {
    expect(read(headers)).toMatchObject(expected);
  });

  it("the limit alone where several stand in one header", () => {
    const headers = { "x-ratelimit-limit": "60, 60;w=60", "x-ratelimit-remaining": "9" };
    expect(read(headers)).toMatchObject({ limit: 60, remaining: 9 });
  });
});

describe("the vendor is left alone", () => {
  it.each<[string, Record<string, string>, number]>([
    ["as long as it says with 429", { "retry-after": "30" }, 429],
    ["until the date it says with 429", { "retry-after": new Date(in30).toUTCString() }, 429],
    ["once nothing is left", { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "30" }, 200],
    [
      "for the longer of both",
      { "retry-after": "10", "x-ratelimit-remaining": "0", "x-ratelimit-reset": "30" },
      429,
    ],
  ])("%s", (_what, headers, status) => {
    expect(read(headers, status)?.blockedUntil).toBe(in30);
  });
});

describe("an answer says nothing", () => {
  it.each<[string, Record<string, string>, number]>([
    ["without such headers", { "content-type": "text/plain" }, 200],
    ["with 429 alone", {}, 429],
    ["that asks to wait for another reason", { "retry-after": "30" }, 503],
    ["that asks to wait for more than an hour", { "retry-after": "3601" }, 429],
    ["that asks to wait a thousand years", { "retry-after": "31556952000" }, 429],
    ["that asks to wait until long ago", { "retry-after": "Wed, 21 Oct 2015 07:28:00 GMT" }, 429],
    ["that asks to wait in words", { "retry-after": "soon, perhaps" }, 429],
    ["that asks to wait no time", { "retry-after": "0" }, 429],
    ["that asks to wait less than nothing", { "retry-after": "-5" }, 429],
    ["whose count is no number", { "x-ratelimit-remaining": "many" }, 200],
    ["whose count is below nothing", { "x-ratelimit-remaining": "-1" }, 200],
    ["whose count no limit has", { "x-ratelimit-remaining": "9".repeat(40) }, 200],
    ["in a draft's header that is none", { ratelimit: ';;=,,"' }, 200],
  ])("%s", (_what, headers, status) => {
    expect(read(headers, status)).toBeUndefined();
  });

  it.each(["9999999999999999", "2678401", "0", "1445412480"])(
    "of the end of a limit that is used up until %s",
    (reset) => {
      const headers = { "x-ratelimit-remaining": "0", "x-ratelimit-reset": reset };
      expect(read(headers)).toMatchObject({ remaining: 0, resetAt: null, blockedUntil: null });
    },
  );

  it("that locks a connection for a day, though it tells when a used up quota is whole", () => {
    const headers = { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "86400" };
    expect(read(headers)).toMatchObject({ resetAt: now + 86_400_000, blockedUntil: null });
  });
});
