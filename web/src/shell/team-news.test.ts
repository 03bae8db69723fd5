import { expect, it } from "vitest";
import { pathInAnyTeam } from "./team-news";

it.each([
  ["/", "/"],
  ["/connections", "/connections"],
  ["/connections/con_1", "/connections"],
  ["/playground/tool_1", "/playground"],
  ["/activity/exe_1", "/activity"],
  ["/team/roles", "/team/roles"],
  ["//elsewhere.example/path", "/"],
])("after the team was changed, %s becomes %s", (before, after) => {
  expect(pathInAnyTeam(before)).toBe(after);
});
