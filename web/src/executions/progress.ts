import type { ExecutionEvent } from "../../../shared/contracts/executions";
import { plainLine } from "../ui/foreign";

export type Progress = { done: number; total: number | undefined; message: string | undefined };

/** How far a call is by its server's own word, if it says it rightly. */
export function progressOf({ type, data }: ExecutionEvent): Progress | undefined {
  if (type !== "progress") return undefined;
  const { progress, total, message } = data as Record<"progress" | "total" | "message", unknown>;
  if (typeof progress !== "number") return undefined;
  return {
    done: progress,
    total: typeof total === "number" && total > 0 ? total : undefined,
    message: typeof message === "string" && message !== "" ? plainLine(message) : undefined,
  };
}

/** The part that is done, from 0 to 1; undefined where nobody knows the whole, or it is nonsense. */
export function shareDone({ done, total }: Progress): number | undefined {
  if (total === undefined || !(total > 0) || !(done >= 0)) return undefined;
  return Math.min(1, done / total);
}
