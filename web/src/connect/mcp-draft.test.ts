import { expect, it } from "vitest";
import { StartConnectFlow } from "../../../shared/contracts/connect-flows";
import { CreateConnection, UpdateConnection } from "../../../shared/contracts/connections";
import { newRow } from "../connections/header-rows";
import {
  isSoundMcp,
  mcpCreateBody,
  mcpFaults,
  mcpFlowBody,
  mcpUpdateBody,
  startMcpDraft,
  type McpDraft,
} from "./mcp-draft";

const draft: McpDraft = {
  ...startMcpDraft("team"),
  name: " Tickets ",
  url: " https://tickets.example.com/mcp ",
  headers: [newRow("bearer", "", "abc")],
  user: "ada",
  password: "pass word",
};
const sent = (way: McpDraft["way"]) => mcpCreateBody({ ...draft, way }, false);

it.each(["auto", "oauth", "headers", "basic"] as const)(
  "sends what the contract takes by %s",
  (way) => {
    const body = sent(way);
    expect(CreateConnection.parse(body)).toMatchObject({ name: "Tickets", owner: "team" });
  },
);

it("sends a credential of the way that was chosen and of no other", () => {
  expect(sent("auto").config).not.toHaveProperty("headers");
  expect(sent("headers").config).toMatchObject({ headers: { Authorization: "Bearer abc" } });
  expect(sent("headers").auth).toBeUndefined();
  expect(sent("basic").auth).toEqual({
    method: "basic",
    fields: { username: "ada", password: "pass word" },
  });
});

it("begins a sign-in with the address, or with the connection that is there", () => {
  const body = mcpFlowBody({ ...draft, clientId: " hub ", clientSecret: "" });
  expect(StartConnectFlow.parse(body)).toMatchObject({
    name: "Tickets",
    config: { url: "https://tickets.example.com/mcp", transport: "auto" },
    client: { clientId: "hub" },
  });
  expect(mcpFlowBody(draft, "con_1")).toEqual({
    connector: "mcp",
    method: "oauth",
    connectionId: "con_1",
  });
});

it("replaces the headers of a connection that is there, or its name and password", () => {
  for (const way of ["headers", "basic"] as const) {
    const body = mcpUpdateBody({ ...draft, way });
    expect(UpdateConnection.parse(body)).toMatchObject(body);
  }
});

it("asks for what the chosen way needs, and not for what another one would", () => {
  const empty = { ...draft, headers: [newRow("header")], user: "a:b", password: "" };
  expect(isSoundMcp(mcpFaults({ ...empty, way: "auto" }))).toBe(true);
  expect(isSoundMcp(mcpFaults({ ...empty, way: "headers" }))).toBe(false);
  const { user, password } = mcpFaults({ ...empty, way: "basic" });
  expect([user, password].every((fault) => typeof fault === "string")).toBe(true);
});
