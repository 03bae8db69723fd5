import { and, eq, gte, lte, sql } from "drizzle-orm";
import { teamKey } from "../keys";
import { forgetRecord, type CredentialRef, type RecordNote } from "../store";
import { referredTo, type Referred } from "../subjects";
import { credentials } from "../tables";
import type { Work } from "./reseal";

/** Longer than it takes to write a record's row after the record. */
const settledMs = 10 * 60_000;

type Found = CredentialRef & { note: RecordNote };

/**
 * Looks through the team's records themselves before a key is dropped. What no row stands for and nothing refers to is
 * deleted: it was left by somebody who was killed. A row that was lost, or says another key than its record, is set
 * right. Answers with how many rows were: there are records to seal anew then.
 */
export async function sweepRecords(work: Work, now: number): Promise<number> {
  const { env, db, teamId } = work;
  const { id: newestId } = await teamKey(env, teamId);
  const prefix = `t/${teamId}/c/`;
  let mended = 0;
  for (let cursor: string | undefined; ;) {
    const page = await env.TOKENS.list<RecordNote>({ prefix, ...(cursor ? { cursor } : {}) });
    const found = page.keys.map(({ name, metadata }) =>
      toFound(name.slice(prefix.length), metadata),
    );
    const rows = await rowsOf(work, found);
    const strays = found.filter((one) => rows.get(one.id)?.version !== one.version);
    const referred = await referredTo(
      db,
      teamId,
      strays.map(({ id }) => id),
    );
    const refers = (one: CredentialRef) =>
      referred.find(({ id, version }) => id === one.id && version === one.version);
    for (const one of strays) {
      const subject = refers(one);
      if (subject && !rows.has(one.id)) mended += await insertRow(work, { ...one, subject }, now);
      if (!subject && one.note.at < now - settledMs) await forgetRecord(work, one);
    }
    for (const one of found) {
      const row = rows.get(one.id);
      const differs =
        row?.version === one.version && row.keyId === newestId && one.note.keyId !== newestId;
      if (differs) mended += await setRowRight(work, one, newestId);
    }
    if (page.list_complete) return mended;
    cursor = page.cursor;
  }
}

/** Records from before there were notes name the only key there was. */
function toFound(place: string, note: RecordNote | undefined): Found {
  const [id = "", version = ""] = place.split("/");
  return { id, version: Number(version), note: note ?? { keyId: "d1", at: 0 } };
}

async function rowsOf({ db, teamId }: Work, found: readonly Found[]) {
  const ids = found.map(({ id }) => id).sort();
  const rows = await db
    .select({ id: credentials.id, version: credentials.version, keyId: credentials.keyId })
    .from(credentials)
    .where(
      and(
        eq(credentials.teamId, teamId),
        gte(credentials.id, ids[0] ?? ""),
        lte(credentials.id, ids.at(-1) ?? ""),
      ),
    );
  return new Map(rows.map((row) => [row.id, row]));
}

async function insertRow(
  { db, teamId }: Work,
  { id, version, note, subject }: Found & { subject: Referred },
  now: number,
): Promise<number> {
  const { meta } = await db
    .insert(credentials)
    .values({
      id,
      teamId,
      version,
      keyId: note.keyId,
      kind: subject.kind,
      subjectId: subject.subjectId,
      createdAt: now,
      updatedAt: now,
    })
    .onConflictDoNothing();
  return meta.changes;
}

async function setRowRight(
  { db, teamId }: Work,
  { id, version, note }: Found,
  newestId: string,
): Promise<number> {
  const { meta } = await db
    .update(credentials)
    .set({ keyId: note.keyId })
    .where(
      sql`${credentials.id} = ${id} AND ${credentials.teamId} = ${teamId} AND ${credentials.version} = ${version} AND ${credentials.keyId} = ${newestId}`,
    );
  return meta.changes;
}
