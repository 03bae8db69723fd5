import { and, asc, eq, gt } from "drizzle-orm";
import type { AuditVerdict, VerifyAudit } from "../../shared/contracts/audit";
import { requirePermission, type Context } from "../platform/context";
import { origin, type Link } from "./chain";
import { checkChain, missing, type ChainFault } from "./check-chain";
import { auditAnchors, auditEntries } from "./tables";

const mostChecked = 20_000;
const pageSize = 1000;
/** The hash of the last entry from before there were chains. */
const unchained = "unchained";

/**
 * Recomputes the team's chain, a bounded part of it at once, and compares it with what the gate noted when the entries
 * were written. What it finds first is named.
 */
export async function verifyAudit(ctx: Context, { after }: VerifyAudit): Promise<AuditVerdict> {
  requirePermission(ctx, "audit.read");
  const gate = ctx.env.TEAM_GATE.getByName(ctx.teamId);
  // Before the registry is read: what was noted by now must be there.
  const start = await startOf(ctx, after);
  const kept = await gate.auditLinks({ after: start.seq, upTo: start.seq + mostChecked });
  const noted = new Map(kept.links.map(({ seq, hash }) => [seq, hash]));
  const verdict = (last: Link, done: boolean, fault: ChainFault | null): AuditVerdict => ({
    ok: fault === null,
    checked: last.seq - start.seq,
    from: start.seq,
    to: last.seq,
    done,
    fault,
  });
  if (start.deletedTooMuch(kept.deletedUpTo))
    return verdict(start, true, missing(kept.deletedUpTo + 1, start.seq));
  let last: Link = start;
  while (last.seq - start.seq < mostChecked) {
    const rows = await ctx.db
      .select()
      .from(auditEntries)
      .where(and(eq(auditEntries.teamId, ctx.teamId), gt(auditEntries.seq, last.seq)))
      .orderBy(asc(auditEntries.seq))
      .limit(pageSize);
    const checked = await checkChain(last, rows, noted);
    last = checked.last;
    if (checked.fault !== null) {
      // The daily deletion may have gone past while this was read.
      const anchor = await anchorOf(ctx);
      if (anchor !== undefined && anchor.seq > last.seq) return verifyAudit(ctx, { after });
      return verdict(last, true, checked.fault);
    }
    if (rows.length === pageSize) continue;
    const newest = kept.last?.seq ?? 0;
    return verdict(last, true, newest > last.seq ? missing(last.seq + 1, newest) : null);
  }
  return verdict(last, false, null);
}

/** What the first entry behind `after` is chained to. */
async function startOf(ctx: Context, after: number) {
  const anchor = await anchorOf(ctx);
  const first = anchor ?? origin(ctx.teamId);
  const entry =
    after > first.seq
      ? await ctx.db
          .select({ seq: auditEntries.seq, hash: auditEntries.hash })
          .from(auditEntries)
          .where(and(eq(auditEntries.teamId, ctx.teamId), eq(auditEntries.seq, after)))
          .get()
      : undefined;
  return {
    ...(entry ?? first),
    /** Entries are deleted for their age alone, which the gate is told of before. */
    deletedTooMuch: (allowed: number) =>
      anchor !== undefined && anchor.hash !== unchained && anchor.seq > allowed,
  };
}

const anchorOf = (ctx: Context): Promise<Link | undefined> =>
  ctx.db
    .select({ seq: auditAnchors.seq, hash: auditAnchors.hash })
    .from(auditAnchors)
    .where(eq(auditAnchors.teamId, ctx.teamId))
    .get();
