import type * as z from "zod";

/**
 * A name or a sentence somebody gives a thing, on one line: no control characters, no half of a character, nothing that
 * turns the text behind it round.
 */
export const plain = (text: z.ZodString): z.ZodString =>
  text.refine(
    (value) => !/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/u.test(value),
    "may hold no control characters",
  );
