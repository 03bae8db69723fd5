import { and, eq, sql } from "drizzle-orm";
import type { DrizzleD1Database } from "drizzle-orm/d1";
import { findDataKey, teamKey } from "../keys";
import { open, readKeyId, seal } from "../sealing";
import { forgetRecord, placeOf, putRecord, recordName, type CredentialRef } from "../store";
import { referredTo } from "../subjects";
import { credentials } from "../tables";

export type Work = {
  env: Env;
  db: DrizzleD1Database;
  teamId: string;
  /** How many records it may still write: a Worker's run has a limit of its own. */
  budget: { records: number };
};

/** KV gives a hundred at once. */
const pageSize = 50;

/**
 * Seals every record that is sealed with this key anew, as far as the budget goes. Goes on where it was killed: what is
 * done names the newest key. Answers with how many were done and how many do not open, and whether it came to the end.
 */
export async function resealAll(
  work: Work,
  oldId: string,
): Promise<{ done: number; stuck: number; whole: boolean }> {
  const { db, teamId, budget } = work;
  let done = 0;
  let stuck = 0;
  for (let after = 0; ;) {
    const limit = Math.min(pageSize, budget.records);
    if (limit <= 0) return { done, stuck, whole: false };
    const rows = await db
      .select({
        place: sql<number>`rowid`,
        id: credentials.id,
        version: credentials.version,
      })
      .from(credentials)
      .where(
        and(eq(credentials.teamId, teamId), eq(credentials.keyId, oldId), sql`rowid > ${after}`),
      )
      .orderBy(sql`rowid`)
      .limit(limit);
    const last = rows.at(-1);
    if (!last) return { done, stuck, whole: true };
    const sealed = await resealPage(work, oldId, rows);
    budget.records -= rows.length;
    done += sealed;
    stuck += rows.length - sealed;
    after = last.place;
  }
}

async function resealPage(work: Work, oldId: string, refs: CredentialRef[]): Promise<number> {
  const { env, db, teamId } = work;
  const newest = await teamKey(env, teamId);
  const stored = await env.TOKENS.get(refs.map((ref) => recordName(teamId, ref)));
  const written = await Promise.all(
    refs.map(async (ref) => {
      const record = stored.get(recordName(teamId, ref));
      if (typeof record !== "string") return null;
      // Killed between the record and its row.
      if (readKeyId(record) === newest.id) return ref;
      const plain = await openedOrNull(work, ref, record);
      if (plain === null) return null;
      const anew = await seal(newest, placeOf(teamId, ref), plain);
      await putRecord(work, ref, { record: anew, at: Date.now() });
      return ref;
    }),
  );
  const sealed = written.filter((ref) => ref !== null);
  if (sealed.length === 0) return 0;
  const versions = JSON.stringify(
    Object.fromEntries(sealed.map(({ id, version }) => [id, version])),
  );
  const marked = await db
    .update(credentials)
    .set({ keyId: newest.id })
    .where(
      and(
        sql`${credentials.id} IN (SELECT key FROM json_each(${versions}))`,
        eq(credentials.teamId, teamId),
        eq(credentials.keyId, oldId),
        sql`${credentials.version} = json_extract(${versions}, '$."' || ${credentials.id} || '"')`,
      ),
    )
    .returning({ id: credentials.id });
  const found = new Set(marked.map(({ id }) => id));
  await takeBack(
    work,
    sealed.filter(({ id }) => !found.has(id)),
  );
  return sealed.length;
}

async function openedOrNull({ env, teamId }: Work, ref: CredentialRef, record: string) {
  const keyId = readKeyId(record);
  const key = keyId === null ? null : await findDataKey(env, teamId, keyId);
  if (key === null) return null;
  return open(key, placeOf(teamId, ref), record).then(
    (plain) => new Uint8Array(plain),
    () => null,
  );
}

/**
 * Records whose rows did not name the old key any more when they had been written: another run did the same, which is
 * fine; or they were deleted or replaced meanwhile, and do not come back.
 */
async function takeBack(work: Work, refs: CredentialRef[]): Promise<void> {
  if (refs.length === 0) return;
  const { db, teamId } = work;
  const ids = refs.map(({ id }) => id);
  const rows = await db
    .select({ id: credentials.id, version: credentials.version })
    .from(credentials)
    .where(
      and(
        eq(credentials.teamId, teamId),
        sql`${credentials.id} IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`,
      ),
    );
  const kept = new Set([...rows, ...(await referredTo(db, teamId, ids))].map(nameOf));
  for (const ref of refs) if (!kept.has(nameOf(ref))) await forgetRecord(work, ref);
}

const nameOf = ({ id, version }: CredentialRef) => `${id}/${version}`;
