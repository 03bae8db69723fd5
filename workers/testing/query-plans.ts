import { vi } from "vitest";

/** Each statement about rows of these tables that is executed meanwhile, with the plan SQLite makes of it. */
export async function queryPlans(
  { sql, tables }: { sql: SqlStorage; tables: readonly string[] },
  run: () => unknown,
): Promise<{ query: string; plan: string }[]> {
  const exec = vi.spyOn(sql, "exec");
  await run();
  const asked = [...exec.mock.calls];
  exec.mockRestore();
  return asked
    .filter(([query]) => !/^\s*CREATE/.test(query) && tables.some((table) => query.includes(table)))
    .map(([query, ...bound]) => ({
      query,
      plan: sql
        .exec<{ detail: string }>(`EXPLAIN QUERY PLAN ${query}`, ...bound)
        .toArray()
        .map(({ detail }) => detail)
        .join("; "),
    }));
}
