/** The widths time is counted in. Days are those of UTC. */
export const units = ["minute", "hour", "day"] as const;
export type Unit = (typeof units)[number];

export const unitMs = {
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
} as const satisfies Record<Unit, number>;

/** How long each is kept: the finer, the shorter. */
export const keptMs = {
  minute: 2 * unitMs.day,
  hour: 100 * unitMs.day,
  day: Infinity,
} as const satisfies Record<Unit, number>;

const goodPoints = 200;
export const mostPoints = 400;

export type Span = { since: number; until: number; now: number };
export type Refusal = { field: "since" | "until" | "unit"; sentence: string };

export const floorTo = (unit: Unit, at: number): number =>
  Math.floor(at / unitMs[unit]) * unitMs[unit];
const ceilTo = (unit: Unit, at: number): number => Math.ceil(at / unitMs[unit]) * unitMs[unit];
const isKept = (unit: Unit, { at, now }: { at: number; now: number }): boolean =>
  at >= now - keptMs[unit];
const finestKept = (at: number, now: number): Unit =>
  units.find((unit) => isKept(unit, { at, now })) ?? "day";

/** How many buckets of a unit touch the span. */
const pointsOf = (unit: Unit, { since, until }: Omit<Span, "now">): number =>
  (ceilTo(unit, until) - floorTo(unit, since)) / unitMs[unit];

/** The unit a series of the span is drawn in: the finest that is kept and gives few points, or the one asked for. */
export function unitFor(span: Span, asked?: Unit): Unit | Refusal {
  const refusal = refuse(span);
  if (refusal) return refusal;
  if (asked === undefined)
    return (
      units.find(
        (unit) =>
          isKept(unit, { at: span.since, now: span.now }) && pointsOf(unit, span) <= goodPoints,
      ) ?? "day"
    );
  if (!isKept(asked, { at: span.since, now: span.now }))
    return {
      field: "unit",
      sentence: `counts by the ${asked} are kept for ${keptMs[asked] / unitMs.day} days. Ask for a wider unit, or for a later beginning.`,
    };
  if (pointsOf(asked, span) > mostPoints)
    return {
      field: "unit",
      sentence: `this would be more than ${mostPoints} points. Ask for a wider unit, or for a shorter range.`,
    };
  return asked;
}

/** A range that is none, or longer than one answer tells of. */
export function refuse(span: Span): Refusal | undefined {
  if (span.since >= span.until)
    return { field: "since", sentence: "must be before the end of the range." };
  if (pointsOf("day", span) > mostPoints)
    return {
      field: "since",
      sentence: `the range is longer than ${mostPoints} days. Ask for a part of it.`,
    };
  return undefined;
}

export type Bucket = { unit: Unit; at: number };

/** Far more than a series of a chart has, and few enough to be held in memory. */
export const mostInARow = 10_000;

/** The buckets of one unit that the span touches; a bounded number of them, whatever the span. */
export function bucketsIn(unit: Unit, { since, until }: Omit<Span, "now">): Bucket[] {
  const first = floorTo(unit, since);
  const length = Math.min(pointsOf(unit, { since, until }), mostInARow);
  return Array.from({ length }, (_, place) => ({ unit, at: first + place * unitMs[unit] }));
}

/** Days as many as a series may have, and the hours and minutes at both ends. */
const mostToCover = mostPoints + 2 * (23 + 59);

/**
 * The fewest buckets that hold the span: days in the middle, hours and minutes at its ends. Where those are no longer
 * kept the end is rounded outwards.
 */
export function cover({ since, until, now }: Span): Bucket[] {
  const end = ceilTo(finestKept(until - 1, now), until);
  const found: Bucket[] = [];
  let at = floorTo(finestKept(since, now), since);
  // Of a time too large to be counted on, the next bucket is the same one again.
  while (at < end && found.length < mostToCover) {
    const unit = widestWithin({ at, end, now }) ?? finestKept(at, now);
    found.push({ unit, at });
    at += unitMs[unit];
  }
  return found;
}

function widestWithin({ at, end, now }: { at: number; end: number; now: number }) {
  return units
    .toReversed()
    .find(
      (unit) => at % unitMs[unit] === 0 && at + unitMs[unit] <= end && isKept(unit, { at, now }),
    );
}
