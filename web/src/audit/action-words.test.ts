import { globSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { audit } from "../words/audit";
import { actionInWords } from "./action-words";

/** What actions come to that are put together while the hub runs. */
const composed: Record<string, readonly string[]> = {
  "connection.${next.status}": [
    "connection.connected",
    "connection.error",
    "connection.expiring",
    "connection.needs_reauth",
  ],
  "${kinds[actor.kind]}.new_address": [
    "api_key.new_address",
    "client.new_address",
    "session.new_address",
  ],
};

const action = /\baction:\s*(.*?)(?:[,;]|\s\}|$)/gms;
const dotted = /"([a-z_]+(?:\.[a-z_]+)+)"/g;
const template = /`([^`]+)`/g;

/** Every action that stands in the product's own code. */
function written(): string[] {
  const found = new Set<string>();
  for (const file of globSync("workers/**/*.ts")) {
    if (file.endsWith(".test.ts") || file.startsWith("workers/testing/")) continue;
    for (const [, said = ""] of readFileSync(file, "utf8").matchAll(action)) {
      for (const [, name = ""] of said.matchAll(dotted)) found.add(name);
      for (const [, name = ""] of said.matchAll(template))
        for (const each of composed[name] ?? [name]) found.add(each);
    }
  }
  return [...found].sort();
}

it("has words for every action that the hub writes down", () => {
  const actions = written();
  expect(actions.length).toBeGreaterThan(70);
  expect(actions).toContain("limit.set");
  expect(actions.filter((each) => audit.actions[each] === undefined)).toEqual([]);
  expect(actionInWords("limit.set")).toBe("Set a limit");
});

it("can narrow the log to every kind of action", () => {
  const kinds = new Set(written().map((each) => each.slice(0, each.indexOf("."))));
  expect([...kinds].filter((kind) => !Object.hasOwn(audit.kinds, kind))).toEqual([]);
});
