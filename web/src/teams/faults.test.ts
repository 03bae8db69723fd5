import { expect, it } from "vitest";
import { emailFault, newPasswordFault } from "./faults";

it.each([
  ["ada@example.com", true],
  ["  ada@example.com ", true],
  ["ada@localhost", false],
  ["ada@", false],
  ["ada lovelace@example.com", false],
  ["", false],
])("takes %j for an email: %s", (email, taken) =>
  expect(emailFault(email) === undefined).toBe(taken),
);

it.each([
  ["123456789", false],
  ["1234567890", true],
  ["x".repeat(128), true],
  ["x".repeat(129), false],
])("takes %j for a new password: %s", (password, taken) =>
  expect(newPasswordFault(password) === undefined).toBe(taken),
);
