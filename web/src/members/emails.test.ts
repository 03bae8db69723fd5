import { describe, expect, it } from "vitest";
import { emailsIn } from "./emails";

describe("what is typed as addresses", () => {
  it.each([
    ["", [], []],
    ["one@example.com", ["one@example.com"], []],
    ["one@example.com, two@example.com", ["one@example.com", "two@example.com"], []],
    [
      "one@example.com two@example.com\nthree@example.com;",
      ["one@example.com", "two@example.com", "three@example.com"],
      [],
    ],
    ["One@example.com one@EXAMPLE.com", ["one@EXAMPLE.com"], []],
    ["First Last <one@example.com>, two@example.com", ["one@example.com", "two@example.com"], []],
    ["one@example", [], ["one@example"]],
    ["one@example.com nobody", ["one@example.com"], ["nobody"]],
    ["a@b@example.com", [], ["a@b@example.com"]],
    [`${"a".repeat(250)}@example.com`, [], [`${"a".repeat(250)}@example.com`]],
  ])("%j", (text, emails, wrong) => {
    expect(emailsIn(text)).toEqual({ emails, wrong });
  });
});
