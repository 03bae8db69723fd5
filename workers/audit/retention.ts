import { and, asc, eq, lte, sql } from "drizzle-orm";
import { auditDays } from "../platform/settings";
import { registryOf } from "../platform/registry";
import { auditAnchors, auditEntries } from "./tables";

const dayMs = 24 * 60 * 60_000;
const atOnce = 1000;
/** Of one run: the next one goes on. */
const mostBatches = 300;

/**
 * Deletes entries that are older than PLUGBOARD_AUDIT_DAYS, the oldest of each team's chain first. The last one that
 * goes is written down in the same batch, so that the chain goes on from it. Answers with how many went.
 */
export async function deleteOldAudit(env: Env, now: number): Promise<number> {
  const cutoff = now - auditDays(env) * dayMs;
  let deleted = 0;
  let batches = 0;
  for (let teamId = await teamAfter(env, "", cutoff); teamId !== null;) {
    const gone = await deleteOldest(env, teamId, cutoff);
    deleted += gone;
    batches += 1;
    if (batches === mostBatches) break;
    if (gone < atOnce) teamId = await teamAfter(env, teamId, cutoff);
  }
  return deleted;
}

/** The next team, in the order of ids, that has an entry from before the cutoff. */
async function teamAfter(env: Env, teamId: string, cutoff: number): Promise<string | null> {
  const row = await registryOf(env).get<{ id: string | null } | undefined>(sql`
    WITH RECURSIVE known (id) AS (
      SELECT min(team_id) FROM audit_entries WHERE team_id > ${teamId}
      UNION ALL
      SELECT (SELECT min(team_id) FROM audit_entries WHERE team_id > known.id) FROM known WHERE id IS NOT NULL
    )
    SELECT id FROM known
    WHERE (SELECT min(at) FROM audit_entries WHERE team_id = known.id) < ${cutoff} LIMIT 1`);
  return row?.id ?? null;
}

/** Only from the beginning of the chain: an old entry behind a newer one waits for that one. */
async function deleteOldest(env: Env, teamId: string, cutoff: number): Promise<number> {
  const db = registryOf(env);
  const oldest = await db
    .select({ seq: auditEntries.seq, hash: auditEntries.hash, at: auditEntries.at })
    .from(auditEntries)
    .where(eq(auditEntries.teamId, teamId))
    .orderBy(asc(auditEntries.seq))
    .limit(atOnce);
  const kept = oldest.findIndex(({ at }) => at >= cutoff);
  const gone = kept < 0 ? oldest : oldest.slice(0, kept);
  const last = gone.at(-1);
  if (last === undefined) return 0;
  await env.TEAM_GATE.getByName(teamId).allowAuditDeletion(last.seq);
  const { seq, hash } = last;
  await db.batch([
    db
      .insert(auditAnchors)
      .values({ teamId, seq, hash })
      // What was written before there were chains lies before the anchor already.
      .onConflictDoUpdate({
        target: auditAnchors.teamId,
        set: { seq, hash },
        setWhere: sql`excluded.seq > ${auditAnchors.seq}`,
      }),
    db.delete(auditEntries).where(and(eq(auditEntries.teamId, teamId), lte(auditEntries.seq, seq))),
  ]);
  return gone.length;
}
