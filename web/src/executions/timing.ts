import type { Execution } from "../../../shared/contracts/executions";

export type Part = { of: "before" | "server" | "after"; ms: number; share: number };

type Timed = Pick<Execution, "durationMs" | "admittedMs" | "upstreamMs">;

/** Where the time of a call went: the hub before it asked, the server, the hub again. Empty where it is not known. */
export function partsOf({ durationMs, admittedMs, upstreamMs }: Timed): Part[] {
  if (durationMs === null || upstreamMs === null) return [];
  const server = Math.min(upstreamMs, durationMs);
  const before = Math.min(admittedMs ?? 0, durationMs - server);
  const after = durationMs - server - before;
  const part = (of: Part["of"], ms: number): Part => ({
    of,
    ms,
    share: durationMs === 0 ? 0 : ms / durationMs,
  });
  return [part("before", before), part("server", server), part("after", after)];
}

/** The server's part of a call, from 0 to 1. */
export const serverShare = (timed: Timed): number | undefined =>
  partsOf(timed).find(({ of }) => of === "server")?.share;
