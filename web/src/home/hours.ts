import type { ExecutionSeries } from "../../../shared/contracts/charts";

export type Hour = { at: number; total: number; failed: number; p50Ms: number | null };

const hour = 3_600_000;

/** The last hours one by one, the present one last; those without a call stand between as such. */
export function hoursOf(
  points: ExecutionSeries["points"],
  { now, count }: { now: number; count: number },
): Hour[] {
  const byHour = new Map(points.map((point) => [Math.floor(point.at / hour), point]));
  const last = Math.floor(now / hour);
  return Array.from({ length: count }, (_, index) => {
    const at = last - count + 1 + index;
    const point = byHour.get(at);
    return {
      at: at * hour,
      total: point?.total ?? 0,
      failed: point?.failed ?? 0,
      p50Ms: point?.p50Ms ?? null,
    };
  });
}
