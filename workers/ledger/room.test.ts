import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import { newId } from "../../shared/ids";
import { sayLedgerHolds } from "../testing/full-ledger";
import { entry } from "../testing/ledger-entry";
import { openRoom } from "./room";

it("has no room past its size, keeps some for results, and has room again when something is deleted", async () => {
  const ledger = env.TEAM_LEDGER.getByName(newId("team"));
  const seen = await runInDurableObject(ledger, (_, { storage: { sql } }) => {
    const room = openRoom(sql, sql.databaseSize + 400_000);
    const look = () => [room.forMore(), room.forResults()];
    sql.exec("CREATE TABLE filling (text TEXT)");
    const fill = () => sql.exec("INSERT INTO filling VALUES (?)", "x".repeat(450_000));
    const empty = look();
    fill();
    const full = look();
    fill();
    const fuller = look();
    sql.exec("DELETE FROM filling");
    return { empty, full, fuller, emptied: look() };
  });
  expect(seen).toEqual({
    empty: [true, true],
    full: [false, true],
    fuller: [false, false],
    emptied: [true, true],
  });
});

it("keeps no answer for a repetition where there is no room, and records the call all the same", async () => {
  const id = newId("team");
  const ledger = env.TEAM_LEDGER.getByName(id);
  const [kept, unkept] = [entry(), entry()];
  await ledger.record(id, [{ ...kept, kept: "sealed" }]);
  await sayLedgerHolds(ledger, 8_000_000_000);
  await ledger.record(id, [{ ...unkept, kept: "sealed" }]);
  expect(await ledger.keptAnswer(kept.executionId)).toBe("sealed");
  expect(await ledger.keptAnswer(unkept.executionId)).toBeNull();
  expect(await ledger.get(unkept.executionId)).toContain(unkept.executionId);
});
