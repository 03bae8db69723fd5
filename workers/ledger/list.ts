import { ExecutionStatus, type Execution } from "../../shared/contracts/executions";
import type { Page } from "../../shared/contracts/pages";
import { byId, toPage } from "../platform/pages";
import { toExecution, type ExecutionRow } from "./records";

export type ExecutionFilter = {
  limit: number;
  cursor?: string | undefined;
  statuses?: readonly ExecutionStatus[] | undefined;
  toolId?: string | undefined;
  connectionId?: string | undefined;
  surface?: Execution["surface"] | undefined;
  /** A person's or a key's id. */
  actorId?: string | undefined;
  /** What stands in the name, upper and lower case alike. */
  query?: string | undefined;
  /** Connections whose executions do not exist for whoever asks. */
  hidden?: readonly string[] | undefined;
  /** The lowest id that may be listed. */
  from?: string | undefined;
  /** The lowest id that may not be listed any more. */
  before?: string | undefined;
};

/** A page takes no longer than this many rows take, however few of them it lists. */
const maxScanned = 5000;
const chunk = 1000;
const lastId = "~";

/**
 * Newest first. The cursor is the id the page ends at: its last item's, or, where the filter keeps few, that of the last
 * row it looked at. So a page may be short, or empty, and yet be followed by another.
 */
export function listExecutions(sql: SqlStorage, filter: ExecutionFilter): Page<Execution> {
  const { limit, from = "", before = lastId } = filter;
  const hidden = new Set(filter.hidden);
  const read = readerOf(sql, filter);
  const found: Execution[] = [];
  let below = filter.cursor !== undefined && filter.cursor < before ? filter.cursor : before;
  for (let scanned = 0; scanned < maxScanned;) {
    const count = scanned === 0 ? limit + 1 : chunk;
    const rows = read({ below, from, count });
    for (const row of rows) {
      const execution = toExecution(row);
      if (!hidden.has(execution.connectionId) && fits(execution, filter)) found.push(execution);
      if (found.length > limit) return toPage(found, limit, { item: same, cursor: byId });
    }
    const last = rows.at(-1);
    if (rows.length < count || !last) return { items: found, nextCursor: null };
    scanned += rows.length;
    below = last.id;
  }
  return { items: found, nextCursor: below };
}

const same = (execution: Execution): Execution => execution;

function fits(execution: Execution, filter: ExecutionFilter): boolean {
  const { statuses, toolId, connectionId, surface, actorId, query } = filter;
  const { actor } = execution;
  return (
    (statuses === undefined || statuses.includes(execution.status)) &&
    (toolId === undefined || execution.toolId === toolId) &&
    (connectionId === undefined || execution.connectionId === connectionId) &&
    (surface === undefined || execution.surface === surface) &&
    (actorId === undefined || actor.id === actorId || actor.personId === actorId) &&
    (query === undefined || execution.name.toLowerCase().includes(query.toLowerCase()))
  );
}

type Range = { below: string; from: string; count: number };

/** Reads along the index that leads to the fewest rows, each of which has the ids in order. */
function readerOf(sql: SqlStorage, filter: ExecutionFilter): (range: Range) => ExecutionRow[] {
  const ways = waysTo(filter);
  // Several are merged as they are read: nothing is sorted.
  const query = ways
    .map(
      ([condition]) =>
        `SELECT id, status, intent, outcome FROM executions WHERE ${condition}id < ? AND id >= ?`,
    )
    .join(" UNION ALL ");
  return ({ below, from, count }) =>
    sql
      .exec<ExecutionRow>(
        `${query} ORDER BY id DESC LIMIT ?`,
        ...ways.flatMap(([, bound]) => [...bound, below, from]),
        count,
      )
      .toArray();
}

function waysTo({ statuses, toolId, connectionId }: ExecutionFilter): [string, string[]][] {
  const few = statuses !== undefined && statuses.length < ExecutionStatus.options.length;
  const narrower = toolId !== undefined || connectionId !== undefined;
  // Nearly every call succeeds: the others are fewer than those of one tool.
  if (few && !(narrower && statuses.includes("succeeded")))
    return statuses.map((status) => ["status = ? AND ", [status]]);
  if (toolId !== undefined) return [["tool_id = ? AND ", [toolId]]];
  if (connectionId !== undefined) return [["connection_id = ? AND ", [connectionId]]];
  return [["", []]];
}
