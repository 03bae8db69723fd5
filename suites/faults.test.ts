import { expect, it } from "vitest";
import { faultsSize, runFaults } from "./faults.ts";

it("makes a typed error of every failure of a server, soon, and goes on", async () => {
  expect((await runFaults(faultsSize.tenth)).broken).toEqual([]);
});
