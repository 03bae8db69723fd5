/** A credential as it was used once. `place` is its address, or the network of it: what makes one place. */
export type SeenCredential = {
  credentialId: string;
  at: number;
  address: string;
  place: string;
  userAgent: string | null;
};

export type CredentialUse = { at: number; address: string | null; userAgent: string | null };

const mostAddresses = 100;
const mostCredentials = 5000;

/**
 * When and where each key, session and client of a team was used last, and every place it was used from. Both are
 * bounded: the credential that was unused longest makes room, and past its hundredth place none is new.
 */
export function openCredentialUses(sql: SqlStorage) {
  sql.exec(`
    CREATE TABLE IF NOT EXISTS credential_uses (
      credential_id TEXT PRIMARY KEY, at INTEGER NOT NULL, address TEXT, user_agent TEXT
    ) WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS credential_uses_by_time ON credential_uses (at);
    CREATE TABLE IF NOT EXISTS credential_addresses (
      credential_id TEXT NOT NULL, address TEXT NOT NULL, first_at INTEGER NOT NULL,
      PRIMARY KEY (credential_id, address)
    ) WITHOUT ROWID;
  `);
  return {
    /** Whether the credential had been used, and never from there. */
    see({ credentialId, at, address, place, userAgent }: SeenCredential): { newPlace: boolean } {
      sql.exec(
        `INSERT INTO credential_uses VALUES (?, ?, ?, ?) ON CONFLICT (credential_id)
         DO UPDATE SET at = excluded.at, address = excluded.address, user_agent = excluded.user_agent
         WHERE excluded.at >= at`,
        credentialId,
        at,
        address,
        userAgent,
      );
      const { known } = sql
        .exec<{ known: number }>(
          "SELECT count(*) AS known FROM credential_addresses WHERE credential_id = ?",
          credentialId,
        )
        .one();
      if (known >= mostAddresses) return { newPlace: false };
      const added = sql.exec(
        "INSERT OR IGNORE INTO credential_addresses VALUES (?, ?, ?)",
        credentialId,
        place,
        at,
      ).rowsWritten;
      if (known === 0) forgetOldest();
      return { newPlace: known > 0 && added > 0 };
    },

    of(ids: readonly string[]): Record<string, CredentialUse> {
      const rows = sql
        .exec<{
          credential_id: string;
          at: number;
          address: string | null;
          user_agent: string | null;
        }>(
          "SELECT * FROM credential_uses WHERE credential_id IN (SELECT value FROM json_each(?))",
          JSON.stringify(ids),
        )
        .toArray();
      return Object.fromEntries(
        rows.map(({ credential_id: id, at, address, user_agent: userAgent }) => [
          id,
          { at, address, userAgent },
        ]),
      );
    },
  };

  function forgetOldest(): void {
    const gone = sql
      .exec<{ credential_id: string }>(
        "SELECT credential_id FROM credential_uses ORDER BY at DESC LIMIT -1 OFFSET ?",
        mostCredentials,
      )
      .toArray();
    for (const { credential_id: id } of gone) {
      sql.exec("DELETE FROM credential_uses WHERE credential_id = ?", id);
      sql.exec("DELETE FROM credential_addresses WHERE credential_id = ?", id);
    }
  }
}
