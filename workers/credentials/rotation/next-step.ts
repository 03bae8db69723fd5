import { oldIn, waitingIn, type Ring } from "../ring";

/** Longer than KV shows what was there before, so that whoever reads the ring finds the key that is to take over. */
export const settleMs = 4 * 60_000;
/**
 * From when no record names an old key until it is dropped. An isolate seals with an old key for five minutes after
 * another took over, as long as it remembers the ring, and what it sealed for a client to bring back is good for ten.
 */
export const graceMs = 20 * 60_000;
/** Until records that did not open are tried again. */
const retryMs = 15 * 60_000;

/** What is to be done first with a team's ring. */
export function nextStep(ring: Ring, { newestMaster, now }: { newestMaster: string; now: number }) {
  const waiting = waitingIn(ring);
  if (waiting !== undefined) {
    const until = (ring.rotation?.startedAt ?? 0) + settleMs;
    return now < until
      ? ({ do: "wait", until } as const)
      : ({ do: "promote", id: waiting } as const);
  }
  if (oldIn(ring).length > 0) return { do: "reseal" } as const;
  const current = ring.keys[ring.newest]?.master === newestMaster;
  return { do: current ? "nothing" : "begin" } as const;
}

type Rotation = NonNullable<Ring["rotation"]>;

/** After every record was gone through: `done` named an old key until now, `left` still do, since they do not open. */
export function stepAfterPass(
  ring: Ring,
  { done, left, now }: { done: number; left: number; now: number },
): { do: "drop" } | { do: "wait"; again: number; rotation: Rotation | null } {
  const startedAt = ring.rotation?.startedAt ?? now;
  const before = done > 0 ? now : (ring.rotation?.emptySince ?? now);
  const emptySince = left > 0 ? null : before;
  if (emptySince !== null && now >= emptySince + graceMs) return { do: "drop" };
  const told = ring.rotation?.emptySince === emptySince && ring.rotation.stuck === left;
  return {
    do: "wait",
    again: emptySince === null ? now + retryMs : emptySince + graceMs,
    rotation: told ? null : { startedAt, finishedAt: null, emptySince, stuck: left },
  };
}
