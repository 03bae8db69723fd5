import { expect, it } from "vitest";
import { crashSize, runCrash } from "./crash.ts";

it("forgets no call and sends none twice when the hub is killed in the middle of its work", async () => {
  expect((await runCrash(crashSize.tenth)).broken).toEqual([]);
}, 180_000);
