import { describe, expect, it } from "vitest";
import type { McpClient } from "../../../shared/contracts/clients";
import { arrived, knownOf } from "./arrival";

type How = Partial<Pick<McpClient, "keyId" | "grantId" | "personId">>;
const client = (id: string, lastSeenAt: number, how: How = { keyId: "key_1" }): McpClient => ({
  id,
  name: id,
  title: null,
  version: null,
  protocolVersion: "2026-07-28",
  userAgent: null,
  keyId: null,
  grantId: null,
  personId: "per_1",
  firstSeenAt: 0,
  lastSeenAt,
  ...how,
});

describe("the client that is waited for", () => {
  const before = [client("cli_a", 100), client("cli_b", 50)];
  const known = knownOf(before);

  const anyKey = { awaited: { by: "key", keyId: undefined }, known } as const;
  const account = { awaited: { by: "account", personId: "per_1" }, known } as const;

  it("has not come while nobody new was seen", () => {
    expect(arrived(before, anyKey)).toBeUndefined();
    expect(arrived(before, account)).toBeUndefined();
  });

  it("is whoever is new, or seen again, where the key is from elsewhere", () => {
    expect(arrived([client("cli_c", 1), ...before], anyKey)?.id).toBe("cli_c");
    const again = [client("cli_b", 101), client("cli_a", 100)];
    expect(arrived(again, anyKey)?.id).toBe("cli_b");
    expect(arrived([client("cli_c", 1, { grantId: "gra_1" })], anyKey)).toBeUndefined();
  });

  it("is only whoever signs in with the key that was made for it", () => {
    const wanted = { awaited: { by: "key", keyId: "key_2" }, known } as const;
    expect(arrived([client("cli_c", 200), ...before], wanted)).toBeUndefined();
    const come = [client("cli_c", 200, { keyId: "key_2" }), ...before];
    expect(arrived(come, wanted)?.id).toBe("cli_c");
  });

  it("is whoever was let in with the reader's own account, new or seen again", () => {
    const granted = { grantId: "gra_1" };
    expect(arrived([client("cli_c", 1, granted), ...before], account)?.id).toBe("cli_c");
    expect(arrived([client("cli_a", 101, granted)], account)?.id).toBe("cli_a");
    expect(arrived([client("cli_c", 1), ...before], account)).toBeUndefined();
    for (const personId of ["per_2", null])
      expect(arrived([client("cli_c", 1, { ...granted, personId })], account)).toBeUndefined();
  });
});
