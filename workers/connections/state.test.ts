import { describe, expect, it } from "vitest";
import { nextStanding, restingStatus, type SignInEvent, type Standing } from "./state";

const now = 1_800_000_000_000;
const minute = 60_000;
const day = 24 * 60 * minute;
const fault = { code: "upstream_unreachable", message: "…", at: now };
const refused = { code: "upstream_unauthorized", message: "…", at: now };

const renewing: Standing = {
  status: "connected",
  lastError: null,
  errorCount: 0,
  refreshes: true,
  expiresAt: now + 30 * minute,
  since: now - 30 * minute,
};
const key: Standing = { ...renewing, refreshes: false, expiresAt: null, since: now - 90 * day };

const events = {
  worked: { kind: "worked" },
  unreachable: { kind: "unreachable", fault },
  refused: { kind: "refused", fault: refused, final: false },
  refusedForGood: { kind: "refused", fault: refused, final: true },
  renewed: { kind: "renewed", refreshes: true, expiresAt: now + 60 * minute, at: now + 1 },
  looked: { kind: "looked" },
  revoked: { kind: "revoked" },
  down: { kind: "not_renewed", failure: { kind: "transient", message: "…" } },
  takenBack: { kind: "not_renewed", failure: { kind: "revoked", message: "…" } },
  misconfigured: { kind: "not_renewed", failure: { kind: "misconfigured", message: "…" } },
} satisfies Record<string, SignInEvent>;

describe("a connection's status", () => {
  it.each<[string, Standing, keyof typeof events, Standing["status"]]>([
    ["stays while it works", renewing, "worked", "connected"],
    ["is an error while nobody answers", renewing, "unreachable", "error"],
    ["is mended by an answer", { ...renewing, status: "error" }, "worked", "connected"],
    ["forgives a key one refusal", key, "refused", "error"],
    ["forgives a key two", { ...key, status: "error", errorCount: 1 }, "refused", "error"],
    ["needs a sign-in at the third", { ...key, errorCount: 2 }, "refused", "needs_reauth"],
    ["needs one once a renewed token is refused", renewing, "refusedForGood", "needs_reauth"],
    ["needs one where the vendor took it back", renewing, "takenBack", "needs_reauth"],
    ["is an error where the app is wrong", renewing, "misconfigured", "error"],
    ["is left alone while the token lives", renewing, "down", "connected"],
    ["is an error once it has ended", { ...renewing, expiresAt: now - 1 }, "down", "error"],
    ["is mended by a new token", { ...renewing, status: "needs_reauth" }, "renewed", "connected"],
    [
      "does not recover from a call alone",
      { ...key, status: "needs_reauth" },
      "looked",
      "needs_reauth",
    ],
    ["recovers where a test works", { ...key, status: "needs_reauth" }, "worked", "connected"],
    [
      "stays dead while nobody answers",
      { ...key, status: "needs_reauth" },
      "unreachable",
      "needs_reauth",
    ],
    [
      "expires a week before a key's end",
      { ...key, expiresAt: now + 6 * day },
      "looked",
      "expiring",
    ],
    ["does not expire before", { ...key, expiresAt: now + 8 * day }, "looked", "connected"],
    ["needs a sign-in after it", { ...key, expiresAt: now }, "looked", "needs_reauth"],
    ["takes a server's word over the calendar's", { ...key, expiresAt: now }, "worked", "expiring"],
    ["is revoked whatever it was", { ...key, status: "error" }, "revoked", "revoked"],
    ["stays disabled", { ...key, status: "disabled" }, "refusedForGood", "disabled"],
    ["stays revoked", { ...key, status: "revoked" }, "worked", "revoked"],
    ["stays pending", { ...key, status: "pending" }, "unreachable", "pending"],
  ])("%s", (_, standing, event, status) => {
    expect(nextStanding(standing, events[event], now).status).toBe(status);
  });

  it("keeps what was refused after a token came, since it was that token", () => {
    const dead = nextStanding(renewing, events.refusedForGood, now);
    const late = { ...events.renewed, at: now - 1 };
    expect(nextStanding({ ...renewing, ...dead }, late, now).status).toBe("needs_reauth");
  });

  it("counts failures in a row, and forgets them when it works", () => {
    let standing = key;
    for (const count of [1, 2, 3]) {
      standing = { ...standing, ...nextStanding(standing, events.unreachable, now) };
      expect(standing.errorCount).toBe(count);
    }
    expect(nextStanding(standing, events.worked, now)).toEqual({
      status: "connected",
      lastError: null,
      errorCount: 0,
    });
  });

  it("warns of what lives for an hour in its last quarter, not for a week", () => {
    const life = { refreshes: false, since: now - 45 * minute, expiresAt: now + 15 * minute };
    expect(restingStatus(life, now - 1)).toBe("connected");
    expect(restingStatus(life, now)).toBe("expiring");
  });
});
