import { expect, it } from "vitest";
import { needsSession, runConformance } from "./conformance.ts";

it("passes every required scenario of 2026-07-28, and of 2025-11-25 all but those that take a session", async () => {
  const [modern, legacy] = await runConformance(["2026-07-28", "2025-11-25"]);
  expect(modern?.failed).toEqual([]);
  expect(modern?.passed).toHaveLength(37);
  expect(legacy?.failed.toSorted()).toEqual(needsSession.toSorted());
  expect(legacy?.passed).toHaveLength(30 - needsSession.length);
}, 300_000);
