import { describe, expect, it } from "vitest";
import type { Connection } from "../../../shared/contracts/connections";
import {
  canRemind,
  expiryOf,
  hasCredential,
  isRotationDue,
  stepOf,
  waitsForPerson,
} from "./standing";

const auth = (more: Partial<Connection["auth"]> = {}) =>
  ({
    kind: "api_key",
    fieldNames: ["key"],
    consentedAt: null,
    refreshes: false,
    expiresAt: null,
    rotateEveryDays: null,
    rotationDueAt: null,
    ...more,
  }) as Connection["auth"];

it.each([
  ["pending", "api_key", "set-up"],
  ["pending", "oauth2_code", "set-up"],
  ["needs_reauth", "oauth2_code", "sign-in"],
  ["connected", "mcp_oauth", "sign-in"],
  ["revoked", "oauth2_device", "sign-in"],
  ["expiring", "bearer", "replace"],
  ["connected", "headers", "replace"],
] as const)("a %s connection by %s is to %s", (status, kind, step) =>
  expect(stepOf({ status, auth: { kind } })).toBe(step),
);

it("waits for a person where nobody else can mend it", () => {
  expect(
    (
      ["pending", "connected", "expiring", "needs_reauth", "error", "revoked", "disabled"] as const
    ).filter((status) => waitsForPerson({ status })),
  ).toEqual(["pending", "expiring", "needs_reauth", "revoked"]);
});

it.each([
  ["a typed key", "connected", auth(), true],
  ["a consent", "error", auth({ kind: "oauth2_code", fieldNames: [], consentedAt: 1 }), true],
  ["none", "connected", auth({ kind: "none", fieldNames: [] }), false],
  ["a server without headers", "connected", auth({ kind: "headers", fieldNames: [] }), false],
  ["one that was taken back", "revoked", auth({ kind: "oauth2_code", consentedAt: 1 }), false],
  ["one that was imported", "pending", auth(), false],
] as const)("of %s there is something to take back: %#", (_, status, auth, has) =>
  expect(hasCredential({ status, auth })).toBe(has),
);

describe("the end of a sign-in", () => {
  it.each([
    ["connected", { refreshes: true, expiresAt: 5 }, { kind: "renews" }],
    ["needs_reauth", { refreshes: true, expiresAt: 15 }, { kind: "over" }],
    ["connected", { refreshes: false, expiresAt: null }, { kind: "unknown" }],
    ["expiring", { refreshes: false, expiresAt: 11 }, { kind: "ends", at: 11 }],
    ["needs_reauth", { refreshes: false, expiresAt: 10 }, { kind: "ended", at: 10 }],
    ["pending", { refreshes: false, expiresAt: null }, { kind: "none" }],
    ["revoked", { refreshes: true, expiresAt: null }, { kind: "none" }],
  ] as const)("of a %s one with %j, at 10: %j", (status, auth, expiry) =>
    expect(expiryOf({ status, auth }, 10)).toEqual(expiry),
  );
});

it("reminds of what was typed, once its time is over and while it is in use", () => {
  const due = auth({ rotateEveryDays: 30, rotationDueAt: 10 });
  expect(isRotationDue({ status: "connected", auth: due }, 10)).toBe(true);
  expect(isRotationDue({ status: "connected", auth: due }, 9)).toBe(false);
  expect(isRotationDue({ status: "disabled", auth: due }, 10)).toBe(false);
  expect(isRotationDue({ status: "connected", auth: auth() }, 10)).toBe(false);
  expect(canRemind({ auth: auth() })).toBe(true);
  expect(canRemind({ auth: auth({ kind: "oauth2_code" }) })).toBe(false);
  expect(canRemind({ auth: auth({ kind: "oauth2_code", rotateEveryDays: 9 }) })).toBe(true);
});
