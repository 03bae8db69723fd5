import { describe, expect, it } from "vitest";
import { presetOf, scopesInWords, scopesOf } from "./scopes";

describe("what a key may do", () => {
  it("gives nobody more by a preset than they have", () => {
    expect(scopesOf("run", ["tools.read", "audit.read"])).toEqual(["tools.read"]);
    expect(scopesOf("look", ["tools.read", "tools.call"])).toEqual(["tools.read"]);
    expect(scopesOf("all", ["tools.read"])).toBeNull();
  });

  it.each([
    [null, "all"],
    [["tools.call", "tools.read"], "run"],
    [["connections.read", "members.read", "tools.read", "executions.read"], "look"],
    [["tools.read"], "custom"],
    [["tools.read", "tools.call", "audit.read"], "custom"],
  ] as const)("%j is the preset %s", (scopes, preset) => {
    expect(presetOf(scopes)).toBe(preset);
  });

  it.each([
    [null, "everything its owner may"],
    [["tools.call", "tools.read"], "Run tools"],
    [["audit.read"], "Read the audit log"],
    [["audit.read", "tools.read"], "2 permissions"],
  ] as const)("%j is said as %s", (scopes, said) => {
    expect(scopesInWords(scopes)).toBe(said);
  });
});
