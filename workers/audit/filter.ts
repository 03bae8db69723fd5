import { and, asc, desc, eq, gt, gte, lt, lte, type SQL } from "drizzle-orm";
import type { AuditFilter } from "../../shared/contracts/audit";
import type { Context } from "../platform/context";
import { auditEntries } from "./tables";

/** An entry bears the time its request came in, and so may stand behind later ones, but never by this much. */
const slackMs = 60 * 60_000;

export function matching(ctx: Pick<Context, "teamId">, filter: AuditFilter): SQL | undefined {
  const { action, person, subject, since, until } = filter;
  return and(
    eq(auditEntries.teamId, ctx.teamId),
    action === undefined ? undefined : isAction(action),
    person === undefined ? undefined : eq(auditEntries.personId, person),
    subject === undefined ? undefined : eq(auditEntries.subjectId, subject),
    since === undefined ? undefined : gte(auditEntries.at, since),
    until === undefined ? undefined : lte(auditEntries.at, until),
  );
}

function isAction(action: string): SQL | undefined {
  if (!action.endsWith("*")) return eq(auditEntries.action, action);
  const prefix = action.slice(0, -1);
  return and(gte(auditEntries.action, prefix), lt(auditEntries.action, `${prefix}\uffff`));
}

/** Whether one index gives exactly the entries a filter keeps, in order. Of others a page looks at so many at most. */
export function isOneIndex({ action, person, subject }: AuditFilter): boolean {
  if (action?.endsWith("*")) return false;
  return [action, person, subject].filter((value) => value !== undefined).length <= 1;
}

/** The numbers between which every entry of that time lies: `above` and `below` are outside. Two looks at an index. */
export async function seqsOf(
  ctx: Pick<Context, "teamId" | "db">,
  { since, until }: AuditFilter,
): Promise<{ above: number; below: number }> {
  const before = since === undefined ? undefined : await lastBefore(ctx, since - slackMs);
  const behind = until === undefined ? undefined : await firstAfter(ctx, until + slackMs);
  return { above: before ?? 0, below: behind ?? Number.MAX_SAFE_INTEGER };
}

const lastBefore = async ({ db, teamId }: Pick<Context, "teamId" | "db">, at: number) =>
  (
    await db
      .select({ seq: auditEntries.seq })
      .from(auditEntries)
      .where(and(eq(auditEntries.teamId, teamId), lt(auditEntries.at, at)))
      .orderBy(desc(auditEntries.at))
      .limit(1)
      .get()
  )?.seq;

const firstAfter = async ({ db, teamId }: Pick<Context, "teamId" | "db">, at: number) =>
  (
    await db
      .select({ seq: auditEntries.seq })
      .from(auditEntries)
      .where(and(eq(auditEntries.teamId, teamId), gt(auditEntries.at, at)))
      .orderBy(asc(auditEntries.at))
      .limit(1)
      .get()
  )?.seq;
