import { and, desc, eq, lt } from "drizzle-orm";
import type { AuditEntry } from "../../shared/contracts/audit";
import type { Page, PageQuery } from "../../shared/contracts/pages";
import { requirePermission, type Context } from "../platform/context";
import { byId, toPage } from "../platform/pages";
import { auditEntries } from "./tables";

export async function listAudit(ctx: Context, query: PageQuery): Promise<Page<AuditEntry>> {
  requirePermission(ctx, "audit.read");
  const rows = await ctx.db
    .select()
    .from(auditEntries)
    .where(
      and(
        eq(auditEntries.teamId, ctx.teamId),
        query.cursor === undefined ? undefined : lt(auditEntries.id, query.cursor),
      ),
    )
    .orderBy(desc(auditEntries.id))
    .limit(query.limit + 1);
  return toPage(rows, query.limit, { item: toEntry, cursor: byId });
}

function toEntry(row: typeof auditEntries.$inferSelect): AuditEntry {
  return {
    id: row.id,
    at: row.at,
    actor: { kind: row.actorKind, id: row.actorId, personId: row.personId },
    action: row.action,
    subjectId: row.subjectId,
    requestId: row.requestId,
    seq: row.seq,
    address: row.address,
    userAgent: row.userAgent,
    details: JSON.parse(row.details) as Record<string, unknown>,
    before: parsed(row.before),
    after: parsed(row.after),
    hash: row.hash,
  };
}

function parsed(state: string | null): Record<string, unknown> | null {
  return state === null ? null : (JSON.parse(state) as Record<string, unknown>);
}
