import { expect, it } from "vitest";
import { limitsSize, runLimits } from "./limits.ts";

it("lets exactly as many calls through as the limit says, of all at once and after a kill", async () => {
  expect((await runLimits(limitsSize.tenth)).broken).toEqual([]);
});
