import { runInDurableObject } from "cloudflare:test";
import type { TeamLedger } from "../ledger";

/** From here on the ledger takes its database for this large; `undefined` for as large as it is. */
export async function sayLedgerHolds(
  ledger: DurableObjectStub<TeamLedger>,
  bytes: number | undefined,
): Promise<void> {
  await runInDurableObject(ledger, (_, { storage }) => {
    if (bytes === undefined) Reflect.deleteProperty(storage.sql, "databaseSize");
    else Object.defineProperty(storage.sql, "databaseSize", { value: bytes, configurable: true });
  });
}
