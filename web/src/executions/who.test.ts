import { expect, it } from "vitest";
import { sampleExecution } from "./sample";
import { viaOf, whoOf } from "./who";

const known = {
  personId: "per_me",
  personNames: new Map([["per_ada", "Ada\u202e"]]),
  keyNames: new Map([["key_first", "First\u202e key"]]),
};

it.each([
  ["the reader", { kind: "user", id: "per_me", personId: "per_me" }, "You"],
  [
    "a colleague, their name made harmless",
    { kind: "user", id: "per_ada", personId: "per_ada" },
    "Ada\ufffd",
  ],
  [
    "somebody who has left",
    { kind: "user", id: "per_abcd1234", personId: "per_abcd1234" },
    "Person …1234",
  ],
  [
    "a key, its name made harmless",
    { kind: "apiKey", id: "key_first", personId: "per_me" },
    "First\ufffd key",
  ],
  ["a key that is gone", { kind: "apiKey", id: "key_abcd9876", personId: null }, "Key …9876"],
  ["the hub itself", { kind: "system", id: "cron", personId: null }, "The hub"],
] as const)("names %s", (_, actor, name) => expect(whoOf(actor, known)).toBe(name));

it("tells the dashboard apart from a program", () => {
  const actor = { kind: "user", id: "per_me", personId: "per_me" } as const;
  expect(viaOf(sampleExecution())).toBe("REST");
  expect(viaOf(sampleExecution(0, { actor }))).toBe("Dashboard");
  expect(viaOf(sampleExecution(0, { actor, surface: "mcp" }))).toBe("MCP");
});
