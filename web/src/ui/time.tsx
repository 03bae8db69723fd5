import { useSyncExternalStore } from "react";

const language = typeof navigator === "undefined" ? "en" : navigator.language;
const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto", style: "short" });
const absolute = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "long" });
const clock = new Intl.DateTimeFormat(language, { timeStyle: "medium" });
const number = new Intl.NumberFormat("en");

/** One clock for all relative times on a page. */
const listeners = new Set<() => void>();
let tick = 0;
setInterval(() => {
  tick += 1;
  for (const listener of listeners) listener();
}, 10_000);

function useTick(): number {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => tick,
  );
}

const steps: [Intl.RelativeTimeFormatUnit, number][] = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
];

export function relativeTime(at: number, now: number): string {
  const difference = at - now;
  if (Math.abs(difference) < 45_000) return "just now";
  for (const [unit, ms] of steps)
    if (Math.abs(difference) >= ms) return relative.format(Math.round(difference / ms), unit);
  return relative.format(Math.round(difference / 60_000), "minute");
}

/** "3 min. ago", with the whole date and zone on hover and for machines. */
export function RelativeTime({ at, className }: { at: number; className?: string }) {
  useTick();
  return (
    <time dateTime={new Date(at).toISOString()} title={absolute.format(at)} className={className}>
      {relativeTime(at, Date.now())}
    </time>
  );
}

/** Whole seconds, for what is only reckoned or counted down: 41 s, 2 min 5 s. */
export const formatSeconds = (ms: number): string => {
  const seconds = Math.max(1, Math.round(ms / 1000));
  return seconds < 60 ? `${seconds} s` : formatDuration(seconds * 1000);
};

export const absoluteTime = (at: number): string => absolute.format(at);
export const clockTime = (at: number): string => clock.format(at);
export const formatNumber = (value: number): string => number.format(value);

/** 950 ms, 1.4 s, 2 min 5 s, 10 min, 3 h 20 min. */
export function formatDuration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 1)} s`;
  const seconds = Math.round(ms / 1000);
  const [minutes, rest] = [Math.floor(seconds / 60), seconds % 60];
  if (minutes < 60) return rest === 0 ? `${minutes} min` : `${minutes} min ${rest} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** 900 B, 12 KB, 3.4 MB. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${(bytes / 1000).toFixed(bytes < 10_000 ? 1 : 0)} KB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
