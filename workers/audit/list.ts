import { and, asc, desc, eq, gt, lt } from "drizzle-orm";
import type { AuditEntry, AuditQuery } from "../../shared/contracts/audit";
import type { Page } from "../../shared/contracts/pages";
import { requirePermission, type Context } from "../platform/context";
import { toPage } from "../platform/pages";
import { toEntry } from "./entry";
import { isOneIndex, matching, seqsOf } from "./filter";
import { headOf } from "./record";
import { auditEntries } from "./tables";

/** How many entries a page looks at for those that a filter keeps. */
const mostLookedAt = 10_000;

/** Newest first. The cursor is an entry's number: the page goes on below it. */
export async function listAudit(ctx: Context, query: AuditQuery): Promise<Page<AuditEntry>> {
  requirePermission(ctx, "audit.read");
  const { above, below } = await seqsOf(ctx, query);
  const from = Math.min(below, Number(query.cursor ?? Infinity));
  const least = isOneIndex(query) ? above : Math.max(above, await lookedAtFrom(ctx, from));
  const rows = await ctx.db
    .select()
    .from(auditEntries)
    .where(
      and(
        matching(ctx, query),
        Number.isFinite(from) ? lt(auditEntries.seq, from) : undefined,
        gt(auditEntries.seq, least),
      ),
    )
    .orderBy(desc(auditEntries.seq))
    .limit(query.limit + 1);
  const page = toPage(rows, query.limit, { item: toEntry, cursor: ({ seq }) => String(seq) });
  // What lies further back was not looked at yet.
  if (page.nextCursor === null && least > above && (await hasBelow(ctx, least + 1)))
    return { ...page, nextCursor: String(least + 1) };
  return page;
}

/** Behind which number the look of this page ends. */
async function lookedAtFrom(ctx: Context, from: number): Promise<number> {
  if (from < Number.MAX_SAFE_INTEGER) return from - 1 - mostLookedAt;
  return (await headOf(ctx.db, ctx.teamId)).seq - mostLookedAt;
}

async function hasBelow(ctx: Context, seq: number): Promise<boolean> {
  const oldest = await ctx.db
    .select({ seq: auditEntries.seq })
    .from(auditEntries)
    .where(eq(auditEntries.teamId, ctx.teamId))
    .orderBy(asc(auditEntries.seq))
    .limit(1)
    .get();
  return oldest !== undefined && oldest.seq < seq;
}
