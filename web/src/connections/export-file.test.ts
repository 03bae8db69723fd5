import { expect, it } from "vitest";
import { mostAtOnce, partsOf, readExport, type Transfer } from "./export-file";

const one = {
  connector: "mcp",
  name: "Tickets",
  method: "headers",
  config: null,
  params: {},
  scopes: [],
  fieldNames: [],
  rotateEveryDays: null,
} satisfies Transfer["connections"][number];

it.each([
  ["no JSON", "{", "unreadable"],
  ["another file", '{"mcpServers":{}}', "unreadable"],
  ["a list of something else", '{"version":1,"connections":["x"]}', "unreadable"],
  ["a file of a later version", '{"version":2,"connections":[{}]}', "newer"],
  ["a file without connections", '{"version":1,"connections":[]}', "empty"],
])("says what is wrong with %s", (_, text, fault) => expect(readExport(text)).toEqual({ fault }));

it("takes what an export made, without the place where it went on", () => {
  const text = JSON.stringify({ version: 1, connections: [one], nextCursor: null });
  expect(readExport(text)).toEqual({ file: { version: 1, connections: [one] } });
});

it("sends no more at once than the hub takes", () => {
  const connections = Array.from({ length: mostAtOnce + 1 }, () => one);
  expect(partsOf({ version: 1, connections }).map((part) => part.connections.length)).toEqual([
    mostAtOnce,
    1,
  ]);
});
