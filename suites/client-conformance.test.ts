import { expect, it } from "vitest";
import { runScenarios } from "./client-conformance.ts";

it("signs in at servers as the conformance suite has it: found anywhere, as a known client, with more asked for, never at another issuer", async () => {
  const names = [
    "auth/metadata-var3",
    "auth/pre-registration",
    "auth/scope-step-up",
    "auth/authorization-server-migration",
    "auth/iss-wrong-issuer",
  ];
  expect(await runScenarios(names, "2026-07-28")).toEqual([]);
}, 300_000);
