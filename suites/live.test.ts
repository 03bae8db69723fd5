import { expect, it } from "vitest";
import { liveSize, runLive } from "./live.ts";

it("tells everybody of everything once and soon, also those who were away", async () => {
  expect((await runLive(liveSize.tenth)).broken).toEqual([]);
});
