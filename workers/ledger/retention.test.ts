import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { drizzle } from "drizzle-orm/d1";
import { describe, expect, it, vi } from "vitest";
import type { ExecutionDetail, ExecutionEvent } from "../../shared/contracts/executions";
import { newId } from "../../shared/ids";
import { teams } from "../teams/tables";
import { entry } from "../testing/ledger-entry";
import { faultyShards, upkeepOf } from "../testing/ledger-upkeep";
import { archiveKey } from "./archive";
import type { LedgerEntry } from "./records";

const dayMs = 86_400_000;
const small = { PLUGBOARD_LEDGER_ROWS: "8" };

/** Thirty executions over sixty days; its plan keeps thirty. One of the oldest goes on still. */
async function oldTeam() {
  const id = newId("team");
  const created = Date.now();
  await drizzle(env.DB).insert(teams).values({ id, name: id, createdAt: created, plan: "small" });
  const ledger = env.TEAM_LEDGER.getByName(id);
  const entries = Array.from({ length: 30 }, (_, n) =>
    entry({
      at: created - (60 - n * 2) * dayMs + 60_000,
      intent: { connectionId: `con_${n % 3}` },
      outcome: n === 2 ? null : {},
    }),
  );
  await ledger.record(id, entries);
  return { id, ledger, entries };
}
type Team = Awaited<ReturnType<typeof oldTeam>>;
type Line = ExecutionDetail & { events: ExecutionEvent[] };

const idsOf = (entries: readonly { executionId: string }[]) =>
  entries.map(({ executionId }) => executionId).toSorted();

async function archived({ id }: Pick<Team, "id">): Promise<Line[]> {
  const { objects } = await env.ARCHIVE.list({ prefix: `${id}/` });
  const files = await Promise.all(
    objects.map(async ({ key }) => {
      const packed = (await env.ARCHIVE.get(key))?.body.pipeThrough(
        new DecompressionStream("gzip"),
      );
      const text = await new Response(packed ?? null).text();
      return text
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line) as Line);
    }),
  );
  return files.flat();
}

const listed = async ({ ledger }: Team) =>
  (await ledger.list({ limit: 200 })).items.map(({ id }) => id).toSorted();
const isOld = (_: LedgerEntry, n: number) => n < 15 && n !== 2;

/** Each execution is in the ledger or in the archive, and in one of both only. */
async function expectWhole(team: Team): Promise<void> {
  const lines = idsOf((await archived(team)).map(({ id }) => ({ executionId: id })));
  expect(lines).toEqual(idsOf(team.entries.filter(isOld)));
  expect(await listed(team)).toEqual(idsOf(team.entries.filter((one, n) => !isOld(one, n))));
}

describe("what is older than the plan keeps it", () => {
  it("is archived as it was shown, with its events, a file a month, and then deleted", async () => {
    const team = await oldTeam();
    const first = team.entries[0]?.executionId ?? "";
    const shown = JSON.parse((await team.ledger.get(first)) ?? "") as ExecutionDetail;
    expect(await upkeepOf(team.ledger)).toBe(true);
    await expectWhole(team);
    const line = (await archived(team)).find(({ id }) => id === first);
    expect(line).toMatchObject({ ...shown });
    expect(line?.events.map(({ type }) => type)).toEqual(["started", "finished"]);
    const { items } = await team.ledger.listArchives({ limit: 10, hidden: [] });
    expect(items.reduce((sum, { executions }) => sum + executions, 0)).toBe(14);
    for (const { name, size, from, to } of items) {
      const object = await env.ARCHIVE.head(archiveKey(team.id, name));
      expect(object?.size).toBe(size);
      expect(object?.customMetadata).toMatchObject({ from: String(from), to: String(to) });
      expect(new Date(from).getUTCMonth()).toBe(new Date(to).getUTCMonth());
    }
    const events = await runInDurableObject(team.ledger, (_, { storage }) =>
      storage.sql.exec("SELECT 1 FROM events WHERE execution_id = ?", first).toArray(),
    );
    expect(events).toEqual([]);
  });

  it("is not counted where its connection is hidden", async () => {
    const team = await oldTeam();
    await upkeepOf(team.ledger);
    const asked = { limit: 10, hidden: ["con_0", "con_1"] };
    const { items } = await team.ledger.listArchives(asked);
    expect(items.reduce((sum, { executions }) => sum + executions, 0)).toBe(4);
    const all = { limit: 10, hidden: ["con_0", "con_1", "con_2"] };
    expect((await team.ledger.listArchives(all)).items).toEqual([]);
  });

  it("stays in the charts, and what was called last is still known", async () => {
    const team = await oldTeam();
    const now = Date.now();
    const asked = { unit: "day", since: now - 90 * dayMs, until: now, hidden: [] } as const;
    const before = [await team.ledger.series(asked), await team.ledger.lastCalls(["con_0"])];
    await upkeepOf(team.ledger);
    expect([await team.ledger.series(asked), await team.ledger.lastCalls(["con_0"])]).toEqual(
      before,
    );
  });

  it.each(["before", "after"])(
    "is neither lost nor kept twice when writing the file fails %s it is written",
    async (loss) => {
      const complaints = vi.spyOn(console, "error").mockImplementation(() => undefined);
      const team = await oldTeam();
      const put = async (...args: Parameters<R2Bucket["put"]>) => {
        if (loss === "after") await env.ARCHIVE.put(...args);
        throw new Error("injected");
      };
      const ARCHIVE = { put } as unknown as R2Bucket;
      expect(await upkeepOf(team.ledger, { ARCHIVE })).toBe(false);
      expect(await listed(team)).toEqual(idsOf(team.entries));
      // It ends before that is tried again.
      const running = team.entries[2];
      await team.ledger.record(team.id, [
        entry({ executionId: running?.executionId ?? "", outcome: { status: "lost" } }),
      ]);
      expect(await upkeepOf(team.ledger)).toBe(true);
      const lines = (await archived(team)).map(({ id }) => ({ executionId: id }));
      expect(idsOf(lines)).toEqual(idsOf(team.entries.slice(0, 15)));
      expect(await listed(team)).toEqual(idsOf(team.entries.slice(15)));
      complaints.mockRestore();
    },
  );

  it("is archived out of further objects too, and the empty ones go", async () => {
    const team = await oldTeam();
    await upkeepOf(team.ledger, { ...small, DB: {} as D1Database });
    expect(await upkeepOf(team.ledger, small)).toBe(true);
    await expectWhole(team);
    const shards = await runInDurableObject(team.ledger, (_, { storage }) =>
      storage.sql.exec<{ n: number }>("SELECT n FROM shards").toArray(),
    );
    expect(shards.map(({ n }) => n)).not.toContain(1);
  });

  it.each([
    { method: "archive", loss: "after" },
    { method: "remove", loss: "before" },
    { method: "remove", loss: "after" },
    { method: "erase", loss: "after" },
  ] as const)(
    "is neither lost nor kept twice when a further object fails $loss $method",
    async ({ method, loss }) => {
      const complaints = vi.spyOn(console, "error").mockImplementation(() => undefined);
      const team = await oldTeam();
      await upkeepOf(team.ledger, { ...small, DB: {} as D1Database });
      const { TEAM_LEDGER } = faultyShards([method], { k: 1, loss });
      expect(await upkeepOf(team.ledger, { ...small, TEAM_LEDGER })).toBe(false);
      expect(await upkeepOf(team.ledger, small)).toBe(true);
      await expectWhole(team);
      complaints.mockRestore();
    },
  );

  it("is only deleted where there is no bucket", async () => {
    const team = await oldTeam();
    expect(await upkeepOf(team.ledger, { ARCHIVE: undefined as unknown as R2Bucket })).toBe(true);
    expect(await archived(team)).toEqual([]);
    expect(await listed(team)).toEqual(idsOf(team.entries.filter((one, n) => !isOld(one, n))));
  });

  it("goes with its team, and no other team's does", async () => {
    const [team, other] = [await oldTeam(), await oldTeam()];
    await upkeepOf(team.ledger);
    await upkeepOf(other.ledger);
    await team.ledger.erase();
    expect(await archived(team)).toEqual([]);
    expect(await archived(other)).toHaveLength(14);
  });
});

it("a file that was being written when the team was deleted is deleted with it", async () => {
  const { id, ledger, entries } = await oldTeam();
  const [first = "", last = ""] = [entries[0]?.executionId, entries[1]?.executionId];
  await runInDurableObject(ledger, (_ledger, { storage }) => {
    storage.kv.put("erased", true);
  });
  expect((await ledger.archive(id, { first, last })).file).toBeNull();
  expect((await env.ARCHIVE.list({ prefix: `${id}/` })).objects).toEqual([]);
});
