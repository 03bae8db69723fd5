import { describe, expect, it } from "vitest";
import { addressesIn } from "./addresses";

describe("what is typed as addresses a key may be used from", () => {
  it.each([
    ["", null, []],
    [" \n ", null, []],
    ["203.0.113.7", ["203.0.113.7"], []],
    ["203.0.113.0/24\n2001:db8::/32", ["203.0.113.0/24", "2001:db8::/32"], []],
    ["::1, 10.0.0.0/8, ::1", ["::1", "10.0.0.0/8"], []],
    ["::ffff:192.0.2.1", ["::ffff:192.0.2.1"], []],
    ["203.0.113", ["203.0.113"], ["203.0.113"]],
    ["256.0.0.1", ["256.0.0.1"], ["256.0.0.1"]],
    ["10.0.0.0/33", ["10.0.0.0/33"], ["10.0.0.0/33"]],
    ["2001:db8::/129", ["2001:db8::/129"], ["2001:db8::/129"]],
    ["office", ["office"], ["office"]],
    ["abc", ["abc"], ["abc"]],
  ])("%j", (text, addresses, wrong) => {
    expect(addressesIn(text)).toEqual({ addresses, wrong });
  });
});
