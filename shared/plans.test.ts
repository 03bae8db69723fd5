import { describe, expect, it } from "vitest";
import { planNamed, plans, readPlans } from "./plans";

const planOf = (text: string, name: string | null, usual = "unlimited") => {
  const read = readPlans(text);
  return "fault" in read ? read : planNamed(read.plans, { name, usual });
};

describe("plans", () => {
  it.each([
    {
      sentence: "a team without one has the deployment's",
      text: "",
      name: null,
      usual: "small",
      expected: { name: "small", ...plans.small },
    },
    {
      sentence: "a team has the one it was given",
      text: "",
      name: "large",
      usual: "small",
      expected: { name: "large", ...plans.large },
    },
    {
      sentence: "a deployment adds its own, and leaves out what it does not limit",
      text: '{"gold":{"perMinute":5}}',
      name: "gold",
      usual: "unlimited",
      expected: { name: "gold", ...plans.unlimited, perMinute: 5 },
    },
    {
      sentence: "a deployment changes one of every deployment's",
      text: '{"small":{"perDay":7}}',
      name: null,
      usual: "small",
      expected: { name: "small", ...plans.unlimited, perDay: 7 },
    },
  ])("$sentence", ({ text, name, usual, expected }) => {
    expect(planOf(text, name, usual)).toEqual({ plan: expected });
  });

  it.each([
    { sentence: "no JSON", text: "{gold:1}", fault: /PLUGBOARD_PLANS must be JSON/ },
    { sentence: "a list", text: "[]", fault: /PLUGBOARD_PLANS is wrong/ },
    {
      sentence: "a name that is none",
      text: '{"Gold Plan":{}}',
      fault: /PLUGBOARD_PLANS is wrong at Gold Plan/,
    },
    {
      sentence: "a field that is none",
      text: '{"gold":{"perMinutes":5}}',
      fault: /PLUGBOARD_PLANS is wrong at gold/,
    },
    { sentence: "a limit of nothing", text: '{"gold":{"perMinute":0}}', fault: /gold\.perMinute/ },
    {
      sentence: "a limit that is a text",
      text: '{"gold":{"perMinute":"5"}}',
      fault: /gold\.perMinute/,
    },
  ])("says what is wrong with $sentence", ({ text, fault }) => {
    expect(planOf(text, null)).toEqual({ fault: expect.stringMatching(fault) });
  });

  it("says so when the deployment's plan, or a team's, is none", () => {
    expect(planOf("", null, "gold")).toEqual({
      fault: expect.stringMatching(/PLUGBOARD_PLAN names no plan: "gold"/),
    });
    expect(planOf("", "gold")).toEqual({ fault: expect.stringMatching(/plan "gold" is none/) });
  });
});
