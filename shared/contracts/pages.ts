import * as z from "zod";

/** The answer of every list: `nextCursor` is null on the last page. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({
    items: z.array(item),
    nextCursor: z
      .string()
      .nullable()
      .describe("Send it as `cursor` to get the next page; null on the last"),
  });
export type Page<Item> = { items: Item[]; nextCursor: string | null };

export const PageQuery = z.object({
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(200)
    .default(50)
    .describe("How many items a page holds at most"),
  cursor: z.string().max(200).optional().describe("The `nextCursor` of the page before"),
});
export type PageQuery = z.infer<typeof PageQuery>;

/** Several values in one query parameter, separated by commas. */
export const listOf = <Value extends z.ZodType<unknown, string>>(value: Value) =>
  z
    .string()
    .max(200)
    .transform((text) => text.split(","))
    .pipe(z.array(value));
