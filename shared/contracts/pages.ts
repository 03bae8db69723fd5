import * as z from "zod";
import type { IdPrefix } from "../ids";

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

export const foreignCursor =
  "is not the nextCursor of an earlier page of this list. Leave it out to begin anew.";

/** What asks for a page of a list whose cursors look like this: the cursor of another list is refused. */
export const pageQuery = (cursor: RegExp) =>
  z.strictObject({
    limit: z.coerce
      .number()
      .int()
      .min(1)
      .max(200)
      .default(50)
      .describe("How many items a page holds at most"),
    cursor: z
      .string()
      .max(200)
      .regex(cursor, foreignCursor)
      .optional()
      .describe("The `nextCursor` of the page before"),
  });
export type PageQuery = z.infer<ReturnType<typeof pageQuery>>;

/** Of a list in the order of its items' ids. */
export const pageQueryOf = (prefix: IdPrefix) => pageQuery(new RegExp(`^${prefix}_[0-9a-z]{26}$`));
/** Of a list in the order of its items' numbers, which by themselves would fit any such list: the cursor names it. */
export const pageQueryByNumber = (list: string) => pageQuery(new RegExp(`^${list}~\\d{1,15}$`));
/** Of a list in the order of its connectors. */
export const pageQueryByConnector = pageQuery(/^[a-z0-9][a-z0-9-]*$/);

/** Several values in one query parameter, separated by commas. */
export const listOf = <Value extends z.ZodType<unknown, string>>(value: Value) =>
  z
    .string()
    .max(200)
    .transform((text) => text.split(","))
    .pipe(z.array(value));
