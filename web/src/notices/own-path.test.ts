import { expect, it } from "vitest";
import { ownPath } from "./own-path";

it("leads within the dashboard only", () => {
  expect(ownPath("/connections/con_1")).toEqual({ path: "/connections/con_1", search: {} });
  expect(ownPath("/connections/new?reconnect=con_1")).toEqual({
    path: "/connections/new",
    search: { reconnect: "con_1" },
  });
  for (const path of [null, "", "//evil.example/x", "/\\evil.example", "https://evil.example/"])
    expect(ownPath(path)).toBeUndefined();
});
