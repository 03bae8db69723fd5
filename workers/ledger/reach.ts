import type { Execution, ExecutionEvent } from "../../shared/contracts/executions";
import type { JobEvent } from "../../shared/contracts/jobs";
import type { Page } from "../../shared/contracts/pages";
import { timeOf } from "../../shared/ids";
import type { TeamLedger } from "./ledger.object";
import { listExecutions, type ExecutionFilter } from "./list";
import { listThrough, type Shard, type Shards } from "./shards";

type EventsAsked = { limit: number; cursor: number; type?: ExecutionEvent["type"] };
type AnyEvent = JobEvent | ExecutionEvent;
const nothing = { items: [], nextCursor: null };

/** What is read of executions, wherever they are by now: here, or in a further object. */
export function openReach({
  sql,
  shards,
  further,
}: {
  sql: SqlStorage;
  shards: Shards;
  further: (shard: Shard) => DurableObjectStub<TeamLedger>;
}) {
  return {
    list,
    get,
    events,
    withMoved,
    lastCalls,
    unknownOf,
    has,
    isMoved: (id: string): boolean => furtherOf(id) !== undefined,
  };

  function list(filter: ExecutionFilter): Page<Execution> | Promise<Page<Execution>> {
    const segments = shards.segments();
    const own = (part: ExecutionFilter) => listExecutions(sql, part);
    if (segments.length === 1) return own(filter);
    return listThrough(segments, filter, {
      own,
      of: (shard) => async (part) => {
        const { items, nextCursor } = await further(shard).list(part);
        return { items, nextCursor };
      },
    });
  }

  function has(id: string): boolean {
    return sql.exec("SELECT 1 FROM executions WHERE id = ?", id).toArray().length > 0;
  }

  /** The object that has this execution, where it is not here. */
  function furtherOf(id: string) {
    if (id > shards.boundary() || has(id)) return undefined;
    const shard = shards.covering(id);
    return shard && further(shard);
  }

  // Awaited here: what is handed on as it comes from another object keeps both of them in memory.
  async function get(id: string): Promise<string | null> {
    return (await furtherOf(id)?.get(id)) ?? null;
  }

  async function events(id: string, page: EventsAsked): Promise<Page<ExecutionEvent>> {
    // RPC cannot type what the events hold.
    const asked = furtherOf(id)?.events(id, page) as Promise<Page<ExecutionEvent>> | undefined;
    const { items, nextCursor } = (await asked) ?? nothing;
    return { items, nextCursor };
  }

  /** A page of events, with those of executions that were moved. */
  async function withMoved(
    here: Page<AnyEvent>,
    { ids, ...asked }: EventsAsked & { ids: readonly string[] },
  ): Promise<Page<AnyEvent>> {
    const moved = ids.filter((id) => furtherOf(id) !== undefined);
    if (moved.length === 0) return here;
    const pages = [here, ...(await Promise.all(moved.map((id) => events(id, asked))))];
    const items = pages.flatMap((page) => page.items).toSorted((a, b) => a.seq - b.seq);
    const shown = items.slice(0, asked.limit);
    const goesOn =
      items.length > asked.limit || pages.some(({ nextCursor }) => nextCursor !== null);
    const last = shown.at(-1);
    return { items: shown, nextCursor: goesOn && last ? String(last.seq) : null };
  }

  /** When each of these connections was called last, by id. The first rows of an index, however many calls there were. */
  function lastCalls(connectionIds: readonly string[]): Record<string, number> {
    const rows = sql
      .exec<{ id: string; last: string | null }>(
        `SELECT value AS id, nullif(max(
           ifnull((SELECT id FROM executions WHERE connection_id = value ORDER BY id DESC LIMIT 1), ''),
           ifnull((SELECT execution_id FROM last_calls WHERE connection_id = value), '')), '') AS last
         FROM json_each(?)`,
        JSON.stringify(connectionIds),
      )
      .toArray();
    return Object.fromEntries(
      rows.flatMap(({ id, last }) => (last === null ? [] : [[id, timeOf(last)]])),
    );
  }

  /** Those that are in none of the further objects: of what is old, a delivery may come again. */
  async function unknownOf<Entry extends { executionId: string }>(
    entries: readonly Entry[],
  ): Promise<readonly Entry[]> {
    for (;;) {
      const before = shards.all();
      const known = new Set<string>();
      for (const shard of shards.all()) {
        const ids = entries
          .map(({ executionId }) => executionId)
          .filter((id) => id >= shard.from && id < shard.before);
        if (ids.length > 0) for (const id of await further(shard).known(ids)) known.add(id);
      }
      // What was moved while that was asked is asked again.
      if (before === shards.all())
        return entries.filter(({ executionId }) => !known.has(executionId));
    }
  }
}
