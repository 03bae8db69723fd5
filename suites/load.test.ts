import { expect, it } from "vitest";
import { loadSize, runLoad } from "./load.ts";

it("loses no call at a steady rate, sends none twice, and lets no team disturb another", async () => {
  expect((await runLoad(loadSize.tenth)).broken).toEqual([]);
}, 120_000);
