import { expect, it } from "vitest";
import { ledgerSize, runLedger } from "./ledger.ts";

it("answers everything a dashboard asks of a large ledger", async () => {
  expect((await runLedger(ledgerSize.tenth)).broken).toEqual([]);
});
