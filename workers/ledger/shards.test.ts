import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it, vi } from "vitest";
import type { ExecutionEvent } from "../../shared/contracts/executions";
import type { Page } from "../../shared/contracts/pages";
import { lowestIdAt, newId } from "../../shared/ids";
import { sayLedgerHolds } from "../testing/full-ledger";
import { begin, entry } from "../testing/ledger-entry";
import { faultyShards, upkeepOf } from "../testing/ledger-upkeep";
import { TeamLedger } from "./ledger.object";
import type { ExecutionFilter } from "./list";
import type { LedgerEntry } from "./records";

const rows = 10;
const small = { PLUGBOARD_LEDGER_ROWS: String(rows) };
const later = begin + 100_000;

/** Sixty executions a second apart; every twentieth goes on still. */
async function sixty() {
  const id = newId("team");
  const ledger = env.TEAM_LEDGER.getByName(id);
  const entries = Array.from({ length: 60 }, (_, n) =>
    entry({
      at: begin + n * 1000,
      notes: [{ at: begin + n * 1000 + 1, type: "progress", data: `{"progress":${n}}` }],
      intent: {
        toolId: `tool_${n % 2}`,
        connectionId: `con_${n % 5}`,
        name: `get_${n % 4}`,
        actor: { kind: "apiKey", id: `key_${n % 3}`, personId: "per_1" },
      },
      outcome: n % 20 === 5 ? null : { status: n % 7 === 0 ? "failed" : "succeeded" },
    }),
  );
  await ledger.record(id, entries);
  return { id, ledger, entries };
}
type Team = Awaited<ReturnType<typeof sixty>>;

const filters: Partial<ExecutionFilter>[] = [
  {},
  { statuses: ["failed"] },
  { statuses: ["running", "failed"] },
  { toolId: "tool_1" },
  { connectionId: "con_3" },
  { actorId: "key_2" },
  { actorId: "per_1", query: "GET_3" },
  { surface: "rest", hidden: ["con_1", "con_2"] },
  { from: lowestIdAt("exe", begin + 7_500), before: lowestIdAt("exe", begin + 33_500) },
];

/** All that can be asked of the ledger. */
async function answersOf({ ledger, entries }: Pick<Team, "ledger" | "entries">) {
  const lists: string[][] = [];
  for (const [n, filter] of filters.entries())
    for (const limit of n === 0 ? [9, 200] : [9]) {
      const ids: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await ledger.list({ limit, cursor, ...filter });
        if (page.nextCursor !== null) expect(page.items).toHaveLength(limit);
        ids.push(...page.items.map((one) => one.id));
        cursor = page.nextCursor ?? undefined;
      } while (cursor !== undefined);
      lists.push(ids);
    }
  const details: unknown[] = [];
  for (const { executionId } of entries.filter((_, n) => n % 9 === 0)) {
    const events = ledger.events(executionId, { limit: 2, cursor: 0 });
    details.push(
      await ledger.get(executionId),
      (await (events as unknown as Promise<Page<ExecutionEvent>>)).items,
    );
  }
  const chart = { unit: "minute", since: begin, until: later, hidden: [] } as const;
  return {
    lists,
    details,
    summary: await ledger.summarize(begin, [], later),
    series: await ledger.series(chart),
    calls: await ledger.lastCalls(["con_0", "con_3"]),
  };
}

async function storedIn(ledger: Team["ledger"]): Promise<string[]> {
  return runInDurableObject(ledger, (_, { storage }) =>
    storage.sql
      .exec<{ id: string }>("SELECT id FROM executions ORDER BY id")
      .toArray()
      .map(({ id }) => id),
  );
}

const shardsOf = ({ ledger }: Pick<Team, "ledger">) =>
  runInDurableObject(ledger, (_, { storage }) =>
    storage.sql.exec<{ n: number; taken: number }>("SELECT * FROM shards ORDER BY n").toArray(),
  );

describe("a ledger that outgrows one object", () => {
  it("answers everything as before, from several objects, each of which holds so many", async () => {
    const team = await sixty();
    const before = await answersOf(team);
    expect(await upkeepOf(team.ledger, small)).toBe(true);
    expect((await storedIn(team.ledger)).length).toBeLessThanOrEqual(rows + 3);
    const shards = await shardsOf(team);
    expect(shards.length).toBeGreaterThanOrEqual(5);
    for (const { n, taken } of shards) {
      expect(taken).toBeLessThanOrEqual(rows);
      expect(await storedIn(env.TEAM_LEDGER.getByName(`${team.id}~${n}`))).toHaveLength(taken);
    }
    expect(await answersOf(team)).toEqual(before);
  });

  it("moves what has ended where the object is nearly full, however few they are", async () => {
    const team = await sixty();
    const before = await answersOf(team);
    await sayLedgerHolds(team.ledger, 8_000_000_000);
    expect(await upkeepOf(team.ledger)).toBe(true);
    expect(await storedIn(team.ledger)).toHaveLength(3);
    expect(await shardsOf(team)).toMatchObject([{ taken: 57 }]);
    expect(await answersOf(team)).toEqual(before);
  });

  it("moves nothing while it is small enough", async () => {
    const team = await sixty();
    expect(await upkeepOf(team.ledger, { PLUGBOARD_LEDGER_ROWS: "57" })).toBe(true);
    expect(await shardsOf(team)).toEqual([]);
  });

  it.each([
    { k: 1, loss: "after" },
    { k: 4, loss: "before" },
    { k: 9, loss: "after" },
  ] as const)(
    "loses nothing and shows nothing twice when it is interrupted $loss copy $k",
    async ({ k, loss }) => {
      const complaints = vi.spyOn(console, "error").mockImplementation(() => undefined);
      const team = await sixty();
      const before = await answersOf(team);
      const faulty = faultyShards(["take"], { k, loss });
      const { TEAM_LEDGER } = faulty;
      expect(await upkeepOf(team.ledger, { ...small, TEAM_LEDGER })).toBe(false);
      expect(faulty.calls()).toBe(k);
      expect(await answersOf(team)).toEqual(before);
      expect(await upkeepOf(team.ledger, small)).toBe(true);
      expect(await answersOf(team)).toEqual(before);
      complaints.mockRestore();
    },
  );

  it("ends what went on in the meantime, and takes it to where it belongs", async () => {
    const team = await sixty();
    await upkeepOf(team.ledger, small);
    const ended = team.entries
      .filter((one) => one.outcome === null)
      .map((one) => entry({ executionId: one.executionId, at: timeOf(one) }));
    await team.ledger.record(team.id, ended);
    const before = await answersOf(team);
    expect(before.summary).toMatchObject({ total: 60, byStatus: { running: 0 } });
    expect(await upkeepOf(team.ledger, small)).toBe(true);
    expect(await storedIn(team.ledger)).not.toContain(ended[0]?.executionId);
    expect(await answersOf(team)).toEqual(before);
  });

  it("knows what it moved when it is delivered again, and takes what comes very late", async () => {
    const team = await sixty();
    await upkeepOf(team.ledger, small);
    const before = await answersOf(team);
    await team.ledger.record(team.id, team.entries.slice(0, 12));
    expect(await answersOf(team)).toEqual(before);
    const late = entry({ at: begin + 3_500, intent: { connectionId: "con_9" } });
    await team.ledger.record(team.id, [late, ...team.entries.slice(0, 5)]);
    const { items } = await team.ledger.list({ limit: 200 });
    expect(items).toHaveLength(61);
    expect(items.map(({ id }) => id)).toEqual(
      items
        .map(({ id }) => id)
        .toSorted()
        .toReversed(),
    );
    expect(items.map(({ id }) => id)).toContain(late.executionId);
    expect(await team.ledger.summarize(begin, [], later)).toMatchObject({ total: 61 });
    await evictDurableObject(team.ledger);
    expect(await upkeepOf(team.ledger, small)).toBe(true);
    expect((await team.ledger.list({ limit: 200 })).items).toEqual(items);
  });

  it("takes nothing of another team, and nothing by another team's hand", async () => {
    const team = await sixty();
    await upkeepOf(team.ledger, small);
    const shard = env.TEAM_LEDGER.getByName(`${team.id}~1`);
    const refused = shard.take(newId("team"), "{}").then(() => "taken");
    await expect(refused).rejects.toThrow("another team");
  });

  it("goes whole with its team", async () => {
    const team = await sixty();
    await upkeepOf(team.ledger, small);
    await team.ledger.erase();
    expect(await storedIn(team.ledger)).toEqual([]);
    for (let n = 1; n <= 6; n++)
      expect(await storedIn(env.TEAM_LEDGER.getByName(`${team.id}~${n}`))).toEqual([]);
    expect((await team.ledger.list({ limit: 10 })).items).toEqual([]);
  });

  it("goes whole, files and all, where its ledger is cut off in the middle of erasing it", async () => {
    const team = await sixty();
    await upkeepOf(team.ledger, small);
    await env.ARCHIVE.put(`${team.id}/2026-11/some.jsonl.gz`, "old");
    const { promise: atShard, resolve } = Promise.withResolvers<void>();
    // One that never answers.
    const shard = { erase: () => (resolve(), new Promise(() => undefined)) };
    const TEAM_LEDGER = { getByName: () => shard } as unknown as Env["TEAM_LEDGER"];
    await runInDurableObject(team.ledger, async (_, state) => {
      void new TeamLedger(state, { ...env, TEAM_LEDGER }).erase();
      await atShard;
    });
    await evictDurableObject(team.ledger);
    expect((await env.ARCHIVE.list({ prefix: `${team.id}/` })).objects).toHaveLength(1);
    await ringLater(team.ledger);
    expect((await env.ARCHIVE.list({ prefix: `${team.id}/` })).objects).toEqual([]);
    for (let n = 1; n <= 6; n++)
      expect(await storedIn(env.TEAM_LEDGER.getByName(`${team.id}~${n}`))).toEqual([]);
    // Then there is nothing to do any more.
    expect(await runDurableObjectAlarm(team.ledger)).toBe(false);
  });

  it("goes whole even where an object cannot be reached at first", async () => {
    const complaints = vi.spyOn(console, "error").mockImplementation(() => undefined);
    const team = await sixty();
    await upkeepOf(team.ledger, small);
    const { TEAM_LEDGER } = faultyShards(["erase"], { k: 2, loss: "before" });
    await runInDurableObject(team.ledger, async (_, state) => {
      await new TeamLedger(state, { ...env, TEAM_LEDGER }).erase();
    });
    expect(await storedIn(env.TEAM_LEDGER.getByName(`${team.id}~3`))).not.toEqual([]);
    await evictDurableObject(team.ledger);
    await ringLater(team.ledger);
    for (let n = 1; n <= 6; n++)
      expect(await storedIn(env.TEAM_LEDGER.getByName(`${team.id}~${n}`))).toEqual([]);
    complaints.mockRestore();
  });
});

/** The alarm rings when all that there is to do is due. */
async function ringLater(ledger: Team["ledger"]): Promise<void> {
  await runInDurableObject(ledger, (_, { storage }) => {
    storage.sql.exec("UPDATE due SET at = 0");
  });
  await runDurableObjectAlarm(ledger);
}

const timeOf = ({ intent }: LedgerEntry): number =>
  (JSON.parse(intent) as { startedAt: number }).startedAt;
