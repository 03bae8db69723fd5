import { expect, it } from "vitest";
import { runSoak, soakSize } from "./soak.ts";

it("works on, with jobs beside calls, and leaves nothing over", async () => {
  expect((await runSoak(soakSize.tenth)).broken).toEqual([]);
}, 120_000);
