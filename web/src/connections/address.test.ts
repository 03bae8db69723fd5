import { describe, expect, it } from "vitest";
import { hostOf, httpsUrl, looksSecret, nameFromUrl } from "./address";

it.each([
  ["https://mcp.tickets.example.com/mcp", "mcp.tickets.example.com"],
  ["http://127.0.0.1:3001/mcp", "127.0.0.1:3001"],
  ["no address", "no address"],
])("shows the host of %s", (url, host) => expect(hostOf(url)).toBe(host));

describe("a first name", () => {
  it.each([
    ["https://mcp.linear.app/mcp", "Linear"],
    ["https://tickets.example.com/mcp", "Tickets"],
    ["https://api.mcp.example.com", "Example"],
    ["https://mcp.api/", "Mcp"],
    ["http://localhost:3001/mcp", "localhost 3001"],
    ["http://127.0.0.1:9000", "127.0.0.1 9000"],
    ["http://printer/", "printer"],
    ["https://", ""],
    ["tickets", ""],
  ])("for %s is %j", (url, name) => expect(nameFromUrl(url)).toBe(name));
});

describe("a secret in the address", () => {
  it.each([
    "https://example.com/mcp?api_key=1",
    "https://example.com/mcp?token=1",
    "https://example.com/mcp?x-secret=1",
    "https://user:pass@example.com/",
  ])("is noticed in %s", (url) => expect(looksSecret(url)).toBe(true));

  it.each(["https://example.com/mcp", "https://example.com/mcp?monkey=1&team=2", "not one"])(
    "is not seen in %s",
    (url) => expect(looksSecret(url)).toBe(false),
  );
});

it.each([
  "http://example.com",
  "javascript:alert(1)",
  "data:text/html,x",
  "//example.com",
  "",
  null,
])("links to no %j", (url) => expect(httpsUrl(url)).toBeUndefined());
it("links to https", () => expect(httpsUrl("https://example.com/a")?.host).toBe("example.com"));
