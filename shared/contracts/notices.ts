import * as z from "zod";
import { pageOf, pageQueryOf } from "./pages";

export const noticeKinds = [
  "connection.expiring",
  "connection.needs_reauth",
  "connection.misconfigured",
  "connection.failing",
  "connection.rotation_due",
  "connection.rotated",
  "job.ended",
  "job.callback_failed",
  "queue.dead_letter",
  "limit.near",
  "limit.reached",
] as const;

/** What a person should hear of. In the inbox, and by mail where it asks for something. */
export const Notice = z
  .object({
    id: z.string().meta({ examples: ["ntc_01k5x8a1qv2h7c9d4e6f8g0h2j"] }),
    kind: z.enum(noticeKinds),
    title: z.string(),
    text: z.string(),
    /** Where it can be mended: a path of the dashboard. */
    path: z.string().nullable(),
    subjectId: z.string(),
    /** Whether the matter still stands: what was mended is settled by itself. */
    settled: z.boolean(),
    read: z.boolean(),
    createdAt: z.number(),
  })
  .meta({ id: "Notice" });
export type Notice = z.infer<typeof Notice>;

export const NoticePage = pageOf(Notice);
export const NoticeQuery = pageQueryOf("ntc").extend({
  open: z.stringbool().optional().describe("`true`: only what is neither read nor settled"),
});
export type NoticeQuery = z.infer<typeof NoticeQuery>;

export const ReadNotices = z
  .strictObject({
    ids: z.array(z.string().max(100)).min(1).max(200).optional().describe("All unless told"),
  })
  .meta({ id: "ReadNotices" });
export type ReadNotices = z.infer<typeof ReadNotices>;
