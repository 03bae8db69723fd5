import { expect, it } from "vitest";
import { judgeRefusal, type AskedWith } from "./failures";

const judged = (status: number, error?: string, asked: AskedWith = "refresh") =>
  judgeRefusal({
    host: "auth.example.com",
    status,
    error,
    isPage: false,
    retryAfterSeconds: undefined,
    with: asked,
  })?.kind;

it("calls a sign-in dead only where the vendor's token endpoint says so", () => {
  expect(judged(400, "invalid_grant")).toBe("revoked");
  expect(judged(403, "invalid_grant")).toBe("revoked");
  expect(judged(400)).toBe("revoked");
  for (const status of [401, 403, 404, 409, 413]) expect(judged(status)).toBe("misconfigured");
  for (const status of [408, 425, 429, 500, 503]) expect(judged(status)).toBe("transient");
});

it("has somebody who is signing in start again, whatever the refusal", () => {
  for (const status of [400, 403, 409]) expect(judged(status, undefined, "code")).toBe("revoked");
});

it("takes no code for one it knows because an object has it", () => {
  expect(judged(400, "constructor")).toBe("revoked");
});
