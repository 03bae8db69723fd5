import type { Execution } from "../../../shared/contracts/executions";
import { isProgramCall } from "../mcp/arrival";

export const stepIds = ["connect", "try", "client", "automate"] as const;
export type StepId = (typeof stepIds)[number];

export type Facts = {
  connections: readonly unknown[];
  calls: readonly unknown[];
  clients: readonly unknown[];
  /** The last calls over REST, those of this dashboard among them. */
  restCalls: readonly Execution[];
};

/**
 * What of the way in is done, in its order. A program's call lies back behind newer ones in time, so that step stays
 * done once it was seen to be.
 */
export function doneSteps(facts: Facts, before: readonly StepId[]): StepId[] {
  const isDone: Record<StepId, boolean> = {
    connect: facts.connections.length > 0,
    try: facts.calls.length > 0,
    client: facts.clients.length > 0,
    automate: before.includes("automate") || facts.restCalls.some((call) => isProgramCall(call)),
  };
  return stepIds.filter((id) => isDone[id]);
}

/** The first step that is not done. */
export const nextStep = (done: readonly StepId[]): StepId | undefined =>
  stepIds.find((id) => !done.includes(id));
