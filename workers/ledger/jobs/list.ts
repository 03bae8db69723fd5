import type { Job, JobStatus } from "../../../shared/contracts/jobs";
import type { Page } from "../../../shared/contracts/pages";
import { scanDown, type Way, type Window } from "../scan";
import { toKept, type JobRow, type Kept } from "./records";

export type JobFilter = Window & {
  statuses?: readonly JobStatus[] | undefined;
  toolId?: string | undefined;
  connectionId?: string | undefined;
  /** A person's, a key's or a client's id. */
  actorId?: string | undefined;
  /** Only those that one of these asked for: a person's, a key's or a client's id. */
  own?: readonly string[] | undefined;
  /** Connections whose jobs do not exist for whoever asks. */
  hidden?: readonly string[] | undefined;
};

/** Newest first; a page may be short, or empty, and yet be followed by another. */
export function listJobs(sql: SqlStorage, filter: JobFilter, shown: (job: Kept) => Job): Page<Job> {
  return scanDown(sql, {
    select: "SELECT id, status, asked, state FROM jobs",
    ways: waysTo(filter),
    window: filter,
    fit: (row) => {
      const job = toKept(row as JobRow);
      return fits(job, filter) ? job : undefined;
    },
    shown,
  });
}

function fits({ status, asked }: Kept, filter: JobFilter): boolean {
  const { statuses, toolId, connectionId, actorId, own, hidden } = filter;
  const { actor } = asked;
  const by = (id: string) => actor.id === id || actor.personId === id;
  return (
    (statuses === undefined || statuses.includes(status)) &&
    (toolId === undefined || asked.toolId === toolId) &&
    (connectionId === undefined || asked.connectionId === connectionId) &&
    (actorId === undefined || by(actorId)) &&
    (own === undefined || own.some(by)) &&
    !hidden?.includes(asked.connectionId)
  );
}

/** The ways that lead to the fewest rows. */
function waysTo({ statuses, toolId, connectionId }: JobFilter): Way[] {
  // Nearly every job succeeds.
  if (statuses !== undefined && !statuses.includes("succeeded"))
    return statuses.map((status) => ["status = ? AND ", [status]]);
  if (toolId !== undefined) return [["tool_id = ? AND ", [toolId]]];
  if (connectionId !== undefined) return [["connection_id = ? AND ", [connectionId]]];
  return [["", []]];
}
