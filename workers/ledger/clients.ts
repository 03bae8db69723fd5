import type { McpClient } from "../../shared/contracts/clients";
import type { Page } from "../../shared/contracts/pages";
import { newId } from "../../shared/ids";
import { toPage } from "../platform/pages";

/** A client as it was heard of once. */
export type SeenClient = Omit<McpClient, "id" | "firstSeenAt" | "lastSeenAt"> & { at: number };

export type ClientFilter = {
  limit: number;
  after?: { lastSeenAt: number; id: string } | undefined;
  keyId?: string | undefined;
};

type Noted = Omit<McpClient, "grantId"> & Partial<Pick<McpClient, "grantId">>;

const mostClients = 500;

/** The clients of one team, one for each name under each key. The one that was unseen longest makes room. */
export function openClients(sql: SqlStorage) {
  sql.exec(`
    CREATE TABLE IF NOT EXISTS clients (
      caller_id TEXT NOT NULL, name TEXT NOT NULL, id TEXT NOT NULL, last_seen_at INTEGER NOT NULL,
      client TEXT NOT NULL, PRIMARY KEY (caller_id, name)
    ) WITHOUT ROWID;
  `);
  return {
    see({ at, ...said }: SeenClient): McpClient {
      const callerId = said.keyId ?? said.grantId ?? said.personId ?? "";
      const [row] = sql
        .exec<{ client: string }>(
          "SELECT client FROM clients WHERE caller_id = ? AND name = ?",
          callerId,
          said.name,
        )
        .toArray();
      const known = row && (JSON.parse(row.client) as McpClient);
      const client: McpClient = {
        ...said,
        id: known?.id ?? newId("cli", at),
        firstSeenAt: known?.firstSeenAt ?? at,
        lastSeenAt: Math.max(at, known?.lastSeenAt ?? 0),
      };
      sql.exec(
        "INSERT OR REPLACE INTO clients VALUES (?, ?, ?, ?, ?)",
        callerId,
        client.name,
        client.id,
        client.lastSeenAt,
        JSON.stringify(client),
      );
      if (!known) forgetOldest();
      return client;
    },

    /** Last seen first. */
    list({ limit, after, keyId }: ClientFilter): Page<McpClient> {
      const rows = sql
        .exec<{ client: string }>(
          `SELECT client FROM clients WHERE caller_id = ifnull(?, caller_id)
           AND (last_seen_at, id) < (?, ?) ORDER BY last_seen_at DESC, id DESC LIMIT ?`,
          keyId ?? null,
          after?.lastSeenAt ?? Number.MAX_SAFE_INTEGER,
          after?.id ?? "",
          limit + 1,
        )
        .toArray();
      return toPage(rows, limit, {
        item: ({ client }) => {
          // One that was noted before clients could sign in by themselves has no grant.
          const { grantId = null, ...known } = JSON.parse(client) as Noted;
          return { ...known, grantId };
        },
        cursor: ({ lastSeenAt, id }) => `${lastSeenAt}.${id}`,
      });
    },
  };

  function forgetOldest(): void {
    sql.exec(
      `DELETE FROM clients WHERE id IN
       (SELECT id FROM clients ORDER BY last_seen_at DESC, id DESC LIMIT -1 OFFSET ?)`,
      mostClients,
    );
  }
}
