import { describe, expect, it } from "vitest";
import { queryOf } from "../live-list/filters";
import { changed, countFilters, filtersOf, listKeyOf, matches } from "./filters";
import { sampleExecution, sampleTime } from "./sample";
import type { ActivitySearch } from "./search";

const now = sampleTime;
const fits = (search: ActivitySearch, execution = sampleExecution()) =>
  matches(execution, filtersOf(search, now));

describe("matches", () => {
  it.each<[string, ActivitySearch]>([
    ["no filter", {}],
    ["its state among several", { status: "failed,succeeded" }],
    ["only states nobody knows", { status: "odd" }],
    ["its connection's id", { connection: "con_everything" }],
    ["its connection's slug", { connection: "everything" }],
    ["its tool", { tool: "tool_echo" }],
    ["its surface", { surface: "rest" }],
    ["its key", { actor: "key_first" }],
    ["its person", { actor: "per_owner" }],
    ["a part of its name in another case", { q: " ECH " }],
    ["a range it lies in", { since: "15m" }],
    ["a range that begins with it", { since: String(sampleTime) }],
    ["a date before it", { since: "2020-01-01T00:00:00Z" }],
  ])("keeps a call for %s", (_, search) => expect(fits(search)).toBe(true));

  it.each<[string, ActivitySearch]>([
    ["other states", { status: "failed,lost" }],
    ["another connection", { connection: "con_other" }],
    ["another tool", { tool: "tool_other" }],
    ["another surface", { surface: "mcp" }],
    ["somebody else", { actor: "per_other" }],
    ["words that stand in its connection only", { q: "everything" }],
    ["a range that begins after it", { since: String(sampleTime + 1) }],
    ["a range that ends with it", { until: String(sampleTime) }],
  ])("leaves a call out for %s", (_, search) => expect(fits(search)).toBe(false));

  it("wants all filters at once", () => {
    expect(fits({ q: "echo", surface: "rest" })).toBe(true);
    expect(fits({ q: "echo", surface: "mcp" })).toBe(false);
  });
});

it("asks the hub for the same, with times as they were", () => {
  const search: ActivitySearch = {
    status: "lost,failed",
    q: "a b",
    since: "1h",
    selected: "exe_1",
  };
  expect(queryOf(filtersOf(search, now))).toEqual({
    status: "failed,lost",
    query: "a b",
    since: String(sampleTime - 3_600_000),
  });
  expect(queryOf(filtersOf({ since: "yesterday", status: "odd" }, now))).toEqual({});
});

it.each([
  ["a year that is being typed", "0002-11-21T12:00:00.000Z", "100000000000"],
  ["seconds", "1793232000", "100000000000"],
  ["a number without end", "9".repeat(40), "8640000000000000"],
])("asks the hub for the nearest time it takes in place of %s", (_, time, asked) => {
  expect(queryOf(filtersOf({ since: time, until: time }, now))).toEqual({
    since: asked,
    until: asked,
  });
});

it("changes a part of the search and takes parts away", () => {
  const search: ActivitySearch = { q: "echo", tool: "tool_1" };
  expect(changed(search, { tool: undefined, surface: "mcp" })).toEqual({
    q: "echo",
    surface: "mcp",
  });
});

it("counts a range of time as one filter, and the open details as none", () => {
  expect(countFilters({ selected: "exe_1" })).toBe(0);
  expect(countFilters({ since: "2026-01-01", until: "2026-01-02", q: "x" })).toBe(2);
  expect(countFilters({ until: "2026-01-02" })).toBe(1);
});

it("knows the same list whatever the order of its filters and whatever is open", () => {
  expect(listKeyOf({ q: "a", tool: "b", selected: "exe_1" })).toBe(
    listKeyOf({ tool: "b", q: "a" }),
  );
});
