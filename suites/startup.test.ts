import { expect, it } from "vitest";
import { runStartup, startupSize } from "./startup.ts";

it("starts soon, ends whole and says in one sentence why it cannot start", async () => {
  expect((await runStartup(startupSize.tenth)).broken).toEqual([]);
});
