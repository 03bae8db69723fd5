import { describeError, log } from "../platform/log";
import { logsExecutions } from "../platform/settings";
import type { Ended } from "./rollups";

/** What the deployment wants to hear of executions that have ended: names and numbers, never what was said. */
export function tellEnded(env: Env, teamId: string, ended: ReadonlyMap<string, Ended>): void {
  const { CALLS: dataset } = env;
  const logs = logsExecutions(env);
  if (!dataset && !logs) return;
  for (const [executionId, one] of ended) {
    try {
      tell({ dataset, logs, teamId, executionId }, one);
    } catch (error) {
      // They are written down: nothing may come back to that.
      log("warn", "execution.not_told", { teamId, executionId, error: describeError(error) });
    }
  }
}

type Telling = {
  dataset: AnalyticsEngineDataset | undefined;
  logs: boolean;
  teamId: string;
  executionId: string;
};

function tell({ dataset, logs, teamId, executionId }: Telling, { intent, outcome }: Ended): void {
  const { method, surface, toolId, connectionId, connectionSlug, actor, requestId } = intent;
  const { status, durationMs, upstreamMs, admittedMs = null, error } = outcome;
  // The name of anything but a tool may be a URI, in which there can be whatever its caller put there.
  const tool = toolId === null ? method : intent.name;
  dataset?.writeDataPoint({
    indexes: [teamId],
    blobs: [tool, connectionSlug, status, surface, error?.code ?? ""],
    doubles: [durationMs ?? 0, upstreamMs ?? 0, admittedMs ?? 0],
  });
  if (!logs) return;
  log("info", "execution.finished", {
    teamId,
    executionId,
    requestId,
    traceId: intent.context?.traceId,
    jobId: intent.context?.jobId,
    surface,
    method,
    tool,
    toolId,
    connection: connectionSlug,
    connectionId,
    actorId: actor.id,
    status,
    code: error?.code,
    durationMs,
    upstreamMs,
    admittedMs,
  });
}
