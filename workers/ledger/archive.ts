import type { ArchiveFile } from "../../shared/contracts/archives";
import type { Page } from "../../shared/contracts/pages";
import { timeOf } from "../../shared/ids";
import { toPage } from "../platform/pages";
import { toLines, type Whole } from "./history";

/** A file, and how many executions of each connection it holds. */
export type Archived = Omit<ArchiveFile, "executions"> & { connections: Record<string, number> };

const id = "exe_[0-9a-hjkmnp-tv-z]{26}";
export const archiveName = new RegExp(`^${id}-${id}\\.jsonl\\.gz$`);

/** The month an execution began in (UTC), as `2026-11`. */
export const monthOf = (id: string): string => new Date(timeOf(id)).toISOString().slice(0, 7);

/** Where a file lies, by its name, which must match `archiveName`. */
export const archiveKey = (teamId: string, name: string): string =>
  `${teamId}/${monthOf(name)}/${name}`;

/** A deployment may have no bucket: then what is old is deleted and nothing else. */
export const bucketOf = (env: Env): R2Bucket | undefined => env.ARCHIVE;

/** Writes executions of one month into a file. The same ones, or more of the same range, write over it. */
export async function writeArchive(
  { bucket, teamId }: { bucket: R2Bucket; teamId: string },
  whole: Whole,
  range: { first: string; last: string },
): Promise<Archived> {
  const name = `${range.first}-${range.last}.jsonl.gz`;
  const packed = new Response(toLines(whole)).body?.pipeThrough(new CompressionStream("gzip"));
  const bytes = await new Response(packed ?? null).arrayBuffer();
  const connections: Record<string, number> = {};
  for (const { connection_id: id } of whole.executions)
    connections[id] = (connections[id] ?? 0) + 1;
  const [from, to] = [timeOf(range.first), timeOf(range.last)];
  await bucket.put(archiveKey(teamId, name), bytes, {
    httpMetadata: { contentType: "application/gzip" },
    customMetadata: {
      executions: String(whole.executions.length),
      from: String(from),
      to: String(to),
    },
  });
  return { name, size: bytes.byteLength, from, to, connections };
}

/** Deletes every file of a team. */
export async function eraseArchive(bucket: R2Bucket, teamId: string): Promise<void> {
  for (;;) {
    const { objects } = await bucket.list({ prefix: `${teamId}/`, limit: 1000 });
    if (objects.length === 0) return;
    await bucket.delete(objects.map(({ key }) => key));
  }
}

export type ArchivesAsked = {
  limit: number;
  cursor?: string | undefined;
  hidden: readonly string[];
};

/** The list of a team's files, beside what it was made of: it tells whose executions are in each. */
export function openArchives(sql: SqlStorage) {
  sql.exec(
    "CREATE TABLE IF NOT EXISTS archives (name TEXT PRIMARY KEY, file TEXT NOT NULL) WITHOUT ROWID",
  );
  return {
    add(file: Archived): void {
      sql.exec("INSERT OR REPLACE INTO archives VALUES (?, ?)", file.name, JSON.stringify(file));
    },

    /** Newest first. Of hidden connections nothing is counted; a file of nothing else is left out, so a page may be short. */
    list(asked: ArchivesAsked): Page<ArchiveFile> {
      const rows = sql
        .exec<{ name: string; file: string }>(
          "SELECT name, file FROM archives WHERE name < ? ORDER BY name DESC LIMIT ?",
          asked.cursor ?? "~",
          asked.limit + 1,
        )
        .toArray();
      const { items, nextCursor } = toPage(rows, asked.limit, {
        item: ({ file }) => toFile(JSON.parse(file) as Archived, asked.hidden),
        cursor: ({ name }) => name,
      });
      return { items: items.filter(({ executions }) => executions > 0), nextCursor };
    },
  };
}

function toFile({ connections, ...file }: Archived, hidden: readonly string[]): ArchiveFile {
  const seen = Object.entries(connections).filter(([id]) => !hidden.includes(id));
  return { ...file, executions: seen.reduce((sum, [, n]) => sum + n, 0) };
}
