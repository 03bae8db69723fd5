import { clockTime } from "../ui/time";

const language = typeof navigator === "undefined" ? "en" : navigator.language;
const dayAndClock = new Intl.DateTimeFormat(language, {
  month: "short",
  day: "numeric",
  hour: "2-digit",
  minute: "2-digit",
});

const dayOf = (at: number): string => new Date(at).toDateString();

/** The clock time; with the date, too, on another day than today. */
export const shortTime = (at: number, now: number): string =>
  dayOf(at) === dayOf(now) ? clockTime(at) : dayAndClock.format(at);
