import type { LimitWindow } from "../../shared/contracts/limits";
import { DayCounts, msToMidnight } from "./days";
import { SlidingLog, windowMs } from "./sliding-log";

/** Whose calls a limit counts. `plan` is the team's, as its plan has it; `team` one of the team's own that is lower. */
export type LimitName = "person" | "key" | "connection" | "tool" | "team" | "plan";

/**
 * A limit of one call: never more than `limit` admissions of `subject` in any 60 seconds, or in a day (UTC), or never more
 * than `limit` units of cost in a day.
 */
export type Limit = {
  name: LimitName;
  /** An id. */
  subject: string;
  limit: number;
  window: LimitWindow;
  /** Units the call takes of a budget. */
  cost?: number;
};

export type LimitState = {
  name: LimitName;
  window: LimitWindow;
  limit: number;
  remaining: number;
  /** Until it is whole again; of one that is used up, until a call can pass. */
  resetMs: number;
};

/** A call took a limit of the day past 80 % or to its end, or was the first that the rest of a budget does not pay for. */
export type LimitWarning = {
  name: LimitName;
  subject: string;
  window: "day" | "budget";
  limit: number;
  used: number;
  percent: 80 | 100;
  /** Units of the call that was refused though some are left. */
  unpaid?: number;
};

export type Spent =
  | { allowed: true; states: LimitState[]; warnings: LimitWarning[] }
  | { allowed: false; exceeded: LimitState; warnings: LimitWarning[] };

/** What a call counts against, as it is stored: an id for its minute, `day:<id>`, `budget:<id>=<cost>`. */
export function markOf({ window, subject, cost = 1 }: Limit): string {
  if (window === "minute") return subject;
  return window === "day" ? `day:${subject}` : `budget:${subject}=${cost}`;
}

/** What is counted by the day is told apart by its colon: ids have none. */
export const isOfDay = (mark: string): boolean => mark.includes(":");

/** The key of a day's counter, and how much of it the mark stands for. */
export function countOf(mark: string): { key: string; count: number } {
  const [key = "", cost = "1"] = mark.split("=");
  return { key, count: Number(cost) };
}

const amountOf = ({ window, cost = 1 }: Limit): number => (window === "budget" ? cost : 1);
const keyOf = ({ window, subject }: Pick<Limit, "window" | "subject">): string =>
  `${window}:${subject}`;

/** The windows of all subjects of a team. Pure but for its own memory: the clock is passed in. */
export class Windows {
  readonly #logs = new Map<string, SlidingLog>();
  readonly #days: DayCounts;

  /** What is stored of a day is loaded when the clock comes to it. */
  constructor(loadDay: (day: number) => Map<string, number> = () => new Map()) {
    this.#days = new DayCounts(loadDay);
  }

  #log(subject: string): SlidingLog {
    let log = this.#logs.get(subject);
    if (!log) this.#logs.set(subject, (log = new SlidingLog()));
    return log;
  }

  /** Spends of each limit, or nothing of any when one of them is used up. */
  spend(limits: readonly Limit[], now: number): Spent {
    // Of several used-up limits the one that holds longest is told: whoever waits for it is not refused by the other.
    let exceeded: LimitState | undefined;
    for (const limit of limits) {
      const resetMs = this.#waitMs(limit, now);
      if (resetMs > (exceeded?.resetMs ?? 0)) exceeded = stateOf(limit, { remaining: 0, resetMs });
    }
    if (exceeded) return { allowed: false, exceeded, warnings: this.#unpaid(limits, now) };
    const warnings: LimitWarning[] = [];
    const states = limits.map((limit) =>
      limit.window === "minute" ? this.#take(limit, now) : this.#takeOfDay(limit, now, warnings),
    );
    return { allowed: true, states, warnings };
  }

  #waitMs(limit: Limit, now: number): number {
    if (limit.window === "minute") return this.#log(limit.subject).waitMs(now, limit.limit);
    const used = this.#days.on(now).get(keyOf(limit)) ?? 0;
    return used + amountOf(limit) > limit.limit ? msToMidnight(now) : 0;
  }

  /** Budgets that end before their last unit. Of one that is used up wholly the call that did it has told. */
  #unpaid(limits: readonly Limit[], now: number): LimitWarning[] {
    return limits.flatMap((one) => {
      const { name, subject, window, limit } = one;
      const key = keyOf(one);
      const used = this.#days.on(now).get(key) ?? 0;
      const cost = amountOf(one);
      if (window !== "budget" || used >= limit || used + cost <= limit) return [];
      if (!this.#days.isFirst(now, key)) return [];
      return [{ name, subject, window, limit, used, percent: 100 as const, unpaid: cost }];
    });
  }

  #take(limit: Limit, now: number): LimitState {
    const log = this.#log(limit.subject);
    log.add(now);
    return stateOf(limit, { remaining: limit.limit - log.count(now), resetMs: windowMs });
  }

  #takeOfDay(limit: Limit, now: number, warnings: LimitWarning[]): LimitState {
    const key = keyOf(limit);
    const before = this.#days.on(now).get(key) ?? 0;
    const used = before + amountOf(limit);
    this.#days.add(now, { key, count: amountOf(limit) });
    const percent = crossed(limit.limit, { before, used });
    if (percent && limit.window !== "minute")
      warnings.push({
        name: limit.name,
        subject: limit.subject,
        window: limit.window,
        limit: limit.limit,
        used,
        percent,
      });
    return stateOf(limit, { remaining: limit.limit - used, resetMs: msToMidnight(now) });
  }

  /** How a limit stands, without spending of it. */
  look(limit: Pick<Limit, "window" | "subject">, now: number): { used: number; resetAt: number } {
    if (limit.window !== "minute")
      return { used: this.#days.on(now).get(keyOf(limit)) ?? 0, resetAt: now + msToMidnight(now) };
    const log = this.#logs.get(limit.subject);
    return { used: log?.count(now) ?? 0, resetAt: now + (log?.wholeMs(now) ?? 0) };
  }

  /** Everything that was counted lately: whose, and in which window. */
  *subjects(now: number): Generator<{ subject: string; window: LimitWindow }> {
    for (const subject of this.#logs.keys()) yield { subject, window: "minute" };
    for (const key of this.#days.on(now).keys()) {
      const [window = "", subject = ""] = key.split(":");
      yield { subject, window: window as LimitWindow };
    }
  }

  /** Admissions of the past minute, when the memory is rebuilt. */
  restore(subject: string, { at, times = 1 }: { at: number; times?: number }): void {
    this.#log(subject).add(at, times);
  }

  forgetIdle(now: number): void {
    for (const [subject, log] of this.#logs) if (log.count(now) === 0) this.#logs.delete(subject);
    this.#days.forgetPast(now);
  }
}

const stateOf = (
  { name, window, limit }: Limit,
  { remaining, resetMs }: { remaining: number; resetMs: number },
): LimitState => ({ name, window, limit, remaining, resetMs });

/** The share of the limit that was passed from `before` to `used`. */
function crossed(
  limit: number,
  { before, used }: { before: number; used: number },
): 80 | 100 | undefined {
  const passed = (percent: number) => {
    const threshold = Math.ceil((limit * percent) / 100);
    return before < threshold && used >= threshold;
  };
  return passed(100) ? 100 : passed(80) ? 80 : undefined;
}
