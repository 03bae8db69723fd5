import type { Execution } from "../../../shared/contracts/executions";

const most = 20;

/** The list with this call as it is now: in its place where it stands there, at its time where it is new. */
export function newestFirst(listed: readonly Execution[], execution: Execution): Execution[] {
  const others = listed.filter(({ id }) => id !== execution.id);
  const place = others.findIndex(({ startedAt }) => startedAt <= execution.startedAt);
  return others.toSpliced(place === -1 ? others.length : place, 0, execution).slice(0, most);
}
