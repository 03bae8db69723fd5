import { and, desc, eq, inArray, isNull, lt } from "drizzle-orm";
import type { Notice, NoticeQuery, ReadNotices } from "../../shared/contracts/notices";
import type { Page } from "../../shared/contracts/pages";
import type { Context } from "../platform/context";
import { byId, toPage } from "../platform/pages";
import { notices, type NoticeRow } from "./tables";

/** The caller's own, newest first. A machine client, which is nobody, has none. */
export async function listNotices(ctx: Context, query: NoticeQuery): Promise<Page<Notice>> {
  const mine = ownOf(ctx);
  if (!mine) return { items: [], nextCursor: null };
  const open = query.open === true ? [isNull(notices.readAt), isNull(notices.settledAt)] : [];
  const rows = await ctx.db
    .select()
    .from(notices)
    .where(
      and(mine, query.cursor === undefined ? undefined : lt(notices.id, query.cursor), ...open),
    )
    .orderBy(desc(notices.id))
    .limit(query.limit + 1);
  return toPage(rows, query.limit, { item: toNotice, cursor: byId });
}

/** Marks the caller's own as read: those that are named, or all. Ids of others mean nothing. */
export async function readNotices(ctx: Context, { ids }: ReadNotices): Promise<void> {
  const mine = ownOf(ctx);
  if (!mine) return;
  // Ninety at once: D1 takes a hundred parameters.
  for (let from = 0; from < (ids?.length ?? 1); from += 90)
    await ctx.db
      .update(notices)
      .set({ readAt: ctx.now })
      .where(
        and(
          mine,
          isNull(notices.readAt),
          ids === undefined ? undefined : inArray(notices.id, ids.slice(from, from + 90)),
        ),
      );
}

function ownOf({ teamId, actor }: Context) {
  if (actor.personId === null) return undefined;
  return and(eq(notices.teamId, teamId), eq(notices.personId, actor.personId));
}

function toNotice(row: NoticeRow): Notice {
  const { id, kind, title, text, path, subjectId, createdAt } = row;
  return {
    id,
    kind,
    title,
    text,
    path,
    subjectId,
    settled: row.settledAt !== null,
    read: row.readAt !== null,
    createdAt,
  };
}
