import { DurableObject } from "cloudflare:workers";
import { describeError, log } from "../platform/log";

/** So many failures within so long, and for how long nothing is tried then. */
export type AttemptRule = { failures: number; withinMs: number; lockMs: number };

const againMs = 60_000;

/**
 * What failed lately under one name: an address, or an account somebody tries to sign in to. Its memory is its own
 * SQLite, so that an eviction gives nobody a fresh start, and holds no more rows than the rule has failures.
 */
export class Attempts extends DurableObject<Env> {
  readonly #sql: SqlStorage;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.#sql = ctx.storage.sql;
    this.#open();
  }

  #open(): void {
    this.#sql.exec(`
      CREATE TABLE IF NOT EXISTS failures (at INTEGER NOT NULL);
      CREATE TABLE IF NOT EXISTS locked (one INTEGER PRIMARY KEY, until INTEGER NOT NULL);
    `);
  }

  /** Milliseconds until something may be tried again; 0 for now. */
  #waitMs(): number {
    const [row] = this.#sql.exec<{ until: number }>("SELECT until FROM locked").toArray();
    return Math.max(0, (row?.until ?? 0) - Date.now());
  }

  /**
   * Counts a failure, or a try before it is made, so that many at once are no more than the rule allows. Answers with how
   * long nothing may be tried; 0 for go on. What worked is taken back with `succeed` or `forgive`.
   */
  begin(rule: AttemptRule): number {
    const wait = this.#waitMs();
    if (wait > 0) return wait;
    return this.#add(rule) <= rule.failures ? 0 : this.#lock(rule);
  }

  /** It worked: what failed before is forgotten. */
  succeed(): void {
    this.#sql.exec("DELETE FROM failures; DELETE FROM locked;");
  }

  /** One try that had begun worked; the others stay counted. */
  forgive(): void {
    this.#sql.exec("DELETE FROM failures WHERE rowid = (SELECT max(rowid) FROM failures)");
  }

  /** How many there are now within the rule's time. */
  #add({ withinMs, lockMs }: AttemptRule): number {
    const now = Date.now();
    this.#sql.exec("DELETE FROM failures WHERE at <= ?", now - withinMs);
    this.#sql.exec("INSERT INTO failures VALUES (?)", now);
    void this.ctx.storage.setAlarm(now + withinMs + lockMs);
    return this.#sql.exec<{ count: number }>("SELECT count(*) AS count FROM failures").one().count;
  }

  #lock({ lockMs }: AttemptRule): number {
    this.#sql.exec("DELETE FROM failures");
    this.#sql.exec("INSERT OR REPLACE INTO locked VALUES (1, ?)", Date.now() + lockMs);
    return lockMs;
  }

  /** Nothing was tried for a while: nothing is kept. */
  override async alarm(): Promise<void> {
    try {
      await this.ctx.storage.deleteAll();
      this.#open();
    } catch (error) {
      // Alarms are dropped after six failures: this one never fails, it comes again.
      log("error", "attempts.alarm_failed", { error: describeError(error) });
      await this.ctx.storage.setAlarm(Date.now() + againMs);
    }
  }
}
