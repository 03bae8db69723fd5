import { describe, expect, it } from "vitest";
import { plans } from "../../shared/plans";
import { readRules, scopeOf, type OwnLimit, type Rules } from "./rules";

const team = "team_1";
const noneSet = { perMinute: null, perDay: null, budgetPerDay: null };
const set = (scope: OwnLimit["scope"], subjectId: string, values: Partial<OwnLimit>): OwnLimit => ({
  ...noneSet,
  scope,
  subjectId,
  ...values,
});
const rulesWith = (own: OwnLimit[] = [], change: Partial<Rules> = {}) =>
  readRules({
    teamId: team,
    plan: { name: "unlimited", ...plans.unlimited },
    deployment: { personPerMinute: 30, personPerDay: 500, connectionPerMinute: 100 },
    own,
    ...change,
  });
const small = { plan: { name: "small", ...plans.small } };

describe("what holds for whom", () => {
  it.each([
    {
      sentence: "a person's is the deployment's where nobody said otherwise",
      own: [],
      subject: "per_1",
      found: { limit: 30, from: "deployment", name: "person" },
    },
    {
      sentence: "a member's limit is each person's",
      own: [set("member", team, { perMinute: 20 })],
      subject: "per_1",
      found: { limit: 20, from: "team", name: "person" },
    },
    {
      sentence: "a person's own goes before every member's",
      own: [set("member", team, { perMinute: 20 }), set("person", "per_1", { perMinute: 40 })],
      subject: "per_1",
      found: { limit: 40, from: "team", name: "person" },
    },
    {
      sentence: "a person's own that says nothing of the minute leaves every member's",
      own: [set("member", team, { perMinute: 20 }), set("person", "per_1", { perDay: 5 })],
      subject: "per_1",
      found: { limit: 20, from: "team", name: "person" },
    },
    {
      sentence: "0 takes the limit away",
      own: [set("person", "per_1", { perMinute: 0 })],
      subject: "per_1",
      found: undefined,
    },
    { sentence: "a key has none of its own", own: [], subject: "key_1", found: undefined },
    {
      sentence: "a client's grant has none of its own",
      own: [],
      subject: "gra_1",
      found: undefined,
    },
    {
      sentence: "a machine client, which is nobody's, has a person's",
      own: [],
      subject: "mac_1",
      found: { limit: 30, from: "deployment", name: "key" },
    },
    {
      sentence: "every member's limit is none of a machine client's",
      own: [set("member", team, { perMinute: 20 })],
      subject: "mac_1",
      found: { limit: 30, from: "deployment", name: "key" },
    },
    {
      sentence: "a key's can be set",
      own: [set("key", "key_1", { perMinute: 3 })],
      subject: "key_1",
      found: { limit: 3, from: "team", name: "key" },
    },
    {
      sentence: "a connection's is the deployment's",
      own: [],
      subject: "con_1",
      found: { limit: 100, from: "deployment", name: "connection" },
    },
    {
      sentence: "a connection's own may be above the deployment's",
      own: [set("connection", "con_1", { perMinute: 900 })],
      subject: "con_1",
      found: { limit: 900, from: "team", name: "connection" },
    },
    { sentence: "a tool has none", own: [], subject: "tool_1", found: undefined },
    {
      sentence: "another tool's is not its own",
      own: [set("tool", "tool_2", { perMinute: 1 })],
      subject: "tool_1",
      found: undefined,
    },
    {
      sentence: "a team without a plan that limits has none",
      own: [],
      subject: team,
      found: undefined,
    },
  ])("$sentence", ({ own, subject, found }) => {
    expect(rulesWith(own).find(subject, "minute")).toEqual(found);
  });

  it.each([
    { sentence: "the plan's", own: [], found: { limit: 300, from: "plan", name: "plan" } },
    {
      sentence: "its own where that is lower",
      own: [set("team", team, { perMinute: 10 })],
      found: { limit: 10, from: "team", name: "team" },
    },
    {
      sentence: "the plan's where its own is above",
      own: [set("team", team, { perMinute: 999 })],
      found: { limit: 300, from: "plan", name: "plan" },
    },
    {
      sentence: "the plan's where it took its own away",
      own: [set("team", team, { perMinute: 0 })],
      found: { limit: 300, from: "plan", name: "plan" },
    },
  ])("a team has $sentence", ({ own, found }) => {
    expect(rulesWith(own, small).find(team, "minute")).toEqual(found);
  });
});

it("gathers all that one call spends", () => {
  const own = [set("key", "key_1", { budgetPerDay: 50 }), set("tool", "tool_1", { perDay: 4 })];
  const call = {
    actor: { kind: "apiKey", id: "key_1", personId: "per_1" },
    connectionId: "con_1",
    toolId: "tool_1",
    cost: 7,
  } as const;
  expect(rulesWith(own, small).limitsOf(call)).toEqual([
    { name: "person", subject: "per_1", window: "minute", limit: 30 },
    { name: "person", subject: "per_1", window: "day", limit: 500 },
    { name: "key", subject: "key_1", window: "budget", limit: 50, cost: 7 },
    { name: "connection", subject: "con_1", window: "minute", limit: 100 },
    { name: "tool", subject: "tool_1", window: "day", limit: 4 },
    { name: "plan", subject: team, window: "minute", limit: 300 },
    { name: "plan", subject: team, window: "day", limit: 10_000 },
  ]);
});

it("counts nobody twice: a session is its person's, a machine client its own", () => {
  const names = (actor: Parameters<ReturnType<typeof rulesWith>["limitsOf"]>[0]["actor"]) =>
    rulesWith()
      .limitsOf({ actor })
      .map(({ name, subject, window }) => `${name} ${subject} ${window}`);
  expect(names({ kind: "user", id: "per_1", personId: "per_1" })).toEqual([
    "person per_1 minute",
    "person per_1 day",
  ]);
  expect(names({ kind: "mcpClient", id: "mac_1", personId: null })).toEqual([
    "key mac_1 minute",
    "key mac_1 day",
  ]);
});

it.each([
  ["per_1", "person"],
  ["key_1", "key"],
  ["gra_1", "key"],
  ["mac_1", "key"],
  ["con_1", "connection"],
  ["tool_1", "tool"],
  ["team_1", "team"],
])("knows that %s is a %s", (id, scope) => {
  expect(scopeOf(id)).toBe(scope);
});
