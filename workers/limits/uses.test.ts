import { expect, it } from "vitest";
import { plans } from "../../shared/plans";
import { Windows } from "./admission";
import { readRules } from "./rules";
import { placeOf, rankUses, type AskedUses, type Use } from "./uses";

const now = 1_800_000_000_000;
const none = { perMinute: null, perDay: null, budgetPerDay: null };
const rules = readRules({
  teamId: "team_1",
  plan: { name: "unlimited", ...plans.unlimited },
  deployment: { personPerMinute: 10, personPerDay: 100, connectionPerMinute: undefined },
  own: [{ ...none, scope: "tool", subjectId: "tool_1", budgetPerDay: 20 }],
});

function used() {
  const windows = new Windows();
  const spend = (personId: string, times: number) => {
    for (let i = 0; i < times; i++)
      windows.spend(
        rules.limitsOf({
          actor: { kind: "user", id: personId, personId },
          connectionId: "con_1",
          toolId: "tool_1",
        }),
        now,
      );
  };
  spend("per_1", 2);
  spend("per_2", 9);
  windows.spend(
    rules.limitsOf({ actor: { kind: "user", id: "per_3", personId: "per_3" } }),
    now - 60_001,
  );
  return windows;
}
const shown = ({ subject, window, used: count, limit }: Use) =>
  `${subject} ${window} ${count}/${limit}`;
const rank = (asked: Partial<AskedUses> = {}) =>
  rankUses(used(), { rules, now }, { most: 50, ...asked });

it("lists what was used, the nearest to its end first, and nothing that is over or has no limit", () => {
  expect(rank().items.map(shown)).toEqual([
    "per_2 minute 9/10",
    "tool_1 budget 11/20",
    "per_1 minute 2/10",
    "per_2 day 9/100",
    "per_1 day 2/100",
    "per_3 day 1/100",
  ]);
});

it.each([
  { asked: { scope: "tool" } as const, expected: ["tool_1 budget 11/20"] },
  { asked: { window: "minute" } as const, expected: ["per_2 minute 9/10", "per_1 minute 2/10"] },
  { asked: { scope: "tool", window: "day" } as const, expected: [] },
])("narrows by $asked", ({ asked, expected }) => {
  expect(rank(asked).items.map(shown)).toEqual(expected);
});

it("goes on after any of them, and says where it ends", () => {
  const all = rank().items;
  for (const [i, use] of all.entries()) {
    const page = rank({ after: placeOf(use), most: 2 });
    expect(page.items).toEqual(all.slice(i + 1, i + 3));
    expect(page.more).toBe(i + 3 < all.length);
  }
});
