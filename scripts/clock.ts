// What Cloudflare's Cron Triggers do for a deployment: a small clock of the hub's own.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export type Clock = {
  crons: readonly string[];
  /** The data folder: it keeps when each last ran. */
  data: string;
  fire: (cron: string) => Promise<unknown>;
  /** How often it looks, the first time after `firstMs`. */
  everyMs?: number;
  firstMs?: number;
};

/** Fires each cron when its time has come, and soon after a start for what was missed meanwhile. Returns how to stop. */
export function startClock({
  crons,
  data,
  fire,
  everyMs = 60_000,
  firstMs = 10_000,
}: Clock): () => void {
  const file = join(data, "crons.json");
  const last = readTimes(file);
  const look = async (): Promise<void> => {
    const now = Date.now();
    for (const cron of crons.filter((one) => (last[one] ?? 0) < lastDue(one, now))) {
      last[cron] = now;
      try {
        writeFileSync(file, JSON.stringify(last));
        await fire(cron);
      } catch (error) {
        console.error(`The work of ${cron} failed: ${String(error)}`);
      }
    }
  };
  const first = setTimeout(() => void look(), firstMs).unref();
  const timer = setInterval(() => void look(), everyMs).unref();
  return () => {
    clearTimeout(first);
    clearInterval(timer);
  };
}

const minuteMs = 60_000;

/** When a cron was due last: a daily one (`minute hour * * *`, UTC), or one every few minutes of each hour. Throws on any other. */
export function lastDue(cron: string, now: number): number {
  const [, every] = /^\*\/([1-9]\d?) \* \* \* \*$/.exec(cron) ?? [];
  if (every !== undefined && 60 % Number(every) === 0)
    return now - (now % (Number(every) * minuteMs));
  const [, minute, hour] = /^(\d{1,2}) (\d{1,2}) \* \* \*$/.exec(cron) ?? [];
  if (minute === undefined || hour === undefined)
    throw new Error(
      `The local clock knows daily crons and those every few minutes only, not "${cron}".`,
    );
  const today = new Date(now).setUTCHours(Number(hour), Number(minute), 0, 0);
  return today <= now ? today : today - 24 * 60 * minuteMs;
}

function readTimes(file: string): Record<string, number> {
  try {
    return existsSync(file)
      ? (JSON.parse(readFileSync(file, "utf8")) as Record<string, number>)
      : {};
  } catch {
    return {};
  }
}
