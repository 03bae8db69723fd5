// The audit log's chain, written a second time from its description in docs/audit.md: it shares nothing with the hub.
import { createHash } from "node:crypto";

/** A line of an export in JSON Lines. */
export type Line = {
  teamId: string;
  seq: number;
  id: string;
  at: number;
  actor: { kind: string; id: string; personId: string | null };
  action: string;
  subjectId: string;
  requestId: string;
  address: string | null;
  userAgent: string | null;
  details: object;
  before: object | null;
  after: object | null;
  hash: string;
};

export type Link = { seq: number; hash: string };
export type Fault = { seq: number; id: string | null; reason: string };

export const origin = (teamId: string): Link => ({ seq: 0, hash: `plugboard-audit ${teamId}` });

export function hashOf(previous: string, line: Line): string {
  const { teamId, seq, id, at, actor, action, subjectId, requestId, address, userAgent } = line;
  const text = (state: object | null) => (state === null ? null : JSON.stringify(state));
  const fields = [
    previous,
    teamId,
    seq,
    id,
    at,
    actor.kind,
    actor.id,
    actor.personId,
    action,
    subjectId,
    requestId,
    address,
    userAgent,
    text(line.details),
    text(line.before),
    text(line.after),
  ];
  return createHash("sha256").update(JSON.stringify(fields)).digest("hex");
}

/** What is wrong with an entry that follows this link; undefined where it is whole. */
export function faultOf(last: Link, line: Line): Fault | undefined {
  const { seq, id, hash } = line;
  const expected = last.seq + 1;
  if (seq > expected)
    return {
      seq: expected,
      id: null,
      reason:
        seq === expected + 1
          ? `Entry ${expected} is missing.`
          : `The entries ${expected} to ${seq - 1} are missing.`,
    };
  if (seq < expected) return { seq, id, reason: `Entry ${seq} is out of its place.` };
  if (hash !== hashOf(last.hash, line))
    return {
      seq,
      id,
      reason: `Entry ${seq} does not follow from the one before it: it was changed, moved or put in, or the one before it was and its hash with it.`,
    };
  return undefined;
}
