import { expect, it } from "vitest";
import { breakerSize, runBreaker } from "./breaker.ts";

it("leaves a server alone that is down, finds it back, and tells people", async () => {
  expect((await runBreaker(breakerSize.tenth)).broken).toEqual([]);
});
