import { expect, it } from "vitest";
import { signInSearch } from "./search";

it.each([
  ["/", true],
  ["/activity?status=failed", true],
  ["//elsewhere.example", false],
  ["/\\elsewhere.example", false],
  ["https://elsewhere.example", false],
  ["javascript:alert(1)", false],
  ["", false],
])("goes on to %j: %s", (next, kept) =>
  expect(signInSearch({ next })).toEqual(kept ? { next } : {}),
);

it.each([
  [{ factor: true }, { factor: true }],
  [{ factor: "yes" }, {}],
  [{ sso: "link_expired" }, { sso: "link_expired" }],
  [{ error: "access_denied" }, { error: "access_denied" }],
  [{ sso: ["forbidden"], error: 7 }, {}],
])("reads %j as %j", (search, read) => expect(signInSearch(search)).toEqual(read));
