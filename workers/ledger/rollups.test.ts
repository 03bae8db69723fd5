import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import type { Execution } from "../../shared/contracts/executions";
import { newId } from "../../shared/ids";
import { begin, entry } from "../testing/ledger-entry";
import { unitMs, units } from "./buckets";
import type { Outcome } from "./records";
import { openRollups } from "./rollups";

const { hour, day } = unitMs;
const now = begin + 3 * day;
const hidden = ["con_1", "con_3"];

/** The same numbers every time. */
function dice(seed: number) {
  let state = seed;
  return (below: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}

/** Calls of three days, in any order, some still running, delivered in batches of which each may come again. */
async function busyTeam(seed: number) {
  const id = newId("team");
  const ledger = env.TEAM_LEDGER.getByName(id);
  const roll = dice(seed);
  const entries = Array.from({ length: 300 }, () => {
    const status = (
      ["succeeded", "succeeded", "failed", "timed_out", "cancelled", "lost"] as const
    )[roll(6)] as Outcome["status"];
    const at = begin + roll(3 * day);
    const connection = roll(5);
    const person = roll(3);
    return entry({
      at,
      intent: {
        connectionId: `con_${connection}`,
        toolId: roll(10) === 0 ? null : `tool_${connection}_${roll(2)}`,
        actor:
          person === 0
            ? { kind: "mcpClient", id: "mac_1", personId: null }
            : { kind: "apiKey", id: `key_${roll(4)}`, personId: `per_${person}` },
      },
      outcome:
        roll(20) === 0
          ? null
          : {
              status,
              durationMs: status === "lost" ? null : roll(5000),
              error: status === "succeeded" ? null : { code: `code_${roll(3)}`, message: "No." },
            },
    });
  });
  for (let from = 0; from < entries.length;) {
    const batch = entries.slice(from, (from += 1 + roll(12)));
    // Some are heard of as they begin, some deliveries come twice.
    if (roll(3) === 0)
      await ledger.record(
        id,
        batch.map((one) => ({ ...one, outcome: null, result: null })),
      );
    for (let times = 1 + roll(2); times > 0; times--) await ledger.record(id, batch);
  }
  const rows: Execution[] = [];
  for (let cursor: string | undefined; ;) {
    const page = await ledger.list({ limit: 200, cursor });
    rows.push(...page.items);
    if (page.nextCursor === null) return { id, ledger, rows };
    cursor = page.nextCursor;
  }
}

type Busy = Awaited<ReturnType<typeof busyTeam>>;
const ended = ({ rows }: Pick<Busy, "rows">) => rows.filter(({ status }) => status !== "running");

const of: { name: string; asked: object; keep: (one: Execution) => boolean }[] = [
  { name: "all", asked: {}, keep: () => true },
  { name: "a tool", asked: { toolId: "tool_2_1" }, keep: ({ toolId }) => toolId === "tool_2_1" },
  {
    name: "a connection",
    asked: { connectionId: "con_3" },
    keep: ({ connectionId }) => connectionId === "con_3",
  },
  {
    name: "a person",
    asked: { actorId: "per_1" },
    keep: ({ actor }) => actor.personId === "per_1",
  },
  { name: "a key", asked: { actorId: "key_2" }, keep: ({ actor }) => actor.id === "key_2" },
  { name: "a machine", asked: { actorId: "mac_1" }, keep: ({ actor }) => actor.id === "mac_1" },
  {
    name: "a person on a connection",
    asked: { actorId: "per_2", connectionId: "con_0" },
    keep: ({ actor, connectionId }) => actor.personId === "per_2" && connectionId === "con_0",
  },
];

/** The points of a series, counted from the rows themselves. */
function recount(rows: readonly Execution[], unit: (typeof units)[number]) {
  const points = new Map<number, { total: number; byStatus: Record<string, number> }>();
  for (const { startedAt, status } of rows) {
    const at = Math.floor(startedAt / unitMs[unit]) * unitMs[unit];
    const point = points.get(at) ?? { total: 0, byStatus: {} };
    point.total += 1;
    point.byStatus[status] = (point.byStatus[status] ?? 0) + 1;
    points.set(at, point);
  }
  return points;
}

async function expectRecount({ ledger, rows }: Busy): Promise<void> {
  for (const { asked, keep } of of)
    for (const unseen of [[], hidden])
      for (const unit of units) {
        const counted = recount(
          ended({ rows }).filter((one) => keep(one) && !unseen.includes(one.connectionId)),
          unit,
        );
        const series = await ledger.series({
          unit,
          since: begin,
          until: now,
          hidden: unseen,
          ...asked,
        });
        const points = series.points.filter(({ total }) => total > 0);
        expect(series.points).toHaveLength(
          Math.ceil(now / unitMs[unit]) - Math.floor(begin / unitMs[unit]),
        );
        expect(new Map(points.map(({ at, total, byStatus }) => [at, { total, byStatus }]))).toEqual(
          new Map([...counted].toSorted(([a], [b]) => a - b)),
        );
      }
}

describe("the counts", () => {
  it.each([1, 2])(
    "are those of the rows, whatever came twice and in whatever order (%i)",
    async (seed) => {
      const team = await busyTeam(seed);
      expect(team.rows.length).toBe(300);
      await expectRecount(team);
    },
  );

  it("are those of the rows after the object was evicted, and after it has counted anew", async () => {
    const team = await busyTeam(3);
    await evictDurableObject(team.ledger);
    await expectRecount(team);
    // A ledger from before there were counts.
    await runInDurableObject(team.ledger, (_, { storage }) => {
      storage.sql.exec("DELETE FROM rollups");
      storage.kv.delete("counted_up_to");
    });
    await evictDurableObject(team.ledger);
    // What ends before the counting has come to it, and what comes new, is counted once.
    const running = team.rows.find(({ status }) => status === "running");
    const late = entry({ executionId: running?.id ?? "", at: running?.startedAt ?? 0 });
    await team.ledger.record(team.id, [late, entry({ at: begin + hour })]);
    await runInDurableObject(team.ledger, (ledger) => ledger.alarm());
    const { items } = await team.ledger.list({ limit: 200 });
    const rest = await team.ledger.list({ limit: 200, cursor: items.at(-1)?.id });
    await expectRecount({ ...team, rows: [...items, ...rest.items] });
  });

  it.each([
    { by: "tool", key: ({ toolId }: Execution) => toolId },
    { by: "connection", key: ({ connectionId }: Execution) => connectionId },
    { by: "actor", key: ({ actor }: Execution) => actor.personId ?? actor.id },
    { by: "error", key: ({ error }: Execution) => error?.code ?? null },
  ] as const)("tell what is on top by $by, without what is hidden", async ({ by, key }) => {
    const { ledger, rows } = await busyTeam(4);
    for (const unseen of [[], hidden]) {
      const counts = new Map<string, number>();
      for (const one of ended({ rows })) {
        const name = key(one);
        if (name !== null && !unseen.includes(one.connectionId))
          counts.set(name, (counts.get(name) ?? 0) + 1);
      }
      const asked = { by, since: begin, until: now, now, hidden: unseen };
      const all = await ledger.top({ ...asked, limit: 50 });
      expect(Object.fromEntries(all.map((item) => [item.key, item.total]))).toEqual(
        Object.fromEntries(counts),
      );
      const totals = all.map(({ total }) => total);
      expect(totals).toEqual(totals.toSorted((a, b) => b - a));
      expect(await ledger.top({ ...asked, limit: 2 })).toEqual(all.slice(0, 2));
    }
  });

  it("tell how long calls took within 10 %", async () => {
    const { ledger, rows } = await busyTeam(5);
    const took = ended({ rows })
      .flatMap(({ durationMs }) => (durationMs === null ? [] : [durationMs]))
      .toSorted((a, b) => a - b);
    const within = (share: number) => took[Math.ceil(took.length * share) - 1] ?? NaN;
    const { p50Ms, p95Ms } = await ledger.summarize(begin, [], now);
    expect(Math.abs((p50Ms ?? 0) / within(0.5) - 1)).toBeLessThan(0.1);
    expect(Math.abs((p95Ms ?? 0) / within(0.95) - 1)).toBeLessThan(0.1);
  });

  it("are kept by the minute for two days, by the hour for a hundred, by the day for ever", async () => {
    const { ledger } = await busyTeam(6);
    const counts = async (at: number) => {
      await runInDurableObject(ledger, (_, { storage }) => {
        const rollups = openRollups(storage);
        while (rollups.drop(at)) continue;
      });
      const total = async (unit: (typeof units)[number]) =>
        (await ledger.series({ unit, since: begin, until: now, hidden: [] })).points.reduce(
          (sum, point) => sum + point.total,
          0,
        );
      return { minute: await total("minute"), hour: await total("hour"), day: await total("day") };
    };
    const first = await counts(begin + 2 * day);
    expect(new Set(Object.values(first)).size).toBe(1);
    expect(await counts(begin + 5 * day + hour)).toEqual({ ...first, minute: 0 });
    expect(await counts(begin + 104 * day)).toEqual({ ...first, minute: 0, hour: 0 });
    expect(first.minute).toBeGreaterThan(0);
  });
});
