import { and, asc, gt, lt } from "drizzle-orm";
import type { AuditExportQuery } from "../../shared/contracts/audit";
import { requirePermission, type Context } from "../platform/context";
import { utf8 } from "../platform/encoding";
import type { AuditRow } from "./chain";
import { csvRow } from "./csv";
import { toEntry } from "./entry";
import { matching, seqsOf } from "./filter";
import { headOf, record } from "./record";
import { requireForSensitive } from "./sensitive";
import { auditEntries } from "./tables";

const pageSize = 500;
/** How many entries one step looks at for those that a filter keeps. */
const stride = 10_000;

const header = csvRow([
  "seq",
  "id",
  "at",
  "actorKind",
  "actorId",
  "personId",
  "action",
  "subjectId",
  "requestId",
  "address",
  "userAgent",
  "details",
  "before",
  "after",
  "hash",
]);

/** The whole log, or what a filter keeps of it, oldest first and a page at a time. Leaves an entry of its own. */
export async function exportAudit(
  ctx: Context,
  query: AuditExportQuery,
): Promise<{ body: ReadableStream<Uint8Array>; type: string; name: string }> {
  requirePermission(ctx, "audit.read");
  await requireForSensitive(ctx, "Exporting the audit log");
  const { format, ...filter } = query;
  await record(ctx, {
    action: "audit.export",
    subjectId: ctx.teamId,
    details: { format, ...filter },
  });
  const csv = format === "csv";
  const pages = read(ctx, filter);
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      if (csv) controller.enqueue(utf8(header));
    },
    async pull(controller) {
      const { value, done } = await pages.next();
      if (done === true) controller.close();
      else controller.enqueue(utf8(value.map(csv ? toCsv : toJsonLine).join("")));
    },
    cancel: () => void pages.return(undefined),
  });
  const day = new Date(ctx.now).toISOString().slice(0, 10);
  return {
    body,
    type: csv ? "text/csv; charset=utf-8; header=present" : "application/x-ndjson; charset=utf-8",
    name: `plugboard-audit-${day}.${format}`,
  };
}

/** Pages of entries, none of them empty. */
async function* read(
  ctx: Context,
  filter: Omit<AuditExportQuery, "format">,
): AsyncGenerator<AuditRow[], undefined> {
  const { above, below } = await seqsOf(ctx, filter);
  const newest = (await headOf(ctx.db, ctx.teamId)).seq;
  let from = above;
  while (from < newest && from + 1 < below) {
    const end = Math.min(from + stride + 1, below, newest + 1);
    const rows = await ctx.db
      .select()
      .from(auditEntries)
      .where(and(matching(ctx, filter), gt(auditEntries.seq, from), lt(auditEntries.seq, end)))
      .orderBy(asc(auditEntries.seq))
      .limit(pageSize);
    from = rows.length === pageSize ? (rows.at(-1)?.seq ?? end) : end - 1;
    if (rows.length > 0) yield rows;
  }
}

function toCsv(row: AuditRow): string {
  const { seq, id, at, actorKind, actorId, personId, action, subjectId } = row;
  return csvRow([
    seq,
    id,
    new Date(at).toISOString(),
    actorKind,
    actorId,
    personId,
    action,
    subjectId,
    row.requestId,
    row.address,
    row.userAgent,
    row.details,
    row.before,
    row.after,
    row.hash,
  ]);
}

/** With the team's id, which the hash covers too: what is exported whole can be checked without the hub. */
const toJsonLine = (row: AuditRow): string =>
  `${JSON.stringify({ teamId: row.teamId, ...toEntry(row) })}\n`;
