import type { AuditEntry } from "../../shared/contracts/audit";
import type { AuditRow } from "./chain";

export function toEntry(row: AuditRow): AuditEntry {
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
