import type { CallEvent } from "../../../../shared/contracts/calls";
import type { JsonObject } from "../../../../shared/json";
import type { Progress } from "../../executions/progress";
import type { Outcome } from "./call-tool";

export type LogLine = {
  number: number;
  at: number;
  level: string;
  logger: string | undefined;
  data: unknown;
};

/** What is run. */
export type RunOf = {
  toolId: string;
  args: JsonObject;
  /** The execution that is run once more. */
  replayOf?: string | undefined;
  /** Whoever asks again with that of an earlier run gets its answer. */
  idempotencyKey: string;
};

/** One run of a tool as this page saw it. Times are milliseconds. */
export type Run = RunOf & {
  startedAt: number;
  endedAt: number | undefined;
  executionId: string | undefined;
  requestId: string | undefined;
  progress: Progress | undefined;
  logs: readonly LogLine[];
  logCount: number;
  outcome: Outcome | undefined;
};

export type RunEvent =
  | { type: "told"; at: number; told: CallEvent }
  | { type: "ended"; at: number; outcome: Outcome };

export const mostLogs = 500;

export function newRun(of: RunOf, now: number): Run {
  return {
    ...of,
    startedAt: now,
    endedAt: undefined,
    executionId: undefined,
    requestId: undefined,
    progress: undefined,
    logs: [],
    logCount: 0,
    outcome: undefined,
  };
}

export function advanced(run: Run, event: RunEvent): Run {
  if (run.endedAt !== undefined) return run;
  if (event.type === "told") return heard(run, event.told, event.at);
  const { outcome, at } = event;
  return { ...run, outcome, endedAt: at, executionId: executionOf(outcome) ?? run.executionId };
}

function heard(run: Run, told: CallEvent, at: number): Run {
  switch (told.event) {
    case "started":
      return { ...run, ...told.data };
    case "progress": {
      const { progress, total, message } = told.data;
      return { ...run, progress: { done: progress, total, message } };
    }
    case "log": {
      const { level, logger, data } = told.data;
      const line = { number: run.logCount, at, level, logger, data };
      return {
        ...run,
        logCount: run.logCount + 1,
        logs: [...run.logs, line].slice(-mostLogs),
      };
    }
    case "result":
    case "error":
      return run;
  }
}

function executionOf(outcome: Outcome): string | undefined {
  if (outcome.kind === "answered") return outcome.call.execution.id;
  if (outcome.kind !== "refused") return undefined;
  const id = outcome.error.details["executionId"];
  return typeof id === "string" ? id : undefined;
}
