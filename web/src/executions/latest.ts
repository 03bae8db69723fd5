import type { Execution } from "../../../shared/contracts/executions";

/** The newest `most` of what is listed and what was heard since, each as it was heard last. Ids sort by time. */
export function mergeLatest(
  listed: readonly Execution[],
  { heard, most }: { heard: Iterable<Execution>; most: number },
): Execution[] {
  const byId = new Map(listed.map((execution) => [execution.id, execution]));
  for (const execution of heard) byId.set(execution.id, execution);
  return [...byId.values()].toSorted((one, other) => (one.id < other.id ? 1 : -1)).slice(0, most);
}
