import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it, vi } from "vitest";
import {
  ExecutionDetail,
  type ExecutionEvent,
  ExecutionStatus,
} from "../../shared/contracts/executions";
import type { Page } from "../../shared/contracts/pages";
import { lowestIdAt, newId } from "../../shared/ids";
import { begin, entry } from "../testing/ledger-entry";
import { queryPlans } from "../testing/query-plans";
import type { ExecutionFilter } from "./list";
import type { Viewer } from "./live/viewers";
import type { Outcome } from "./records";

function newTeam() {
  const id = newId("team");
  return { id, ledger: env.TEAM_LEDGER.getByName(id) };
}
type Team = ReturnType<typeof newTeam>;

const note = (progress: number) => ({
  at: begin + progress,
  type: "progress",
  data: JSON.stringify({ progress }),
});

async function get({ ledger }: Team, id: string): Promise<ExecutionDetail> {
  return ExecutionDetail.parse(JSON.parse((await ledger.get(id)) ?? "null"));
}

/** RPC cannot type what the events hold. */
function pageOf(
  { ledger }: Pick<Team, "ledger">,
  id: string,
  page: { limit: number; cursor: number },
) {
  return ledger.events(id, page) as unknown as Promise<Page<ExecutionEvent>>;
}

async function eventsOf(team: Team, id: string): Promise<ExecutionEvent[]> {
  return (await pageOf(team, id, { limit: 200, cursor: 0 })).items;
}

/** Somebody who watches everything from the beginning. */
async function watch({ ledger }: Team) {
  const viewer = { epoch: 1, ids: ["per_1"], hidden: [], expiresAt: null } satisfies Viewer;
  const headers = { upgrade: "websocket", "x-viewer": JSON.stringify(viewer) };
  const { webSocket } = await ledger.fetch("http://ledger/", { headers });
  const told: { seq: number }[] = [];
  webSocket?.addEventListener("message", ({ data }) => {
    told.push(JSON.parse(String(data)) as { seq: number });
  });
  webSocket?.accept();
  return {
    untilTold: async (seq: number) => {
      await expect.poll(() => told.at(-1)?.seq).toBe(seq);
      return told;
    },
  };
}

/**
 * Fifty executions a second apart: two tools, five connections, every seventh failed, every tenth over MCP by another
 * key of the same person, the last one still running.
 */
async function fifty() {
  const team = newTeam();
  const entries = Array.from({ length: 50 }, (_, n) =>
    entry({
      at: begin + n * 1000,
      intent: {
        toolId: `tool_${n % 2}`,
        connectionId: `con_${n % 5}`,
        name: `Get_${n % 4}`,
        surface: n % 10 === 0 ? "mcp" : "rest",
        actor: { kind: "apiKey", id: `key_${n % 10 === 0 ? 2 : 1}`, personId: "per_1" },
      },
      outcome: n === 49 ? null : { status: n % 7 === 0 ? "failed" : "succeeded" },
    }),
  );
  await team.ledger.record(team.id, entries);
  const ids = entries.map(({ executionId }) => executionId).toReversed();
  return {
    ...team,
    ids,
    pick: (keep: (n: number) => boolean) => ids.filter((_, i) => keep(49 - i)),
  };
}

const filters: { name: string; filter: Partial<ExecutionFilter>; keep: (n: number) => boolean }[] =
  [
    { name: "nothing", filter: {}, keep: () => true },
    {
      name: "the status failed",
      filter: { statuses: ["failed"] },
      keep: (n) => n % 7 === 0 && n !== 49,
    },
    { name: "the status running", filter: { statuses: ["running"] }, keep: (n) => n === 49 },
    { name: "the status lost", filter: { statuses: ["lost"] }, keep: () => false },
    {
      name: "several statuses",
      filter: { statuses: ["failed", "running", "lost", "timed_out", "cancelled"] },
      keep: (n) => n % 7 === 0,
    },
    {
      name: "several statuses, that of most among them",
      filter: { statuses: ["succeeded", "running"] },
      keep: (n) => n % 7 !== 0 || n === 49,
    },
    { name: "every status", filter: { statuses: ExecutionStatus.options }, keep: () => true },
    { name: "a surface", filter: { surface: "mcp" }, keep: (n) => n % 10 === 0 },
    { name: "a key", filter: { actorId: "key_2" }, keep: (n) => n % 10 === 0 },
    { name: "a person", filter: { actorId: "per_1" }, keep: () => true },
    { name: "nobody known", filter: { actorId: "per_2" }, keep: () => false },
    { name: "a part of the name", filter: { query: "gET_3" }, keep: (n) => n % 4 === 3 },
    { name: "a tool", filter: { toolId: "tool_1" }, keep: (n) => n % 2 === 1 },
    { name: "a connection", filter: { connectionId: "con_3" }, keep: (n) => n % 5 === 3 },
    { name: "a time", filter: { from: lowestIdAt("exe", begin + 40_000) }, keep: (n) => n >= 40 },
    {
      name: "a window of time",
      filter: {
        from: lowestIdAt("exe", begin + 10_000),
        before: lowestIdAt("exe", begin + 20_000),
      },
      keep: (n) => n >= 10 && n < 20,
    },
    {
      name: "what failed of a tool and a connection",
      filter: { statuses: ["failed"], toolId: "tool_1", connectionId: "con_1" },
      keep: (n) => n === 21,
    },
    {
      name: "all of them",
      filter: {
        statuses: ["succeeded"],
        toolId: "tool_1",
        connectionId: "con_3",
        surface: "rest",
        actorId: "key_1",
        query: "get",
        from: lowestIdAt("exe", begin + 10_000),
        before: lowestIdAt("exe", begin + 60_000),
      },
      keep: (n) => n % 7 !== 0 && n % 2 === 1 && n % 5 === 3 && n >= 10,
    },
  ];

describe("list", () => {
  it.each(filters)("filters by $name, newest first", async ({ filter, keep }) => {
    const { ledger, pick } = await fifty();
    const { items, nextCursor } = await ledger.list({ limit: 200, ...filter });
    expect(items.map(({ id }) => id)).toEqual(pick(keep));
    expect(nextCursor).toBeNull();
  });

  it.each(filters)(
    "pages without gap or duplicate under the filter $name, while more is written",
    async ({ filter, keep }) => {
      const team = await fifty();
      const expected = team.pick(keep);
      const seen: string[] = [];
      let cursor: string | undefined;
      for (let pages = 0; pages < 30; pages++) {
        const page = await team.ledger.list({ limit: 3, cursor, ...filter });
        seen.push(...page.items.map(({ id }) => id));
        await team.ledger.record(team.id, [entry({ at: begin + 100_000 + pages })]);
        if (page.nextCursor === null) break;
        expect(page.items).toHaveLength(3);
        cursor = page.nextCursor;
      }
      expect(seen).toEqual(expected);
    },
  );

  it("says that there is no more when a page is exactly full", async () => {
    const { ledger } = await fifty();
    expect((await ledger.list({ limit: 50 })).nextCursor).toBeNull();
    expect((await ledger.list({ limit: 49 })).nextCursor).not.toBeNull();
  });

  it.each(filters)(
    "reads by an index, in its order, under the filter $name",
    async ({ filter }) => {
      const { ledger } = await fifty();
      const plans = await runInDurableObject(ledger, (instance, { storage: { sql } }) =>
        queryPlans({ sql, tables: ["FROM executions"] }, async () => {
          for (const cursor of [undefined, newId("exe", begin + 30_000)])
            await instance.list({ limit: 5, cursor, ...filter });
        }),
      );
      expect(plans.length).toBeGreaterThanOrEqual(2);
      for (const { plan } of plans) {
        expect(plan).not.toContain("TEMP B-TREE");
        expect(plan).not.toContain("SCAN");
        expect(plan).toMatch(/SEARCH executions USING/);
      }
    },
  );

  it("reads of many no more than it lists", async () => {
    const { ledger } = await fifty();
    const read = await runInDurableObject(ledger, (instance, state) => {
      const { sql } = state.storage;
      sql.exec(`
        WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
        INSERT INTO executions SELECT printf('exe_1%025d', i), 'succeeded', 'tool_9', 'con_9', '{}', NULL, NULL, NULL FROM n
      `);
      const exec = vi.spyOn(sql, "exec");
      for (const filter of [
        {},
        { statuses: ["failed", "running"] as const },
        { connectionId: "con_3", cursor: newId("exe") },
      ])
        void instance.list({ limit: 5, ...filter });
      const cursors = exec.mock.results.map(
        ({ value }) => value as SqlStorageCursor<Record<string, SqlStorageValue>>,
      );
      exec.mockRestore();
      return cursors.map(({ rowsRead }) => rowsRead);
    });
    expect(read).toHaveLength(3);
    for (const rows of read) expect(rows).toBeLessThanOrEqual(14);
  });

  it("looks at a bounded number of rows for a page, and goes on from there", async () => {
    const { ledger, ids } = await fifty();
    const intent = JSON.stringify({ name: "other", actor: {} });
    await runInDurableObject(ledger, (_, { storage }) => {
      storage.sql.exec(
        `WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 11999)
         INSERT INTO executions SELECT printf('exe_2%025d', i), 'succeeded', 'tool_9', 'con_9', ?, NULL, NULL, NULL FROM n`,
        intent,
      );
    });
    const sizes: number[] = [];
    const found: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await ledger.list({ limit: 20, cursor, query: "get_" });
      sizes.push(page.items.length);
      found.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(found).toEqual(ids);
    expect(sizes).toEqual([0, 0, 20, 20, 10]);
  });
});

describe("summarize", () => {
  const later = begin + 100_000;

  it("counts what began since a whole minute, and how long it took", async () => {
    const { id, ledger } = await fifty();
    const slow = entry({ at: begin + 60_000, outcome: { status: "timed_out", durationMs: 900 } });
    await ledger.record(id, [slow, entry({ at: begin + 61_000, outcome: { status: "lost" } })]);
    expect(await ledger.summarize(begin + 10_000, [], later)).toEqual({
      since: begin,
      total: 52,
      failed: 9,
      byStatus: { running: 1, succeeded: 42, failed: 7, timed_out: 1, cancelled: 0, lost: 1 },
      p50Ms: 5,
      p95Ms: 5,
    });
    const { p95Ms, ...rest } = await ledger.summarize(begin + 60_000, [], later);
    expect(rest).toMatchObject({ total: 2, p50Ms: 5 });
    expect(Math.abs((p95Ms ?? 0) / 900 - 1)).toBeLessThan(0.07);
  });

  it("counts nothing of hidden connections", async () => {
    const { ledger } = await fifty();
    expect(await ledger.summarize(begin, ["con_0", "con_4"], later)).toMatchObject({
      total: 30,
      byStatus: { running: 0 },
    });
  });

  it("says null of durations when nothing has ended", async () => {
    const { ledger } = newTeam();
    expect(await ledger.summarize(begin, [], later)).toMatchObject({
      total: 0,
      failed: 0,
      p50Ms: null,
      p95Ms: null,
    });
  });
});

describe("events", () => {
  it("pages without gap or duplicate, oldest first", async () => {
    const team = newTeam();
    const [one, other] = [entry({ notes: Array.from({ length: 9 }, (_, n) => note(n)) }), entry()];
    await team.ledger.record(team.id, [one, other]);
    const seen: number[] = [];
    let cursor = 0;
    for (;;) {
      const page = await pageOf(team, one.executionId, { limit: 4, cursor });
      seen.push(...page.items.map(({ seq }) => seq));
      expect(page.items.every(({ executionId }) => executionId === one.executionId)).toBe(true);
      if (page.nextCursor === null) break;
      cursor = Number(page.nextCursor);
    }
    expect(seen).toEqual((await eventsOf(team, one.executionId)).map(({ seq }) => seq));
    expect(seen).toHaveLength(11);
    expect(seen).toEqual([...new Set(seen)].toSorted((a, b) => a - b));
  });

  it("reads those of one execution by an index", async () => {
    const { ledger } = newTeam();
    const [first] = await runInDurableObject(ledger, (instance, { storage: { sql } }) =>
      queryPlans({ sql, tables: ["FROM events"] }, () =>
        instance.events("exe_1", { limit: 5, cursor: 0 }),
      ),
    );
    const plan = first?.plan;
    expect(plan).toContain("SEARCH events USING INDEX events_by_execution");
    expect(plan).not.toContain("TEMP B-TREE");
  });
});

describe("record", () => {
  it("tells a call from its beginning to its end", async () => {
    const team = newTeam();
    const begun = entry({ outcome: null });
    await team.ledger.record(team.id, [begun]);
    expect(await get(team, begun.executionId)).toMatchObject({
      status: "running",
      finishedAt: null,
      result: null,
    });
    const end = entry({ executionId: begun.executionId, arguments: null, notes: [note(1)] });
    await team.ledger.record(team.id, [end]);
    expect(await get(team, begun.executionId)).toMatchObject({
      status: "succeeded",
      durationMs: 5,
      arguments: { json: {} },
      result: { json: {} },
    });
    expect((await eventsOf(team, begun.executionId)).map(({ type }) => type)).toEqual([
      "started",
      "progress",
      "finished",
    ]);
  });

  it("writes the same of many at once as of one after the other", async () => {
    const calls = Array.from({ length: 30 }, (_, n) => entry({ at: begin + n, notes: [note(n)] }));
    const [known, twice] = [entry({ at: begin - 1 }), entry({ notes: [note(1)] })];
    const begun = { ...twice, outcome: null, result: null };
    const deliveries = [
      ...calls.slice(0, 5),
      begun,
      known,
      twice,
      begun,
      ...calls.slice(5),
      ...calls,
    ];
    const [atOnce, oneByOne] = [newTeam(), newTeam()];
    for (const { id, ledger } of [atOnce, oneByOne]) await ledger.record(id, [known]);
    await atOnce.ledger.record(atOnce.id, deliveries);
    for (const one of deliveries) await oneByOne.ledger.record(oneByOne.id, [one]);
    const tables = ({ ledger }: Team) =>
      runInDurableObject(ledger, (_, { storage }) =>
        ["executions", "events"].map((table) =>
          storage.sql.exec(`SELECT * FROM ${table}`).toArray(),
        ),
      );
    const [executions, events] = await tables(atOnce);
    expect([executions?.length, events?.length]).toEqual([32, 2 + 30 * 3 + 3]);
    expect([executions, events]).toEqual(await tables(oneByOne));
  });

  it.each<{ when: string; outcome: Partial<Outcome> | null }>([
    { when: "while the call runs", outcome: null },
    { when: "after its end", outcome: {} },
  ])("changes nothing when a delivery comes again $when", async ({ outcome }) => {
    const team = newTeam();
    const once = entry({ outcome, notes: [note(1), note(2)] });
    await team.ledger.record(team.id, [once]);
    const before = [await get(team, once.executionId), await eventsOf(team, once.executionId)];
    for (let i = 0; i < 3; i++) await team.ledger.record(team.id, [once, once]);
    expect([await get(team, once.executionId), await eventsOf(team, once.executionId)]).toEqual(
      before,
    );
    expect((await team.ledger.list({ limit: 10 })).items).toHaveLength(1);
  });

  it.each<ExecutionStatus>(["succeeded", "failed", "timed_out", "cancelled", "lost"])(
    "%s is an end: there is no other after it",
    async (status) => {
      const team = newTeam();
      const first = entry({ outcome: { status: status as Outcome["status"] } });
      await team.ledger.record(team.id, [first]);
      const { executionId } = first;
      const before = await get(team, executionId);
      await team.ledger.record(team.id, [
        entry({ executionId, outcome: null }),
        entry({ executionId, outcome: { status: status === "failed" ? "succeeded" : "failed" } }),
      ]);
      expect(await get(team, executionId)).toEqual(before);
      expect(await eventsOf(team, executionId)).toHaveLength(2);
      expect(await team.ledger.summarize(begin, [], begin + 1000)).toMatchObject({ total: 1 });
    },
  );

  it("takes what was heard on the way of a call that has ended, where that was delivered late, once", async () => {
    const team = newTeam();
    const viewer = await watch(team);
    const end = entry({ notes: [note(3)] });
    const { executionId } = end;
    const late = entry({ executionId, outcome: null, notes: [note(1), note(2)] });
    await team.ledger.record(team.id, [end]);
    const ended = await get(team, executionId);
    for (let i = 0; i < 3; i++) await team.ledger.record(team.id, [late]);
    await team.ledger.record(team.id, [{ ...late, notes: [note(3), note(4)] }]);
    expect(await get(team, executionId)).toEqual(ended);
    const events = await eventsOf(team, executionId);
    expect(events.map(({ seq, type, at }) => [seq, type, at - begin])).toEqual([
      [1, "started", 0],
      [2, "progress", 3],
      [3, "finished", 5],
      [4, "progress", 1],
      [5, "progress", 2],
      [6, "progress", 4],
    ]);
    const told = await viewer.untilTold(6);
    expect(told.map(({ seq }) => seq)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(told.at(-1)).toMatchObject({ type: "event", execution: { status: "succeeded" } });
  });

  it("refuses another team's entries", async () => {
    const { ledger } = newTeam();
    const refused = ledger.record(newTeam().id, [entry()]).then(() => "recorded");
    await expect(refused).rejects.toThrow("another team");
    expect((await ledger.list({ limit: 10 })).items).toEqual([]);
  });

  it("lets no entry that cannot be stored hold up the others, and keeps of it what can", async () => {
    const complaints = vi.spyOn(console, "error").mockImplementation(() => undefined);
    const team = newTeam();
    // A body that no row takes: a trigger stands in for the platform's limit, which does not hold locally.
    await runInDurableObject(team.ledger, (_, state) => {
      state.storage.sql
        .exec(`CREATE TRIGGER too_big BEFORE INSERT ON executions WHEN length(NEW.result) > 100000
        BEGIN SELECT RAISE(ABORT, 'string or blob too big'); END`);
    });
    const big = entry({
      result: JSON.stringify({ characters: 3, truncated: false, json: "x".repeat(200_000) }),
    });
    const others = [entry(), entry()];
    await team.ledger.record(team.id, [others[0] ?? big, big, others[1] ?? big]);
    for (const { executionId } of others)
      expect((await get(team, executionId)).result).toMatchObject({ json: {} });
    expect(await get(team, big.executionId)).toMatchObject({ status: "succeeded", result: null });
    expect((await eventsOf(team, big.executionId)).map(({ type }) => type)).toEqual([
      "started",
      "finished",
    ]);
    const all = await runInDurableObject(team.ledger, (_, state) =>
      state.storage.sql.exec<{ seq: number }>("SELECT seq FROM events ORDER BY seq").toArray(),
    );
    expect(all.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6]);
    complaints.mockRestore();
  });

  it("keeps everything, and its place in the sequence, when it is evicted", async () => {
    const { ids, ...team } = await fifty();
    await evictDurableObject(team.ledger);
    const { items } = await team.ledger.list({ limit: 200 });
    expect(items.map(({ id }) => id)).toEqual(ids);
    const before = (await eventsOf(team, ids[1] ?? "")).at(-1)?.seq ?? Infinity;
    const next = entry({ at: begin + 60_000 });
    await team.ledger.record(team.id, [next]);
    expect((await eventsOf(team, next.executionId))[0]?.seq).toBeGreaterThan(before);
  });
});

it("knows nothing of what it was not told", async () => {
  const { ledger } = newTeam();
  expect(await ledger.get("exe_nobody")).toBeNull();
  expect(await ledger.list({ limit: 10 })).toEqual({ items: [], nextCursor: null });
  expect(await pageOf({ ledger }, "exe_nobody", { limit: 10, cursor: 0 })).toEqual({
    items: [],
    nextCursor: null,
  });
});
