import { ExecutionStatus, type Execution } from "../../shared/contracts/executions";
import type { Page } from "../../shared/contracts/pages";
import { toExecution, type ExecutionRow } from "./records";
import { scanDown, type Way, type Window } from "./scan";

export type ExecutionFilter = Window & {
  statuses?: readonly ExecutionStatus[] | undefined;
  toolId?: string | undefined;
  connectionId?: string | undefined;
  surface?: Execution["surface"] | undefined;
  /** A person's or a key's id. */
  actorId?: string | undefined;
  /** The job whose attempts they are. */
  jobId?: string | undefined;
  /** What stands in the name, upper and lower case alike. */
  query?: string | undefined;
  /** Connections whose executions do not exist for whoever asks. */
  hidden?: readonly string[] | undefined;
};

/** Newest first; a page may be short, or empty, and yet be followed by another. */
export function listExecutions(sql: SqlStorage, filter: ExecutionFilter): Page<Execution> {
  const hidden = new Set(filter.hidden);
  return scanDown(sql, {
    select: "SELECT id, status, intent, outcome FROM executions",
    ways: waysTo(filter),
    window: filter,
    fit: (row) => {
      const execution = toExecution(row as ExecutionRow);
      return !hidden.has(execution.connectionId) && fits(execution, filter) ? execution : undefined;
    },
    shown: (execution) => execution,
  });
}

function fits(execution: Execution, filter: ExecutionFilter): boolean {
  const { statuses, toolId, connectionId, surface, actorId, jobId, query } = filter;
  const { actor, context } = execution;
  return (
    (statuses === undefined || statuses.includes(execution.status)) &&
    (toolId === undefined || execution.toolId === toolId) &&
    (connectionId === undefined || execution.connectionId === connectionId) &&
    (surface === undefined || execution.surface === surface) &&
    (actorId === undefined || actor.id === actorId || actor.personId === actorId) &&
    (jobId === undefined || context.jobId === jobId) &&
    (query === undefined || execution.name.toLowerCase().includes(query.toLowerCase()))
  );
}

/** The ways that lead to the fewest rows. */
function waysTo(filter: ExecutionFilter): Way[] {
  const { statuses, toolId, connectionId, actorId, jobId, surface } = filter;
  if (jobId !== undefined) return [[`${indexed.job} = ? AND `, [jobId]]];
  const few = statuses !== undefined && statuses.length < ExecutionStatus.options.length;
  const narrower = [toolId, connectionId, actorId, surface].some((one) => one !== undefined);
  // Nearly every call succeeds: the others are fewer than those of one tool.
  if (few && !(narrower && statuses.includes("succeeded")))
    return statuses.map((status) => ["status = ? AND ", [status]]);
  if (toolId !== undefined) return [["tool_id = ? AND ", [toolId]]];
  // A person by themselves, or a key; the same id can be both.
  if (actorId !== undefined)
    return [
      [`${indexed.caller} = ? AND `, [actorId]],
      [`${indexed.person} = ? AND ${indexed.caller} <> ? AND `, [actorId, actorId]],
    ];
  if (connectionId !== undefined) return [["connection_id = ? AND ", [connectionId]]];
  if (surface !== undefined) return [[`${indexed.surface} = ? AND `, [surface]]];
  return [["", []]];
}

/** What of an intent has an index: a query reads by it only where it says the same words. */
const indexed = {
  caller: "intent ->> '$.actor.id'",
  person: "intent ->> '$.actor.personId'",
  job: "intent ->> '$.context.jobId'",
  surface: "intent ->> '$.surface'",
} as const;

export const executionIndexes = `
  CREATE INDEX IF NOT EXISTS executions_by_status ON executions (status);
  CREATE INDEX IF NOT EXISTS executions_by_tool ON executions (tool_id);
  CREATE INDEX IF NOT EXISTS executions_by_connection ON executions (connection_id);
  CREATE INDEX IF NOT EXISTS executions_by_caller ON executions (${indexed.caller});
  CREATE INDEX IF NOT EXISTS executions_by_person ON executions (${indexed.person});
  CREATE INDEX IF NOT EXISTS executions_by_surface ON executions (${indexed.surface});
  CREATE INDEX IF NOT EXISTS executions_by_job ON executions (${indexed.job})
    WHERE ${indexed.job} IS NOT NULL;
`;
