import { expect, it } from "vitest";
import { HubError } from "../../platform/errors";
import { FlowFailure, faultOf, faultOfToken } from "./faults";

it.each([
  ["upstream_timeout", "unreachable"],
  ["outbound_refused", "refused_address"],
  ["upstream_unauthorized", "test_failed"],
  ["conflict", "name_taken"],
  ["not_found", "connection_gone"],
  ["forbidden", "not_allowed"],
  ["unavailable", "internal"],
] as const)("tells %s as %s", (code, told) => {
  expect(faultOf(new HubError(code, "A sentence.")).code).toBe(told);
});

it("tells nothing of what it did not foresee", () => {
  const fault = faultOf(new Error("canary: D1 said no"));
  expect(fault.code).toBe("internal");
  expect(fault.message).not.toContain("canary");
});

it("tells a failed token as its kind, or as whoever asked for it found", () => {
  const failure = { kind: "revoked", message: "Gone." } as const;
  expect(faultOfToken(failure)).toEqual({ code: "token_refused", message: "Gone." });
  expect(faultOfToken({ ...failure, fault: "token_invalid" }).code).toBe("token_invalid");
});

it("tells what was found on the way in its own words", () => {
  expect(faultOf(new FlowFailure("wrong_account")).message).toContain("another account");
});
