import { DurableObject } from "cloudflare:workers";

/** So many failures within so long, and for how long nothing is tried then. */
export type AttemptRule = { failures: number; withinMs: number; lockMs: number };

/**
 * What failed lately under one name: an address, or an account somebody tries to sign in to. Its memory is its own
 * SQLite, so that an eviction gives nobody a fresh start.
 */
export class Attempts extends DurableObject<Env> {
  readonly #sql: SqlStorage;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.#sql = ctx.storage.sql;
    this.#sql.exec(`
      CREATE TABLE IF NOT EXISTS failures (at INTEGER NOT NULL);
      CREATE TABLE IF NOT EXISTS locked (one INTEGER PRIMARY KEY, until INTEGER NOT NULL);
    `);
  }

  /** Milliseconds until something may be tried again; 0 for now. */
  waitMs(): number {
    const [row] = this.#sql.exec<{ until: number }>("SELECT until FROM locked").toArray();
    return Math.max(0, (row?.until ?? 0) - Date.now());
  }

  /** One more failure. Answers with how long nothing may be tried now; 0 while there is room. */
  fail(rule: AttemptRule): number {
    const now = Date.now();
    this.#sql.exec("DELETE FROM failures WHERE at <= ?", now - rule.withinMs);
    this.#sql.exec("INSERT INTO failures VALUES (?)", now);
    const { count } = this.#sql
      .exec<{ count: number }>("SELECT count(*) AS count FROM failures")
      .one();
    if (count >= rule.failures) {
      this.#sql.exec("DELETE FROM failures");
      this.#sql.exec("INSERT OR REPLACE INTO locked VALUES (1, ?)", now + rule.lockMs);
    }
    void this.ctx.storage.setAlarm(now + rule.withinMs + rule.lockMs);
    return this.waitMs();
  }

  /** It worked: what failed before is forgotten. */
  succeed(): void {
    this.#sql.exec("DELETE FROM failures");
  }

  /** Nothing was tried for a while. */
  override async alarm(): Promise<void> {
    await this.ctx.storage.deleteAll();
  }
}
