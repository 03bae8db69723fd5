import { expect, it } from "vitest";
import { byConnection } from "./list/by-connection";
import { playgroundSearch } from "./search";

it.each<[Record<string, unknown>, object]>([
  [{}, {}],
  [
    { q: "echo", connection: "everything", tab: "json" },
    { q: "echo", connection: "everything", tab: "json" },
  ],
  [{ q: 42 }, { q: "42" }],
  [{ from: "exe_1" }, { from: "exe_1" }],
  [{ q: "", connection: "", tab: "form" }, {}],
  [{ q: { a: 1 }, connection: ["x"], tab: "other", more: 1 }, {}],
  [{ q: "x".repeat(300) }, { q: "x".repeat(200) }],
])("reads %j from the address", (search, wanted) =>
  expect(playgroundSearch(search)).toEqual(wanted),
);

it("groups tools by connection in the order they came", () => {
  const tool = (name: string, connectionId: string) =>
    ({ name, connectionId, connectionSlug: connectionId }) as Parameters<
      typeof byConnection
    >[0][number];
  const groups = byConnection([tool("a", "one"), tool("b", "two"), tool("c", "one")]);
  expect(
    groups.map(({ connectionSlug, tools }) => [connectionSlug, tools.map(({ name }) => name)]),
  ).toEqual([
    ["one", ["a", "c"]],
    ["two", ["b"]],
  ]);
});
