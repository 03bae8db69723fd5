/**
 * How often calls were refused before they were admitted, by why, ever since the team began. A refusal costs no write of
 * its own: what was counted is written when somebody asks, and within a few seconds. A count that was told is on disk.
 */
export function openRefusals(sql: SqlStorage) {
  sql.exec(
    "CREATE TABLE IF NOT EXISTS refusals (reason TEXT PRIMARY KEY, calls INTEGER NOT NULL) WITHOUT ROWID",
  );
  const unwritten = new Map<string, number>();
  let writesSoon = false;

  return {
    note(reason: string): void {
      unwritten.set(reason, (unwritten.get(reason) ?? 0) + 1);
      if (writesSoon) return;
      writesSoon = true;
      setTimeout(() => {
        writesSoon = false;
        write();
      }, writeAfterMs);
    },

    /** By reason. */
    totals(): Record<string, number> {
      write();
      const rows = sql.exec<{ reason: string; calls: number }>("SELECT * FROM refusals").toArray();
      return Object.fromEntries(rows.map(({ reason, calls }) => [reason, calls]));
    },

    clear(): void {
      unwritten.clear();
    },
  };

  function write(): void {
    if (unwritten.size === 0) return;
    sql.exec(
      `INSERT INTO refusals SELECT value ->> 0, value ->> 1 FROM json_each(?) WHERE true
       ON CONFLICT (reason) DO UPDATE SET calls = calls + excluded.calls`,
      JSON.stringify([...unwritten]),
    );
    unwritten.clear();
  }
}

const writeAfterMs = 2000;
