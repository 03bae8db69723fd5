import {
  type ExecutionSeries,
  type ExecutionSummary,
  type ExecutionTop,
} from "../../shared/contracts/charts";
import { ExecutionStatus } from "../../shared/contracts/executions";
import { lowestIdAt } from "../../shared/ids";
import { bucketsIn, cover, unitMs, type Bucket, type Span, type Unit } from "./buckets";
import type { Counted, Kind, Rollups } from "./rollups";
import { endStatuses, figuresOf, newTally, sumOf, addTo, type Tally } from "./tally";

/** Which executions a series counts: those of a connection, a tool, or a person, key or client; else all. */
export type SeriesOf = {
  toolId?: string | undefined;
  connectionId?: string | undefined;
  actorId?: string | undefined;
};
export type TopBy = "tool" | "connection" | "actor" | "error";
export type SeriesAsked = SeriesOf & {
  unit: Unit;
  since: number;
  until: number;
  hidden: readonly string[];
};
export type TopAsked = Span & { by: TopBy; limit: number; hidden: readonly string[] };
/** What is on top, and the connection it was seen on. */
export type Top = ExecutionTop["items"][number] & { connectionId: string };

/** A point for every bucket that the span touches, also where nothing happened. */
export function seriesOf(rollups: Rollups, asked: SeriesAsked): ExecutionSeries {
  const { unit, since, until } = asked;
  const buckets = bucketsIn(unit, { since, until });
  const found = new Map<number, Tally>(buckets.map(({ at }) => [at, newTally()]));
  for (const { at, tally } of readAll(rollups, buckets, asked)) {
    const sum = found.get(at);
    if (sum) addTo(sum, tally);
  }
  return {
    unit,
    points: [...found].map(([at, tally]) => ({
      at,
      ...figuresOf(tally),
      byStatus: Object.fromEntries(
        endStatuses.flatMap((status) =>
          tally.byStatus[status] > 0 ? [[status, tally.byStatus[status]]] : [],
        ),
      ),
    })),
  };
}

/** Under several conditions only what one of them is counted by can be told apart: a tool, then who called. */
function readAll(
  rollups: Rollups,
  buckets: readonly Bucket[],
  { toolId, connectionId, actorId, hidden: hiddenIds }: SeriesOf & { hidden: readonly string[] },
): Counted[] {
  const hidden = new Set(hiddenIds);
  const read = (kind: Kind, key?: string) => rollups.read(buckets, { kind, key, hidden });
  const onIt = (one: Counted) => connectionId === undefined || one.connectionId === connectionId;
  if (toolId !== undefined) return read("tool", toolId).filter(onIt);
  // An id is a person's or a key's: it is counted as one of both, or as both of them for the same calls.
  if (actorId !== undefined) {
    const asActor = read("actor", actorId).filter(onIt);
    return asActor.length > 0 ? asActor : read("caller", actorId).filter(onIt);
  }
  if (connectionId !== undefined) return read("connection", connectionId);
  return hidden.size > 0 ? read("connection") : read("all");
}

/** The most used first. */
export function topOf(rollups: Rollups, { by, limit, hidden, ...span }: TopAsked): Top[] {
  const sums = new Map<string, { connectionId: string; tally: Tally }>();
  const rows = rollups.read(cover(span), { kind: by, hidden: new Set(hidden) });
  for (const { key, connectionId, tally } of rows) {
    const sum = sums.get(key);
    if (sum) addTo(sum.tally, tally);
    else sums.set(key, { connectionId, tally });
  }
  return [...sums]
    .map(([key, { connectionId, tally }]) => ({
      key,
      name: key,
      connectionId,
      ...figuresOf(tally),
    }))
    .toSorted((a, b) => b.total - a.total || (a.key < b.key ? -1 : 1))
    .slice(0, limit);
}

/** What the executions begun since then came to; `since` is rounded down to what is kept. Those under way are counted. */
export function summaryOf(
  { rollups, sql }: { rollups: Rollups; sql: SqlStorage },
  { since, now, hidden }: { since: number; now: number; hidden: readonly string[] },
): ExecutionSummary {
  // What began just now on another machine's clock is counted too.
  const buckets = cover({ since, until: now + unitMs.minute, now });
  const from = buckets[0]?.at ?? since;
  const tally = sumOf(readAll(rollups, buckets, { hidden }).map((one) => one.tally));
  const { running } = sql
    .exec<{ running: number }>(
      `SELECT count(*) AS running FROM executions WHERE status = 'running' AND id >= ?
       AND connection_id NOT IN (SELECT value FROM json_each(?))`,
      lowestIdAt("exe", from),
      JSON.stringify(hidden),
    )
    .one();
  const byStatus = Object.fromEntries(
    ExecutionStatus.options.map((status) => [
      status,
      status === "running" ? running : tally.byStatus[status],
    ]),
  ) as ExecutionSummary["byStatus"];
  const figures = figuresOf(tally);
  return { since: from, ...figures, total: figures.total + running, byStatus };
}
