import { describe, expect, it } from "vitest";
import type { McpClient } from "../../../shared/contracts/clients";
import { arrived, knownOf } from "./arrival";

const client = (id: string, lastSeenAt: number, keyId = "key_1"): McpClient => ({
  id,
  name: id,
  title: null,
  version: null,
  protocolVersion: "2026-07-28",
  userAgent: null,
  keyId,
  grantId: null,
  personId: null,
  firstSeenAt: 0,
  lastSeenAt,
});

describe("the client that is waited for", () => {
  const before = [client("cli_a", 100), client("cli_b", 50)];
  const known = knownOf(before);

  it("has not come while nobody new was seen", () => {
    expect(arrived(before, { keyId: undefined, known })).toBeUndefined();
  });

  it("is whoever is new, or seen again, where the key is from elsewhere", () => {
    expect(arrived([client("cli_c", 1), ...before], { keyId: undefined, known })?.id).toBe("cli_c");
    const again = [client("cli_b", 101), client("cli_a", 100)];
    expect(arrived(again, { keyId: undefined, known })?.id).toBe("cli_b");
  });

  it("is only whoever signs in with the key that was made for it", () => {
    const wanted = { keyId: "key_2", known };
    expect(arrived([client("cli_c", 200), ...before], wanted)).toBeUndefined();
    expect(arrived([client("cli_c", 200, "key_2"), ...before], wanted)?.id).toBe("cli_c");
  });
});
