import { expect, it } from "vitest";
import { endpointOf, reachOf, serverNameOf } from "./endpoint";
import { clientsSearch } from "./search";

it.each([
  [{ client: "cursor" }, { client: "cursor" }],
  [{ client: "nothing", connection: "tickets-2" }, { connection: "tickets-2" }],
  [{ connection: 42 }, { connection: "42" }],
  [{ connection: "../api" }, {}],
  [{ signIn: "key" }, { signIn: "key" }],
  [{ signIn: "account" }, {}],
  [{ connection: { a: 1 } }, {}],
  [{}, {}],
])("reads %j as %j", (search, read) => {
  expect(clientsSearch(search)).toEqual(read);
});

it.each([
  ["http://localhost:8787/mcp", "this-machine"],
  ["http://127.0.0.1/mcp", "this-machine"],
  ["http://[::1]:1/mcp", "this-machine"],
  ["https://hub.localhost/mcp", "this-machine"],
  ["http://10.0.0.4/mcp", "unencrypted"],
  ["http://localhost.example.com/mcp", "unencrypted"],
  ["https://hub.example.com/mcp", "https"],
])("knows who reaches %s: %s", (endpoint, reach) => {
  expect(reachOf(endpoint)).toBe(reach);
});

it("names what it leads to", () => {
  expect(endpointOf("https://hub", undefined)).toBe("https://hub/mcp");
  expect(endpointOf("https://hub", "tickets")).toBe("https://hub/mcp/c/tickets");
  expect(serverNameOf("tickets")).toBe("plugboard-tickets");
});
