import { desc, eq } from "drizzle-orm";
import type { BatchItem } from "drizzle-orm/batch";
import type { DrizzleD1Database } from "drizzle-orm/d1";
import { newId } from "../../shared/ids";
import type { Actor, Context } from "../platform/context";
import { describeError, log } from "../platform/log";
import { refusedTaken } from "../platform/refused";
import { hashOf, origin, type AuditRow, type Link } from "./chain";
import { auditAnchors, auditEntries } from "./tables";

/** Who acts, where from: a Context, or what is known before there is one. */
export type Author = {
  env: Env;
  db: DrizzleD1Database;
  teamId: string;
  actor: Actor;
  address: string | null;
  userAgent: string | null;
  requestId: string;
  now: number;
};

/** What happened to what. `before` and `after` are the thing's state around a change. None of it holds a secret. */
export type AuditEvent = {
  action: string;
  subjectId: string;
  details?: Record<string, unknown>;
  before?: Record<string, unknown>;
  after?: Record<string, unknown>;
};

const maxTries = 60;

/** An event that changes nothing in the registry. */
export async function record(author: Author, event: AuditEvent): Promise<void> {
  await recorded(author, event, []);
}

/**
 * Runs the statements and writes the event in one D1 batch, so that neither can exist without the other. The entry is
 * chained to the one before it: of two changes at once the table's unique sequence lets one through, and the other is
 * tried again on top of it. Answers with what the statements answer.
 */
export async function recorded<Statements extends readonly BatchItem<"sqlite">[]>(
  author: Author,
  event: AuditEvent,
  statements: readonly [...Statements],
): Promise<{ [Place in keyof Statements]: Statements[Place]["_"]["result"] }> {
  for (let tries = 1; ; tries++) {
    const last = await headOf(author.db, author.teamId);
    const row = await rowAfter(last, author, event);
    try {
      const [, ...results] = await author.db.batch([
        author.db.insert(auditEntries).values(row),
        ...statements,
      ]);
      await noted(author, row);
      return results;
    } catch (error) {
      const taken = refusedTaken(error, "audit_entries.team_id, audit_entries.seq");
      if (!taken || tries === maxTries) throw error;
      await scheduler.wait(Math.random() * Math.min(200, 5 * tries));
    }
  }
}

/** Tells the gate the new head of the chain, in the background where there is one. It may fail: the next one tells more. */
async function noted(author: Author & Partial<Pick<Context, "waitUntil">>, row: AuditRow) {
  const { env, teamId, requestId } = author;
  const work = env.TEAM_GATE.getByName(teamId)
    .noteAudit([{ seq: row.seq, hash: row.hash }])
    .catch((error: unknown) =>
      log("warn", "audit.not_noted", { requestId, teamId, error: describeError(error) }),
    );
  if (author.waitUntil) author.waitUntil(work);
  else await work;
}

async function rowAfter(last: Link, author: Author, event: AuditEvent): Promise<AuditRow> {
  const row: Omit<AuditRow, "hash"> = {
    id: newId("aud", author.now),
    teamId: author.teamId,
    seq: last.seq + 1,
    at: author.now,
    actorKind: author.actor.kind,
    actorId: author.actor.id,
    personId: author.actor.personId,
    action: event.action,
    subjectId: event.subjectId,
    requestId: author.requestId,
    address: author.address,
    userAgent: author.userAgent?.slice(0, 300) ?? null,
    details: JSON.stringify(event.details ?? {}),
    before: event.before === undefined ? null : JSON.stringify(event.before),
    after: event.after === undefined ? null : JSON.stringify(event.after),
  };
  return { ...row, hash: await hashOf(last.hash, row) };
}

/** The last entry of the team's chain; where all were deleted for their age, the last of those. */
export async function headOf(db: DrizzleD1Database, teamId: string): Promise<Link> {
  const [[entry], [anchor]] = await db.batch([
    db
      .select({ seq: auditEntries.seq, hash: auditEntries.hash })
      .from(auditEntries)
      .where(eq(auditEntries.teamId, teamId))
      .orderBy(desc(auditEntries.seq))
      .limit(1),
    db
      .select({ seq: auditAnchors.seq, hash: auditAnchors.hash })
      .from(auditAnchors)
      .where(eq(auditAnchors.teamId, teamId)),
  ]);
  return entry ?? anchor ?? origin(teamId);
}
