/**
 * How long calls took, counted by slots whose width grows with the duration: up to 16 ms each has its own, from there on
 * eight share every doubling. What is read from them is off by at most 7 %.
 */
export type Durations = Map<number, number>;

const exact = 16;
const perDoubling = 8;
const longest = 2 ** 40;

export function slotOf(durationMs: number): number {
  const ms = Math.min(Math.max(0, Math.round(durationMs)), longest);
  if (ms < exact) return ms;
  const doubling = Math.floor(Math.log2(ms));
  const within = Math.floor((ms / 2 ** doubling - 1) * perDoubling);
  return exact + (doubling - 4) * perDoubling + within;
}

/** The longest that is counted in a slot, in whole milliseconds. */
export function slotEnd(slot: number): number {
  if (slot < exact) return slot;
  const doubling = 4 + Math.floor((slot - exact) / perDoubling);
  const within = (slot - exact) % perDoubling;
  return Math.ceil(2 ** doubling * (1 + (within + 1) / perDoubling)) - 1;
}

/** The middle of a slot, in milliseconds. */
export function middleOf(slot: number): number {
  if (slot < exact) return slot;
  const doubling = 4 + Math.floor((slot - exact) / perDoubling);
  const within = (slot - exact) % perDoubling;
  return Math.round(2 ** doubling * (1 + (within + 0.5) / perDoubling));
}

/** What this share of them took at most; null where nothing was counted. */
export function within(share: number, durations: Durations): number | null {
  let counted = 0;
  for (const n of durations.values()) counted += n;
  if (counted === 0) return null;
  let rest = Math.ceil(counted * share);
  for (const [slot, n] of [...durations].toSorted(([a], [b]) => a - b)) {
    rest -= n;
    if (rest <= 0) return middleOf(slot);
  }
  return null;
}
