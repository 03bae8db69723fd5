import { describe, expect, it } from "vitest";
import { readPastedConfig } from "./pasted-config";

const url = "https://mcp.example.com/mcp";
const read = (value: unknown) => readPastedConfig(JSON.stringify(value));

describe("fills the form", () => {
  it("from a list with one server", () =>
    expect(
      read({ mcpServers: { tickets: { type: "http", url, headers: { "X-Key": "k" } } } }),
    ).toMatchObject({
      kind: "server",
      name: "tickets",
      url,
      transport: "auto",
      headers: [{ kind: "header", name: "X-Key", value: "k" }],
    }));

  it("from a bare server", () => {
    const found = read({ url, headers: { Authorization: "Bearer abc" } });
    expect(found).toMatchObject({
      kind: "server",
      url,
      headers: [{ kind: "bearer", value: "abc" }],
    });
    expect(found).not.toHaveProperty("name");
  });

  it.each([
    ["an editor's list", { servers: { tickets: { url } } }],
    ["another editor's address", { mcpServers: { tickets: { serverUrl: url } } }],
    ["a list without its key", { tickets: { url } }],
    [
      "a list whose other servers are local commands",
      { mcpServers: { a: { command: "npx" }, tickets: { url } } },
    ],
  ])("from %s", (_, config) => expect(read(config)).toMatchObject({ name: "tickets", url }));

  it.each([`"tickets": { "url": "${url}" }`, ` { "url": "${url}" }, `])("from a cut %s", (text) =>
    expect(readPastedConfig(text)).toMatchObject({ url }),
  );

  it("with the older transport where it says so", () =>
    expect(read({ type: "sse", url })).toMatchObject({ transport: "sse" }));

  it("without headers that are no text", () =>
    expect(read({ url, headers: { a: 1, b: null, c: "x" } })).toMatchObject({
      headers: [{ name: "c" }],
    }));
});

describe("says", () => {
  it("that a local command is no address", () =>
    expect(read({ mcpServers: { files: { command: "npx", args: ["files"] } } })).toEqual({
      kind: "command",
    }));
  it("that there are several", () =>
    expect(read({ mcpServers: { a: { url }, b: { url } } })).toEqual({
      kind: "several",
      names: ["a", "b"],
    }));
  it.each(['{ "mcpServers": ', "{}", '{ "a": 1 }', '{ "mcpServers": {} }'])(
    "that %s cannot be read",
    (text) => expect(readPastedConfig(text)).toEqual({ kind: "unreadable" }),
  );
});

it.each(["", url, "tickets", '"quoted"', "[1]"])("leaves %j alone", (text) =>
  expect(readPastedConfig(text)).toBeUndefined(),
);
