import { describeError, log } from "../platform/log";

/** Does what is due of one kind for one subject. Answers when it is due again, in milliseconds, if it is. */
export type DueVerb = (
  subject: string,
  now: number,
) => Promise<number | undefined> | number | undefined;

export type Due = ReturnType<typeof openDue>;

type DueRow = { kind: string; subject: string; at: number };

const mostAtOnce = 100;
const tryAgainMs = 30_000;

/**
 * What an object has to do later: one row for each kind and subject, and one alarm for all of them. A verb can run twice;
 * what it throws is logged, and it is tried again.
 */
export function openDue(storage: DurableObjectStorage, verbs: Record<string, DueVerb>) {
  const { sql } = storage;
  sql.exec(`
    CREATE TABLE IF NOT EXISTS due (
      kind TEXT NOT NULL, subject TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (kind, subject)
    ) WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS due_by_time ON due (at);
  `);
  /** When the alarm rings, as far as this memory knows. */
  let armedFor: number | undefined;
  /** By when each whose verb is under way was asked for again meanwhile. Should the memory go: its row is due still. */
  const underWay = new Map<string, number>();

  return { set, setBy, clear, run };

  /** It is due at that time, and at no other. */
  function set(kind: string, subject: string, at: number): void {
    sql.exec("INSERT OR REPLACE INTO due VALUES (?, ?, ?)", kind, subject, at);
    arm();
  }

  /** It is due by that time at the latest. */
  function setBy(kind: string, subject: string, at: number): void {
    sql.exec(
      `INSERT INTO due VALUES (?, ?, ?) ON CONFLICT (kind, subject)
       DO UPDATE SET at = excluded.at WHERE excluded.at < at`,
      kind,
      subject,
      at,
    );
    const key = keyOf(kind, subject);
    const asked = underWay.get(key);
    if (asked !== undefined) underWay.set(key, Math.min(asked, at));
    arm();
  }

  function clear(kind: string, subject: string): void {
    sql.exec("DELETE FROM due WHERE kind = ? AND subject = ?", kind, subject);
  }

  /** The alarm rang. Never throws: alarms are dropped after six failures. */
  async function run(): Promise<void> {
    armedFor = undefined;
    try {
      const now = Date.now();
      const rows = sql
        .exec<DueRow>("SELECT * FROM due WHERE at <= ? ORDER BY at LIMIT ?", now, mostAtOnce)
        .toArray();
      await Promise.all(rows.map((row) => runOne(row, now)));
      arm();
    } catch (error) {
      log("error", "due.alarm_failed", { error: describeError(error) });
      await storage.setAlarm(Date.now() + tryAgainMs);
    }
  }

  async function runOne({ kind, subject, at }: DueRow, now: number): Promise<void> {
    const key = keyOf(kind, subject);
    let again = Infinity;
    underWay.set(key, Infinity);
    try {
      again = (await verbs[kind]?.(subject, now)) ?? Infinity;
    } catch (error) {
      log("error", "due.failed", { kind, subject, error: describeError(error) });
      again = now + tryAgainMs;
    }
    again = Math.min(again, underWay.get(key) ?? Infinity);
    underWay.delete(key);
    // Meanwhile it may have been set to another time: that holds.
    if (again === Infinity)
      sql.exec("DELETE FROM due WHERE kind = ? AND subject = ? AND at = ?", kind, subject, at);
    else
      sql.exec(
        "UPDATE due SET at = ? WHERE kind = ? AND subject = ? AND at = ?",
        again,
        kind,
        subject,
        at,
      );
  }

  function arm(): void {
    const { at } = sql.exec<{ at: number | null }>("SELECT min(at) AS at FROM due").one();
    if (at === null || at === armedFor) return;
    armedFor = at;
    void storage.setAlarm(at);
  }
}

const keyOf = (kind: string, subject: string): string => `${kind}/${subject}`;
