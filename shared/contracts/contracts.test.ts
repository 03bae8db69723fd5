import { describe, expect, it } from "vitest";
import { errors } from "../errors";
import { ErrorBody } from "./errors";
import { CreateConnection, SecretHeaders, UpdateConnection } from "./connections";
import { pageQueryOf } from "./pages";
import { Setup } from "./teams";
import { requestTime } from "./times";
import { CallTool, UpdateTool } from "./tools";

const refuses = (schema: { safeParse: (value: unknown) => { success: boolean } }, value: unknown) =>
  expect(schema.safeParse(value).success).toBe(false);

describe("connections", () => {
  const connection = (config: object) => ({ connector: "mcp", name: "One", config });

  it("fills in what may be left out", () => {
    expect(CreateConnection.parse(connection({ url: "https://example.com/mcp" }))).toEqual({
      connector: "mcp",
      name: "One",
      config: { url: "https://example.com/mcp", transport: "auto" },
      allowUnreachable: false,
      owner: "team",
    });
  });

  it.each([
    ["another scheme", { url: "file:///etc/passwd" }],
    ["no URL", { url: "example.com" }],
    ["a field nobody knows", { url: "https://example.com", teamId: "team_other" }],
    ["an unknown transport", { url: "https://example.com", transport: "carrier-pigeon" }],
  ])("refuses %s", (_, config) => refuses(CreateConnection, connection(config)));

  it.each([
    ["a line break in a value", { "x-key": "one\r\nx-admin: yes" }],
    ["a name that is no token", { "x key": "one" }],
    ["an empty value", { "x-key": "" }],
    ["a header the hub sets itself", { Host: "elsewhere" }],
    ["one of the protocol's own", { "Mcp-Session-Id": "1" }],
    ["more than twenty", Object.fromEntries(Array.from({ length: 21 }, (_, n) => [`x-${n}`, "1"]))],
  ])("refuses headers with %s", (_, headers) => refuses(SecretHeaders, headers));

  it("refuses a change that changes nothing, and fields that are not for change", () => {
    refuses(UpdateConnection, {});
    refuses(UpdateConnection, { slug: "mine" });
    refuses(UpdateConnection, { teamId: "team_other" });
    refuses(UpdateConnection, { status: "connected" });
  });
});

it.each([
  ["a limit of 0", { limit: "0" }],
  ["a limit of 201", { limit: "201" }],
  ["a limit that is no whole number", { limit: "1.5" }],
  ["a cursor of another list", { cursor: "job_01k5x8b3qv2h7c9d4e6f8g0h2j" }],
  ["a cursor that goes on after its id", { cursor: "exe_01k5x8b3qv2h7c9d4e6f8g0h2jx" }],
])("refuses a page with %s", (_, query) => refuses(pageQueryOf("exe"), query));

describe("a time", () => {
  const time = requestTime("When");

  it.each([
    ["1793232000000", 1_793_232_000_000],
    ["100000000000", 100_000_000_000],
    ["8640000000000000", 8_640_000_000_000_000],
    ["2026-11-21", Date.UTC(2026, 10, 21)],
    ["2028-02-29", Date.UTC(2028, 1, 29)],
    ["1970-01-01", 0],
    ["2026-11-21T12:30:00Z", Date.UTC(2026, 10, 21, 12, 30)],
    ["2026-11-21T12:30:15.250Z", Date.UTC(2026, 10, 21, 12, 30, 15, 250)],
    ["2026-11-21T12:30:00+02:00", Date.UTC(2026, 10, 21, 10, 30)],
  ])("%s is one", (text, at) => expect(time.parse(text)).toBe(at));

  it.each([
    ["", "is nothing"],
    ["-1", "is below nothing"],
    ["1.5", "is no whole number"],
    ["1e12", "is no plain number"],
    [" 1793232000000", "has a space before it"],
    ["foo 12", "only ends in a number"],
    ["soon", "is a word"],
    ["1180591620717411303424", "no Date holds"],
    ["8640000000000001", "no Date holds"],
    ["1969-12-31", "is before 1970"],
    ["2026-02-31", "is no day of a calendar"],
    ["2027-02-29", "is a day of leap years only"],
    ["2026-11", "is a month"],
    ["11/21/2026", "is written otherwise"],
    ["2026-11-21T12:30:00", "has no zone"],
    ["2026-11-21T12:30:00 02:00", "lost its +"],
    ["2026-11-21T12:30Z", "has no seconds"],
    ["2026-11-21T25:00:00Z", "has 25 hours"],
    ["+012026-11-21T12:30:00Z", "has six digits of years"],
  ])("%s, which %s, is none", (text) => {
    const [issue] = time.safeParse(text).error?.issues ?? [];
    expect(issue?.message).toContain("ISO 8601 date like 2026-11-21");
  });

  it.each(["1793232000", "0", "99999999999"])("%s may be seconds, and is told so", (text) => {
    const [issue] = time.safeParse(text).error?.issues ?? [];
    expect(issue?.message).toMatch(/milliseconds since 1970.*seconds/);
  });
});

it("lets nobody name ids, roles or times in what they write", () => {
  refuses(Setup, { team: "A", owner: "B", role: "owner" });
  refuses(UpdateTool, { timeoutMs: 1000, teamId: "team_other" });
  refuses(UpdateTool, { timeoutMs: 99 });
  refuses(UpdateTool, { timeoutMs: 600_001 });
  refuses(CallTool, { arguments: {}, timeoutMs: 1 });
  refuses(CallTool, { arguments: [] });
});

it("has an error status for every code, and refuses codes nobody knows", () => {
  for (const { status } of Object.values(errors)) expect(status).toBeGreaterThanOrEqual(400);
  const body = (code: string) => ({ error: { code, message: "m", requestId: "req_1" } });
  expect(ErrorBody.safeParse(body("not_found")).success).toBe(true);
  refuses(ErrorBody, body("teapot"));
});
