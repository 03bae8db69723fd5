import { floorTo, keptMs, unitMs, units, type Bucket } from "./buckets";
import type { Intent, Outcome } from "./records";
import {
  addOutcome,
  addTo,
  newTally,
  packed,
  totalOf,
  unpacked,
  type EndStatus,
  type Tally,
} from "./tally";

/** An execution that has just ended. */
export type Ended = { intent: Intent; outcome: Outcome };

/**
 * What is counted apart. `actor`: a person, or a client that acts for none. `caller`: the key or client a person's call
 * came by. `error`: an error's code.
 */
export type Kind = "all" | "connection" | "tool" | "actor" | "caller" | "error";

/** A row that was read: what it is about, and its counts. */
export type Counted = { at: number; key: string; connectionId: string; tally: Tally };

export type Wanted = { kind: Kind; key?: string | undefined; hidden: ReadonlySet<string> };

type Row = { place: string; tally: string };

/** What a count is of. */
type Subject = [
  startedAt: number,
  connectionId: string,
  toolId: string | null,
  actorId: string,
  personId: string | null,
  code: string | null,
];
/** What waits to be counted: few characters, since every call leaves one. */
type Fact = [...Subject, status: EndStatus, durationMs: number | null];

const foldEvery = 1000;
const dropAtOnce = 5000;
const ever = "ever/0/all//";
const everOf = "ever/0/connection/";

export type Rollups = ReturnType<typeof openRollups>;

/**
 * Counts of the executions that have ended, by minute, hour and day of their beginning. All but those of the whole team
 * are kept for each connection apart, so that whoever may not see one can be told of the others.
 *
 * A row's place is `<unit>/<begin>/<kind>/<key>/<connection>`: the rows of one bucket lie beside each other, so that what
 * a call adds to is on few pages.
 */
export function openRollups(storage: DurableObjectStorage) {
  const { sql } = storage;
  sql.exec(`
    CREATE TABLE IF NOT EXISTS rollups (place TEXT PRIMARY KEY, tally TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS to_count (n INTEGER PRIMARY KEY, facts TEXT NOT NULL);
  `);
  /** How many wait, at most. */
  let waiting = foldEvery;

  return { add, read, counted, lifetimes, drop, clear };

  /**
   * Notes executions within the transaction that ends them: one row for all of them. They are added to the counts when
   * somebody reads those, or when there are many: a count is written once for hundreds of calls.
   */
  function add(ended: readonly Ended[]): void {
    if (ended.length === 0) return;
    const facts = JSON.stringify(ended.map(factOf));
    sql.exec("INSERT INTO to_count (facts) VALUES (?)", facts);
    waiting += ended.length;
    if (waiting >= foldEvery) fold();
  }

  /** Adds what waits to the counts. */
  function fold(): void {
    if (waiting > 0) storage.transactionSync(foldAll);
    waiting = 0;
  }

  function foldAll(): void {
    const rows = sql.exec<{ facts: string }>("SELECT facts FROM to_count ORDER BY n").toArray();
    const facts = rows.flatMap((row) => JSON.parse(row.facts) as Fact[]);
    if (facts.length === 0) return;
    const sums = new Map<string, Tally>();
    const now = Date.now();
    for (const { subject, tally } of alike(facts))
      for (const place of placesOf(subject, now)) {
        const sum = sums.get(place) ?? newTally();
        addTo(sum, tally);
        sums.set(place, sum);
      }
    for (const { place, tally } of rowsAt([...sums.keys()])) {
      const sum = sums.get(place);
      if (sum) addTo(sum, unpacked(tally));
    }
    sql.exec(
      "INSERT OR REPLACE INTO rollups SELECT key, value FROM json_each(?)",
      JSON.stringify(Object.fromEntries([...sums].map(([place, tally]) => [place, packed(tally)]))),
    );
    sql.exec("DELETE FROM to_count");
  }

  function rowsAt(places: readonly string[]): Row[] {
    return sql
      .exec<Row>(
        "SELECT place, tally FROM json_each(?) AS wanted CROSS JOIN rollups WHERE place = wanted.value",
        JSON.stringify(places),
      )
      .toArray();
  }

  /** The counts of a kind in these buckets: of one key, or of all there are. Without those of hidden connections. */
  function read(buckets: readonly Bucket[], { kind, key, hidden }: Wanted): Counted[] {
    fold();
    const prefixes = buckets.map(
      ({ unit, at }) => `${unit}/${at}/${kind}/${key === undefined ? "" : `${key}/`}`,
    );
    return sql
      .exec<Row>(
        `SELECT place, tally FROM json_each(?) AS prefix CROSS JOIN rollups
         WHERE place >= prefix.value AND place < prefix.value || '~'`,
        JSON.stringify(prefixes),
      )
      .toArray()
      .map(toCounted)
      .filter(({ connectionId }) => !hidden.has(connectionId));
  }

  /** How many executions were ever counted. */
  function counted(): number {
    fold();
    const [row] = rowsAt([ever]);
    return row ? totalOf(unpacked(row.tally)) : 0;
  }

  /** What the executions of each connection ever came to, the oldest connection first. It never goes down. */
  function lifetimes(): Counted[] {
    fold();
    return sql
      .exec<Row>(
        "SELECT place, tally FROM rollups WHERE place >= ? AND place < ? ORDER BY place",
        everOf,
        `${everOf}~`,
      )
      .toArray()
      .map(toCounted);
  }

  /** Drops some of what is older than it is kept. True where there may be more. */
  function drop(now: number): boolean {
    fold();
    return (["minute", "hour"] as const).some((unit) => {
      const { rowsWritten } = sql.exec(
        `DELETE FROM rollups WHERE place IN (
           SELECT place FROM rollups WHERE place >= ? AND place < ? LIMIT ?)`,
        `${unit}/`,
        // Half an hour more than is read.
        `${unit}/${now - keptMs[unit] - unitMs.hour / 2}`,
        dropAtOnce,
      );
      return rowsWritten >= dropAtOnce;
    });
  }

  function clear(): void {
    sql.exec("DELETE FROM rollups");
    sql.exec("DELETE FROM to_count");
  }
}

/** Of the kinds of a key with a slash in it only the connection's id is sure to have none. */
function toCounted({ place, tally }: Row): Counted {
  const [, at, , ...rest] = place.split("/");
  return {
    at: Number(at),
    connectionId: rest.at(-1) ?? "",
    key: rest.slice(0, -1).join("/"),
    tally: unpacked(tally),
  };
}

/** Those of one minute that count at the same places, together. */
function alike(facts: readonly Fact[]): Iterable<{ subject: Subject; tally: Tally }> {
  const groups = new Map<string, { subject: Subject; tally: Tally }>();
  for (const [startedAt, connectionId, toolId, actorId, personId, code, ...end] of facts) {
    const minute = floorTo("minute", startedAt);
    const name = `${minute} ${connectionId} ${toolId} ${actorId} ${personId} ${code}`;
    let group = groups.get(name);
    if (!group) {
      const subject: Subject = [minute, connectionId, toolId, actorId, personId, code];
      groups.set(name, (group = { subject, tally: newTally() }));
    }
    const [status, durationMs] = end;
    addOutcome(group.tally, { status, durationMs });
  }
  return groups.values();
}

/** Finer ones only as long as they are kept. */
function placesOf(
  [startedAt, connectionId, toolId, actorId, personId, code]: Subject,
  now: number,
): string[] {
  const kinds = [
    "all//",
    `connection/${connectionId}/${connectionId}`,
    `actor/${personId ?? actorId}/${connectionId}`,
  ];
  if (toolId !== null) kinds.push(`tool/${toolId}/${connectionId}`);
  if (personId !== null && personId !== actorId) kinds.push(`caller/${actorId}/${connectionId}`);
  if (code !== null) kinds.push(`error/${code}/${connectionId}`);
  const places = [ever, `${everOf}${connectionId}/${connectionId}`];
  for (const unit of units) {
    if (startedAt < now - keptMs[unit]) continue;
    const at = floorTo(unit, startedAt);
    for (const kind of kinds) places.push(`${unit}/${at}/${kind}`);
  }
  return places;
}

function factOf({ intent, outcome }: Ended): Fact {
  const { startedAt, connectionId, toolId, actor } = intent;
  const code = outcome.error?.code ?? null;
  const { id, personId } = actor;
  return [startedAt, connectionId, toolId, id, personId, code, outcome.status, outcome.durationMs];
}
