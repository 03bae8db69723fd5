import { expect, it } from "vitest";
import { changesOf } from "./changes";

it.each([
  [null, null, []],
  [{ name: "One" }, { name: "One" }, []],
  [
    { name: "One", role: "member" },
    { name: "One", role: "admin" },
    [{ field: "role", before: "member", after: "admin" }],
  ],
  [null, { name: "One" }, [{ field: "name", before: undefined, after: "One" }]],
  [{ name: "One" }, null, [{ field: "name", before: "One", after: undefined }]],
  [{ roles: ["a"] }, { roles: ["a", "b"] }, [{ field: "roles", before: ["a"], after: ["a", "b"] }]],
  [{ on: null }, { on: false }, [{ field: "on", before: null, after: false }]],
])("from %j to %j", (before, after, changes) => {
  expect(changesOf(before, after)).toEqual(changes);
});
