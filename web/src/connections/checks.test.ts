import { describe, expect, it } from "vitest";
import { CreateConnection } from "../../../shared/contracts/connections";
import { UpdateTool } from "../../../shared/contracts/tools";
import { headerFaults, nameFault, timeLimitOf, urlFault } from "./checks";
import { headersOf, newRow, rowFor } from "./header-rows";

const url = "https://example.com/mcp";
const contractTakes = (change: { name?: string; url?: string; headers?: Record<string, string> }) =>
  CreateConnection.safeParse({
    connector: "mcp",
    name: change.name ?? "One",
    config: { url: change.url ?? url, ...(change.headers ? { headers: change.headers } : {}) },
  }).success;

describe("the form takes what the contract takes, and refuses what it refuses", () => {
  it.each(["Tickets", " Tickets ", "", "   ", "n".repeat(80), "n".repeat(81), "票"])(
    "name %j",
    (name) => expect(nameFault(name) === undefined).toBe(contractTakes({ name })),
  );

  it.each([
    url,
    ` ${url} `,
    "HTTP://EXAMPLE.COM",
    "http://127.0.0.1:3001/mcp",
    "http://[::1]:3001/mcp",
    "",
    "example.com/mcp",
    "localhost:3001",
    "https:example.com",
    "https:/example.com",
    "https://",
    "https://exa mple.com",
    "https://example.com:99999",
    "file:///etc/passwd",
    "ftp://example.com",
    "javascript:alert(1)",
    `https://example.com/${"a".repeat(2028)}`,
    `https://example.com/${"a".repeat(2029)}`,
  ])("url %s", (address) => {
    expect(urlFault(address) === undefined).toBe(contractTakes({ url: address }));
  });

  it.each([
    ["X-Key", "one"],
    ["x-key", "a\tb"],
    ["x key", "one"],
    ["", "one"],
    ["x-key", ""],
    ["x-key", "é"],
    ["x-key", "one\r\nx-admin: yes"],
    ["x-key", "v".repeat(8192)],
    ["x-key", "v".repeat(8193)],
    ["n".repeat(100), "one"],
    ["n".repeat(101), "one"],
    ["Host", "elsewhere"],
    ["Mcp-Session-Id", "1"],
    ["ACCEPT", "1"],
    ["Accept-Language", "en"],
  ])("header %s", (name, value) => {
    const row = newRow("header", name, value);
    const taken = Object.keys(headerFaults(row, [row])).length === 0;
    expect(taken).toBe(contractTakes({ headers: headersOf([row]) }));
  });

  it.each(["0.1", "30", "600", "0.099", "600.001", "0", "-1"])("time limit of %s s", (seconds) => {
    const timeoutMs = Number(seconds) * 1000;
    expect("ms" in timeLimitOf(seconds)).toBe(
      UpdateTool.safeParse({ timeoutMs: Math.round(timeoutMs) }).success,
    );
  });
});

it("refuses the second header of the same name, not the first", () => {
  const rows = [newRow("bearer", "", "abc"), newRow("header", "authorization", "Basic x")];
  expect(rows.map((row) => "name" in headerFaults(row, rows))).toEqual([false, true]);
});

it.each(["", "soon", "NaN", "Infinity"])("takes no time limit of %j", (seconds) =>
  expect(timeLimitOf(seconds)).toHaveProperty("fault"),
);
it("takes a comma for a point", () => expect(timeLimitOf("1,5")).toEqual({ ms: 1500 }));

describe("a bearer token", () => {
  it.each(["abc", " abc ", "Bearer abc", "bearer  abc"])("is sent once named for %j", (value) =>
    expect(headersOf([newRow("bearer", "", value)])).toEqual({ Authorization: "Bearer abc" }),
  );
  it("is asked for where only its name stands", () => {
    const row = newRow("bearer", "", "Bearer ");
    expect(headerFaults(row, [row])).toHaveProperty("value");
  });
  it("is known in a pasted header", () =>
    expect(rowFor("authorization", "Bearer abc")).toMatchObject({ kind: "bearer", value: "abc" }));
  it("is not made of another scheme", () =>
    expect(rowFor("Authorization", "Basic abc")).toMatchObject({ kind: "header" }));
});
