/** Deletes every row an object keeps. Its tables stay, and so does what lies in its key-value storage. */
export function emptyTables({ sql }: DurableObjectStorage): void {
  const tables = sql
    .exec<{ name: string }>(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND substr(name, 1, 1) <> '_' AND substr(name, 1, 7) <> 'sqlite_'",
    )
    .toArray();
  for (const { name } of tables) sql.exec(`DELETE FROM "${name}"`);
}
