import * as z from "zod";

/** March 1973: a smaller number is meant as seconds. */
const firstNumber = 100_000_000_000;
/** What a Date holds. */
const last = 8_640_000_000_000_000;

const iso = z.union([z.iso.date(), z.iso.datetime({ offset: true })]);

/** A time in a request, as milliseconds. `what` it is for is what its description says. */
export const requestTime = (what: string) =>
  z
    .string()
    .max(40)
    .transform((text, context) => {
      const digits = /^\d+$/.test(text);
      const time = digits ? Number(text) : iso.safeParse(text).success ? Date.parse(text) : NaN;
      if (time >= (digits ? firstNumber : 0) && time <= last) return time;
      context.addIssue(sentence(digits && time < firstNumber));
      return z.NEVER;
    })
    .meta({
      description: `${what}: milliseconds since 1970 (not seconds), or an ISO 8601 date, or date and time with \`Z\` or an offset`,
      examples: ["2026-11-21T12:00:00Z"],
    });

const sentence = (small: boolean): string =>
  small
    ? "must be milliseconds since 1970, 13 digits today; this is too small and may be seconds."
    : "must be milliseconds since 1970, or an ISO 8601 date like 2026-11-21 or 2026-11-21T12:00:00Z.";
