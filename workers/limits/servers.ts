import { Breaker, type OpenBreaker, type Verdict } from "./breaker";
import type { VendorNews } from "./vendor-limits";

/** What the end of a call told of the server behind its connection. */
export type ServerReport = {
  verdict?: Verdict | undefined;
  /** Attempts that failed; where none is told, what the verdict says. */
  failures?: number | undefined;
  vendor?: VendorNews | undefined;
};

/** Something people are to be told of. */
export type ServerNews = { connectionId: string; kind: "failing" | "recovered"; failures: number };

type Server = {
  breaker: Breaker;
  vendor: VendorNews | null;
  /** When people were last told that it fails, and whether that still stands. */
  told: { at: number; stands: boolean };
  news: ServerNews["kind"] | null;
  /** When somebody was last asked to tell it. */
  handedAt: number;
  /** What has to be kept is not on disk yet. */
  changed: boolean;
};
type Kept = Pick<Server, "vendor" | "told" | "news"> & { open: OpenBreaker | null };

const hourMs = 60 * 60_000;
const dayMs = 24 * hourMs;
/** People hear of a server that comes and goes once an hour. */
const tellEveryMs = hourMs;
/** Whoever was asked to tell it and has not said that it did, died on the way. */
const handAgainMs = 30_000;

/**
 * What a gate knows of the servers behind its team's connections: their breakers, and their vendors' own limits. What
 * decides is written down when it changes, what only informs from time to time; all of it is read again after an
 * eviction.
 */
export class Servers {
  readonly #sql: SqlStorage;
  readonly #servers = new Map<string, Server>();
  /** Those of which people are to be told something. */
  readonly #news = new Set<string>();

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    sql.exec(
      "CREATE TABLE IF NOT EXISTS servers (connection_id TEXT PRIMARY KEY, state TEXT NOT NULL) WITHOUT ROWID",
    );
    for (const row of sql.exec<{ connection_id: string; state: string }>("SELECT * FROM servers")) {
      const { open, ...kept } = JSON.parse(row.state) as Kept;
      const breaker = new Breaker(open);
      this.#servers.set(row.connection_id, { ...kept, breaker, handedAt: 0, changed: false });
      if (kept.news) this.#news.add(row.connection_id);
    }
  }

  /** Whether a call may go to the server now, and if so whether as the one probe. */
  ask(
    connectionId: string,
    now: number,
  ): "pass" | "probe" | { kind: "open" | "vendor_limited"; retryAfterMs: number } {
    const server = this.#servers.get(connectionId);
    if (!server) return "pass";
    const blockedMs = Math.min((server.vendor?.blockedUntil ?? 0) - now, hourMs);
    if (blockedMs > 0) return { kind: "vendor_limited", retryAfterMs: blockedMs };
    const asked = server.breaker.ask(now);
    return typeof asked === "string" ? asked : { kind: "open", retryAfterMs: asked.waitMs };
  }

  probe(connectionId: string, probe: { id: string; until: number }): void {
    const server = this.#of(connectionId);
    server.breaker.probe(probe);
    this.#keep(connectionId, server);
  }

  /** Says whether the breaker of the connection is another now. */
  hear(call: { id: string; connectionId: string }, report: ServerReport, now: number): boolean {
    const { verdict, vendor } = report;
    const failures = report.failures ?? (verdict === "fails" ? 1 : 0);
    const known = this.#servers.get(call.connectionId);
    if (verdict === undefined && failures === 0 && !vendor && !known?.breaker.open) return false;
    const server = known ?? this.#of(call.connectionId);
    const before = server.breaker.open;
    const turned = server.breaker.hear({ id: call.id, failures, verdict }, now);
    if (turned) this.#note(call.connectionId, server, { turned, now });
    const blocks = vendor ? this.#learn(server, vendor) : false;
    if (blocks || server.breaker.open !== before) this.#keep(call.connectionId, server);
    return turned !== undefined || blocks;
  }

  /** Says whether the vendor is to be left alone, or not any more. The newest word counts. */
  #learn(server: Server, vendor: VendorNews): boolean {
    const before = server.vendor;
    if (before && before.heardAt > vendor.heardAt) return false;
    server.vendor = vendor;
    server.changed = true;
    return (before?.blockedUntil ?? null) !== vendor.blockedUntil;
  }

  #note(
    connectionId: string,
    server: Server,
    { turned, now }: { turned: "opened" | "closed"; now: number },
  ): void {
    const { told } = server;
    if (turned === "opened") {
      if (told.stands || now - told.at < tellEveryMs) return;
      server.told = { at: now, stands: true };
      server.news = "failing";
    } else {
      if (!told.stands) return;
      server.told = { ...told, stands: false };
      server.news = "recovered";
    }
    server.handedAt = 0;
    this.#news.add(connectionId);
  }

  /** What people are to be told now. Whoever takes it says with `toldPeople` that it is done. */
  takeNews(now: number): ServerNews[] {
    if (this.#news.size === 0) return [];
    const taken: ServerNews[] = [];
    for (const connectionId of this.#news) {
      const server = this.#of(connectionId);
      if (!server.news || now - server.handedAt < handAgainMs) continue;
      server.handedAt = now;
      taken.push({
        connectionId,
        kind: server.news,
        failures: server.breaker.open?.failures ?? 0,
      });
    }
    return taken;
  }

  toldPeople(told: readonly Pick<ServerNews, "connectionId" | "kind">[]): void {
    for (const { connectionId, kind } of told) {
      const server = this.#servers.get(connectionId);
      // Meanwhile it may be otherwise again.
      if (server?.news !== kind) continue;
      server.news = null;
      this.#news.delete(connectionId);
      this.#keep(connectionId, server);
    }
  }

  /** The breakers that are not closed. */
  breakers() {
    return [...this.#servers].flatMap(
      ([
        connectionId,
        {
          breaker: { open },
        },
      ]) =>
        open === null
          ? []
          : [
              {
                connectionId,
                state: open.state,
                failures: open.failures,
                since: open.since,
                retryAt: open.retryAt,
              },
            ],
    );
  }

  /** What vendors told last of their own limits. */
  vendors(now: number) {
    return [...this.#servers].flatMap(([connectionId, { vendor }]) => {
      if (!vendor || isOver(vendor, now)) return [];
      const { blockedUntil } = vendor;
      const blocks = blockedUntil !== null && blockedUntil > now;
      return [{ connectionId, ...vendor, blockedUntil: blocks ? blockedUntil : null }];
    });
  }

  /** Writes down what is not on disk yet, and forgets what nobody asks for any more. */
  tidy(now: number): void {
    for (const [connectionId, server] of this.#servers) {
      const { open } = server.breaker;
      if (open && now - open.retryAt > dayMs) {
        // Nobody calls it any more: whoever does finds out anew.
        server.breaker = new Breaker();
        this.#note(connectionId, server, { turned: "closed", now });
        server.changed = true;
      }
      if (this.#isIdle(server, now)) {
        this.#servers.delete(connectionId);
        this.#sql.exec("DELETE FROM servers WHERE connection_id = ?", connectionId);
      } else if (server.changed) this.#keep(connectionId, server);
    }
  }

  clear(): void {
    this.#servers.clear();
    this.#news.clear();
  }

  #isIdle({ breaker, vendor, told, news }: Server, now: number): boolean {
    const isKnown = vendor !== null && !isOver(vendor, now);
    return (
      breaker.isIdle(now) &&
      !isKnown &&
      news === null &&
      !told.stands &&
      now - told.at > tellEveryMs
    );
  }

  #of(connectionId: string): Server {
    let server = this.#servers.get(connectionId);
    if (!server) {
      const breaker = new Breaker();
      const told = { at: 0, stands: false };
      server = { breaker, vendor: null, told, news: null, handedAt: 0, changed: false };
      this.#servers.set(connectionId, server);
    }
    return server;
  }

  #keep(connectionId: string, server: Server): void {
    const { breaker, vendor, told, news } = server;
    server.changed = false;
    const kept: Kept = { open: breaker.open, vendor, told, news };
    this.#sql.exec(
      "INSERT OR REPLACE INTO servers VALUES (?, ?)",
      connectionId,
      JSON.stringify(kept),
    );
  }
}

/** What was heard an hour ago, of a limit that is whole again, tells nothing any more. */
const isOver = ({ heardAt, resetAt, blockedUntil }: VendorNews, now: number): boolean =>
  now - heardAt > hourMs && (resetAt ?? 0) <= now && (blockedUntil ?? 0) <= now;
