import { expect, it } from "vitest";
import { refreshSize, runRefresh } from "./refresh.ts";

it("renews each token once, under a hundred calls and under a kill", async () => {
  expect((await runRefresh(refreshSize.tenth)).broken).toEqual([]);
}, 300_000);
