// A long audit log, changed behind the hub's back in every way: what was done is found, and the entry named.
import { spawnSync } from "node:child_process";
import { cpSync, globSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { hashOf, type Line } from "../scripts/audit/chain.ts";
import { ask, startHubProcess, type Figure, type HubProcess } from "./hub-process.ts";

export type AuditSize = { entries: number };

export const auditSize = {
  full: { entries: 100_000 },
  tenth: { entries: 2_000 },
} satisfies Record<string, AuditSize>;

export async function runAudit({ entries }: AuditSize): Promise<Figure> {
  const broken: string[] = [];
  let hub = await startHubProcess();
  try {
    await change(hub);
    await hub.stop();
    const log = new Log(hub.data);
    log.grow(entries);
    hub = await hub.restart();
    await change(hub);
    const began = performance.now();
    const whole = verify(hub);
    const ms = Math.round(performance.now() - began);
    if (whole.code !== 0) broken.push(`the untouched log: ${whole.said}`);
    broken.push(...(await checkExport(hub)));
    await hub.stop();
    log.keep();
    let found = 0;
    for (const { what, where, tamper } of tamperings(entries)) {
      log.change(tamper);
      hub = await hub.restart();
      const { code, said } = verify(hub);
      await hub.stop();
      log.restore();
      const named =
        said.includes(`broken at entry ${where} `) || said.includes(`broken at entry ${where}.`);
      if (code === 1 && named) found += 1;
      else broken.push(`${what}: entry ${where} is not named, but: ${said}`);
    }
    const line = `audit: ${entries} entries checked in ${ms} ms, ${found} of ${tamperings(entries).length} ways to change one found and named`;
    return { line, broken };
  } finally {
    await hub.stop();
    hub.clear();
  }
}

type Tampering = { what: string; where: number; tamper: (log: Rows) => void };

/** What somebody who can write to the database could do to it. `where` is the entry that must be named. */
function tamperings(entries: number): Tampering[] {
  const middle = Math.floor(entries * 0.6);
  return [
    {
      what: "a changed field",
      where: middle,
      tamper: (log) =>
        log.run("UPDATE audit_entries SET person_id = 'per_other' WHERE seq = ?", middle),
    },
    {
      what: "a deleted entry",
      where: middle,
      tamper: (log) => log.run("DELETE FROM audit_entries WHERE seq = ?", middle),
    },
    {
      what: "two entries in each other's place",
      where: middle,
      tamper: (log) => {
        log.run("UPDATE audit_entries SET seq = -1 WHERE seq = ?", middle);
        log.run("UPDATE audit_entries SET seq = ? WHERE seq = ?", middle, middle + 40);
        log.run("UPDATE audit_entries SET seq = ? WHERE seq = -1", middle + 40);
      },
    },
    {
      what: "an entry put in",
      where: middle,
      tamper: (log) => {
        log.run("UPDATE audit_entries SET seq = -seq WHERE seq >= ?", middle);
        log.run("UPDATE audit_entries SET seq = 1 - seq WHERE seq < 0");
        log.insert([{ ...log.at(middle - 1), seq: middle, id: "aud_put_in" }]);
      },
    },
    {
      what: "the newest entries cut off",
      where: entries - 9,
      tamper: (log) => log.run("DELETE FROM audit_entries WHERE seq >= ?", entries - 9),
    },
    {
      what: "the newest entries written anew, with right hashes",
      where: entries - 99,
      tamper: (log) => log.rewriteFrom(entries - 99),
    },
  ];
}

/** A change of the team over the API, which leaves an entry. */
async function change(hub: HubProcess): Promise<void> {
  const { status } = await ask(hub, "/api/v1/api-keys", { body: { name: "For the record" } });
  if (status !== 201) throw new Error(`No key could be made: ${status}`);
  // The hub notes the entry's hash in the background.
  await new Promise((wake) => setTimeout(wake, 300));
}

function verify(hub: HubProcess, file?: string): { code: number; said: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["scripts/audit.ts", "verify", ...(file === undefined ? [] : ["--file", file])],
    { encoding: "utf8", env: { ...process.env, HUB_URL: hub.url, HUB_KEY: hub.apiKey } },
  );
  return { code: status ?? -1, said: `${stdout}${stderr}`.trim() };
}

/** What was exported can be checked without the hub, and a change in it is found as well. */
async function checkExport(hub: HubProcess): Promise<string[]> {
  const { body: text } = await ask(hub, "/api/v1/audit/export?format=jsonl");
  const file = join(hub.data, "export.jsonl");
  const lines = String(text).trimEnd().split("\n");
  writeFileSync(file, lines.join("\n"));
  const whole = verify(hub, file);
  lines[41] = (lines[41] ?? "").replace('"action":"', '"action":"x');
  writeFileSync(file, lines.join("\n"));
  const changed = verify(hub, file);
  return [
    ...(whole.code === 0 ? [] : [`the export of the untouched log: ${whole.said}`]),
    ...(changed.code === 1 && changed.said.includes("entry 42 ")
      ? []
      : [`an export with entry 42 changed: ${changed.said}`]),
  ];
}

/** The hub's files while it does not run. */
class Log {
  readonly #state: string;
  readonly #copy: string;

  constructor(data: string) {
    this.#state = join(data, "state");
    this.#copy = join(data, "copy");
  }

  /** Adds entries as the hub would have written them, and what its gate would have noted. */
  grow(entries: number): void {
    const links: Line[] = [];
    this.#open("audit_entries", (database) => {
      const rows = new Rows(database);
      let last = rows.newest();
      const added: Line[] = [];
      while (last.seq < entries - 1) {
        const next = { ...last, seq: last.seq + 1, id: `aud_grown_${last.seq + 1}`, at: last.at };
        last = { ...next, hash: hashOf(last.hash, next) };
        added.push(last);
      }
      rows.insert(added);
      links.push(...added.filter(({ seq }) => seq > entries - 1000 || seq % 1000 === 0));
    });
    this.#open("audit_links", (database) => {
      const add = database.prepare("INSERT OR IGNORE INTO audit_links VALUES (?, ?)");
      for (const { seq, hash } of links) add.run(seq, hash);
    });
  }

  keep(): void {
    cpSync(this.#state, this.#copy, { recursive: true });
  }

  change(tamper: (rows: Rows) => void): void {
    this.#open("audit_entries", (database) => tamper(new Rows(database)));
  }

  restore(): void {
    rmSync(this.#state, { recursive: true });
    cpSync(this.#copy, this.#state, { recursive: true });
  }

  /** The one database that has rows in this table. */
  #open(table: string, work: (database: DatabaseSync) => void): void {
    for (const file of globSync(join(this.#state, "**/*.sqlite"))) {
      const database = new DatabaseSync(file);
      try {
        const known = database
          .prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?")
          .get(table);
        if (!known || !database.prepare(`SELECT 1 FROM ${table}`).get()) continue;
        database.exec("BEGIN");
        work(database);
        database.exec("COMMIT");
        return;
      } finally {
        database.close();
      }
    }
    throw new Error(`No database of the hub has rows in ${table}.`);
  }
}

/** The entries of the one team, as rows. */
class Rows {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  run(statement: string, ...values: number[]): void {
    this.#database.prepare(statement).run(...values);
  }

  at(seq: number): Line {
    return toLine(this.#database.prepare("SELECT * FROM audit_entries WHERE seq = ?").get(seq));
  }

  newest(): Line {
    return toLine(
      this.#database.prepare("SELECT * FROM audit_entries ORDER BY seq DESC LIMIT 1").get(),
    );
  }

  insert(lines: readonly Line[]): void {
    const add = this.#database.prepare(
      `INSERT INTO audit_entries (id, team_id, seq, at, actor_kind, actor_id, person_id, action, subject_id, request_id,
       address, user_agent, details, before, after, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    const text = (state: object | null) => (state === null ? null : JSON.stringify(state));
    for (const line of lines)
      add.run(
        line.id,
        line.teamId,
        line.seq,
        line.at,
        line.actor.kind,
        line.actor.id,
        line.actor.personId,
        line.action,
        line.subjectId,
        line.requestId,
        line.address,
        line.userAgent,
        text(line.details),
        text(line.before),
        text(line.after),
        line.hash,
      );
  }

  /** Somebody who knows how hashes are made changes one entry and all hashes from it on. */
  rewriteFrom(seq: number): void {
    const set = this.#database.prepare(
      "UPDATE audit_entries SET subject_id = ?, hash = ? WHERE seq = ?",
    );
    let previous = this.at(seq - 1).hash;
    for (let at = seq; at <= this.newest().seq; at++) {
      const line = this.at(at);
      const subjectId = at === seq ? "nothing_to_see" : line.subjectId;
      previous = hashOf(previous, { ...line, subjectId });
      set.run(subjectId, previous, at);
    }
  }
}

function toLine(row: Record<string, unknown> | undefined): Line {
  const state = (text: unknown) => (typeof text === "string" ? (JSON.parse(text) as object) : null);
  return {
    ...row,
    teamId: row?.["team_id"],
    actor: { kind: row?.["actor_kind"], id: row?.["actor_id"], personId: row?.["person_id"] },
    subjectId: row?.["subject_id"],
    requestId: row?.["request_id"],
    userAgent: row?.["user_agent"],
    details: state(row?.["details"]),
    before: state(row?.["before"]),
    after: state(row?.["after"]),
  } as Line;
}
