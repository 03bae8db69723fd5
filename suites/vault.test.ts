import { expect, it } from "vitest";
import { runVault, vaultSize } from "./vault.ts";

it("rotates every key while calls go on, killed twice in the middle, and leaves nothing on the old ones", async () => {
  expect((await runVault(vaultSize.tenth)).broken).toEqual([]);
}, 300_000);
