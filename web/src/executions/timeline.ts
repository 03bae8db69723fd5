import type { ExecutionEvent } from "../../../shared/contracts/executions";
import { plainLine } from "../ui/foreign";
import { progressOf, type Progress } from "./progress";

/** The events of the pages and those heard live, each once, oldest first. */
export function mergedEvents(
  loaded: readonly ExecutionEvent[],
  heard: readonly ExecutionEvent[],
): ExecutionEvent[] {
  const bySeq = new Map([...loaded, ...heard].map((event) => [event.seq, event]));
  return [...bySeq.values()].sort((one, other) => one.seq - other.seq);
}

export type Said =
  | { kind: "progress"; progress: Progress }
  | { kind: "log"; level: string; text: string }
  | { kind: "end"; status: string }
  | { kind: "nothing" };

const textOf = (value: unknown): string =>
  typeof value === "string" ? value : (JSON.stringify(value) ?? "");

/** What an event says beside its type, as far as its server said it rightly. */
export function saidBy(event: ExecutionEvent): Said {
  const { type, data } = event;
  const progress = progressOf(event);
  if (progress) return { kind: "progress", progress };
  if (type === "log")
    return {
      kind: "log",
      level: typeof data["level"] === "string" ? plainLine(data["level"], 20) : "",
      text: textOf(data["data"] ?? data["preview"] ?? ""),
    };
  if (type === "finished" && typeof data["status"] === "string")
    return { kind: "end", status: data["status"] };
  return { kind: "nothing" };
}
