import { describe, expect, it } from "vitest";
import { queryOf } from "./filters";
import { auditSearch, changed, hasFilters } from "./search";

const now = Date.parse("2026-03-01T00:00:00Z");

describe("the filters of the audit log", () => {
  it.each([
    [{}, {}],
    [{ since: "24h" }, { since: String(now - 86_400_000) }],
    [{ since: "2026-02-01T00:00:00.000Z" }, { since: "1769904000000" }],
    [{ until: "never" }, {}],
    [{ since: "0202-11-21T12:00:00.000Z" }, { since: "100000000000" }],
    [{ action: "connection.*" }, { action: "connection.*" }],
    [{ action: "Connection; drop" }, {}],
    [
      { subject: " con_1 ", person: "per_1" },
      { subject: "con_1", person: "per_1" },
    ],
    [{ entry: "aud_1" }, {}],
  ])("%j asks for %j", (search, query) => {
    expect(queryOf(search, now)).toEqual(query);
  });

  it("keeps what it knows of an address, cut where it is long", () => {
    expect(auditSearch({ action: "a.b", subject: 7, evil: "x", person: "", since: ["1"] })).toEqual(
      {
        action: "a.b",
        subject: "7",
      },
    );
    expect(auditSearch({ subject: "x".repeat(500) }).subject).toHaveLength(100);
  });

  it("does not count the open entry as a filter", () => {
    expect(hasFilters({ entry: "aud_1" })).toBe(false);
    expect(hasFilters(changed({ entry: "aud_1" }, { action: "team.*" }))).toBe(true);
    expect(changed({ action: "team.*" }, { action: undefined })).toEqual({});
  });
});
