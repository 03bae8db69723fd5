import { sha256Hex } from "../platform/encoding";
import type { auditEntries } from "./tables";

export type AuditRow = typeof auditEntries.$inferSelect;
export type Link = { seq: number; hash: string };

/** What the first entry of a team is chained to. */
export const origin = (teamId: string): Link => ({ seq: 0, hash: `plugboard-audit ${teamId}` });

/**
 * The hash of an entry, as hex: SHA-256 over a JSON array of the hash before it and the entry's fields in this order.
 * Anybody can compute it anew from an export.
 */
export function hashOf(previous: string, row: Omit<AuditRow, "hash">): Promise<string> {
  return sha256Hex(
    JSON.stringify([
      previous,
      row.teamId,
      row.seq,
      row.id,
      row.at,
      row.actorKind,
      row.actorId,
      row.personId,
      row.action,
      row.subjectId,
      row.requestId,
      row.address,
      row.userAgent,
      row.details,
      row.before,
      row.after,
    ]),
  );
}
