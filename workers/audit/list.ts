import { and, asc, desc, eq, gt, lt } from "drizzle-orm";
import type { AuditEntry, AuditQuery } from "../../shared/contracts/audit";
import type { Page } from "../../shared/contracts/pages";
import { requirePermission, type Context } from "../platform/context";
import { numberedCursor, numberIn, toPage } from "../platform/pages";
import { toEntry } from "./entry";
import { isOneIndex, matching, seqsOf } from "./filter";
import { headOf } from "./record";
import { auditEntries } from "./tables";

const list = "aud";

/** How many entries a page looks at for those that a filter keeps. */
const mostLookedAt = 10_000;

/** Newest first. The cursor holds an entry's number: the page goes on below it. */
export async function listAudit(ctx: Context, query: AuditQuery): Promise<Page<AuditEntry>> {
  requirePermission(ctx, "audit.read");
  const { above, below } = await seqsOf(ctx, query);
  const from = Math.min(below, numberIn(list, query) ?? Infinity);
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
  const cursor = ({ seq }: { seq: number }) => numberedCursor(list, seq);
  const page = toPage(rows, query.limit, { item: toEntry, cursor });
  // What lies further back was not looked at yet.
  if (page.nextCursor === null && least > above && (await hasBelow(ctx, least + 1)))
    return { ...page, nextCursor: cursor({ seq: least + 1 }) };
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
