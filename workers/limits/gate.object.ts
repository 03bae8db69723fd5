import { DurableObject } from "cloudflare:workers";
import { emptyTables } from "../platform/empty-tables";
import { log, describeError } from "../platform/log";
import { openAuditLinks, type AuditLink } from "./audit-links";
import { markOf, Windows, type Limit, type Spent } from "./admission";
import type { Admission, Admit, Payment, Spend, WithNews } from "./admitting";
import { lostOutcome, type ExecutionNote, type OpenCall, type Settlement } from "./calls";
import { Deliveries } from "./deliveries";
import { openOutbox, type Outbox } from "./outbox";
import { openRefusals } from "./refusals";
import { Servers, type ServerNews, type ServerReport } from "./servers";
import { readRules, type Rules } from "./rules";
import { windowMs } from "./sliding-log";
import { rankUses, type AskedUses, type UsesPage } from "./uses";

/** From how many calls under way on it pays to wait for each other. */
const crowd = 4;
const alarmEveryMs = 20_000;
/** How long after its time limit a call without an outcome is given up. */
const graceMs = 10_000;
/** A probe that takes longer keeps nobody else out: the next call is one too. */
const longestProbeMs = 30_000;
/** When whoever was turned away for the crowd may ask again. */
const shedMs = 1000;
const waitForInputMs = 10 * 60_000;
/** No round of questions: the row of a call that somebody stopped. */
const stoppedRound = -1;
const idempotencyMs = 24 * 60 * 60_000;

/**
 * Admission for one team: limits that are exact, the epoch that says how fresh a Worker's knowledge must be, and the
 * outbox of calls that have begun. Its memory is rebuilt from its own SQLite.
 */
export class TeamGate extends DurableObject<Env> {
  readonly #outbox: Outbox;
  readonly #auditLinks: ReturnType<typeof openAuditLinks>;
  readonly #servers: Servers;
  readonly #refusals: ReturnType<typeof openRefusals>;
  #windows: Windows;
  readonly #open = new Map<string, OpenCall>();
  /** Those of them that wait for their callers' input: nothing is done for them meanwhile. */
  readonly #waiting = new Set<string>();
  /** Admitted, and not on disk yet. */
  #beginning = 0;
  #epoch: number;
  readonly #deliveries: Deliveries;
  #alarmSet = false;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.#outbox = openOutbox(ctx.storage.sql);
    this.#auditLinks = openAuditLinks(ctx.storage.sql);
    this.#servers = new Servers(ctx.storage.sql);
    this.#refusals = openRefusals(ctx.storage.sql);
    this.#epoch = ctx.storage.kv.get<number>("epoch") ?? 1;
    this.#windows = this.#rebuiltWindows();
    for (const { id, ...call } of this.#outbox.open()) {
      const stopped = call.waitingRound === stoppedRound;
      const waitingRound = stopped ? 0 : call.waitingRound;
      const { connectionId } = JSON.parse(call.intent) as { connectionId: string };
      this.#open.set(id, { ...call, connectionId, waitingRound, announced: false, stopped });
      if (waitingRound > 0) this.#waiting.add(id);
    }
    this.#deliveries = new Deliveries({
      teamId: this.#teamId,
      open: this.#open,
      record: async (batch) => {
        await this.env.TEAM_LEDGER.getByName(this.#teamId).record(this.#teamId, batch);
      },
      ended: (calls) => ctx.storage.transactionSync(() => this.#outbox.end(calls)),
    });
    for (const [id, call] of this.#open) this.#deliveries.announce(id, call);
    if (this.#open.size > 0) this.#deliveries.soon();
    // One that is set holds: whoever is evicted between two calls would put it off with each of them.
    void ctx.blockConcurrencyWhile(async () => {
      this.#alarmSet = (await ctx.storage.getAlarm()) !== null;
      if (this.#open.size > 0) this.#setAlarm();
    });
  }

  #rebuiltWindows(): Windows {
    const now = Date.now();
    const windows = new Windows((day) => this.#outbox.countsOf(day));
    this.#outbox.turnBack(now);
    for (const { subject, ...admission } of this.#outbox.admissionsSince(now - windowMs))
      windows.restore(subject, admission);
    return windows;
  }

  get #teamId(): string {
    return this.ctx.id.name ?? "";
  }

  epoch(): number {
    return this.#epoch;
  }

  /** After every change of policy, role, key, connection or tool: what Workers remember of the team is void. */
  bump(): number {
    this.#epoch += 1;
    this.ctx.storage.kv.put("epoch", this.#epoch);
    return this.#epoch;
  }

  /** The team was deleted. Nothing stays but the epoch, a new one: what Workers remember of the team is void for ever. */
  erase(): void {
    this.#open.clear();
    this.#waiting.clear();
    this.#deliveries.clear();
    this.#servers.clear();
    this.#refusals.clear();
    this.ctx.storage.transactionSync(() => {
      this.bump();
      emptyTables(this.ctx.storage);
    });
    this.#windows = this.#rebuiltWindows();
  }

  /** Entries were added to the team's audit log in the registry. What was noted of a number first stays. */
  noteAudit(links: readonly AuditLink[]): void {
    this.#auditLinks.note(links);
  }

  /** The entries up to this one are old enough to be deleted: told before they are. */
  allowAuditDeletion(seq: number): void {
    this.#auditLinks.allowDeletion(seq);
  }

  auditLinks(range: { after: number; upTo: number }) {
    return this.#auditLinks.read(range);
  }

  /**
   * Admits a call and makes its intent durable: the answer leaves only when the row is on disk (output gate), so no
   * server can see a call that a crash would make unknown.
   */
  async admit(call: Admit): Promise<Admission & WithNews> {
    if (call.settlements.length > 0) this.#settleAll(call.settlements);
    const admission = await this.#admit(call);
    const news = this.#servers.takeNews(Date.now());
    return news.length > 0 ? { ...admission, news } : admission;
  }

  async #admit(call: Admit): Promise<Admission> {
    if (call.epoch !== this.#epoch) return { kind: "stale", epoch: this.#epoch };
    const now = Date.now();
    if (call.idempotency) {
      const first = this.#outbox.firstUse(call.idempotency.key, now - idempotencyMs);
      if (first) {
        await this.#deliveries.deliver();
        return {
          kind: "repeated",
          executionId: first.executionId,
          sameRequest: first.hash === call.idempotency.hash,
        };
      }
    }
    if (this.#underWay >= call.inFlight) {
      this.#refusals.note("overloaded");
      return { kind: "shed", retryAfterMs: shedMs };
    }
    const asked = call.connectionId === null ? "pass" : this.#servers.ask(call.connectionId, now);
    if (typeof asked !== "string") {
      this.#refusals.note(asked.kind === "open" ? "circuit_open" : asked.kind);
      return asked;
    }
    const spent = this.#windows.spend(call.limits, now);
    if (!spent.allowed) return this.#limited(spent);
    const open: OpenCall = {
      row: this.#outbox.nextRow(),
      at: now,
      connectionId: call.connectionId,
      subjects: call.limits.map(markOf).join(" "),
      intent: call.intent,
      arguments: call.arguments,
      deadline: now + call.timeoutMs + graceMs,
      waitingRound: 0,
      announced: false,
      stopped: false,
    };
    if (asked === "probe" && call.connectionId !== null)
      this.#servers.probe(call.connectionId, {
        id: call.executionId,
        until: Math.min(open.deadline, now + longestProbeMs),
      });
    if (call.idempotency) this.#outbox.remember(call.idempotency, call.executionId, now);
    this.#setAlarm();
    // A key must never be remembered without its call: with one, both are written in this turn.
    this.#beginning += 1;
    try {
      await this.#outbox.begin(
        { id: call.executionId, ...open },
        call.underway >= crowd && !call.idempotency,
      );
    } finally {
      this.#beginning -= 1;
    }
    // Not before: of a call that the ledger knew and a crash took from here, nobody would ever tell the end.
    this.#open.set(call.executionId, open);
    this.#deliveries.soon();
    const { states: limits, warnings } = spent;
    return {
      kind: "admitted",
      limits,
      ...(warnings.length > 0 ? { warnings } : {}),
      ...(asked === "probe" ? { probe: true } : {}),
    };
  }

  /**
   * Spends of limits for what is called later, once for all its attempts. The answer leaves when it is on disk (output
   * gate), so that it holds across a crash.
   */
  spend({ epoch, limits, once }: Spend): Payment {
    if (epoch !== this.#epoch) return { kind: "stale", epoch: this.#epoch };
    const now = Date.now();
    const first = once && this.#outbox.firstUse(once.key, now - idempotencyMs);
    if (first)
      return {
        kind: "repeated",
        executionId: first.executionId,
        sameRequest: first.hash === once.hash,
      };
    const spent = this.#windows.spend(limits, now);
    if (!spent.allowed) return this.#limited(spent);
    const subjects = limits.map(markOf).join(" ");
    this.ctx.storage.transactionSync(() => {
      this.#outbox.keep([{ at: now, subjects }]);
      if (once) this.#outbox.remember(once, once.id, now);
    });
    this.#setAlarm();
    return { kind: "admitted", limits: spent.states, warnings: spent.warnings };
  }

  #limited({ exceeded, warnings }: Extract<Spent, { allowed: false }>) {
    this.#refusals.note(`${exceeded.name}_${exceeded.window}`);
    return { kind: "limited" as const, exceeded, ...(warnings.length > 0 ? { warnings } : {}) };
  }

  /** How many calls are under way, and how many were ever refused, by why. */
  metrics(): { underWay: number; refusals: Record<string, number> } {
    return { underWay: this.#underWay, refusals: this.#refusals.totals() };
  }

  get #underWay(): number {
    return this.#open.size - this.#waiting.size + this.#beginning;
  }

  /** How these limits stand, and how many calls are under way. Spends nothing. */
  standing(limits: readonly Limit[]) {
    const now = Date.now();
    const uses = limits.map((limit) => ({ ...limit, ...this.#windows.look(limit, now) }));
    return { uses, underWay: this.#underWay };
  }

  /** What was spent lately of all limits of the team, the nearest to its end first. */
  uses(rules: Rules, asked: AskedUses): UsesPage {
    return rankUses(this.#windows, { rules: readRules(rules), now: Date.now() }, asked);
  }

  /** The call waits for its caller's input. Durable before the caller hears of it, so that it can go on. */
  pause(executionId: string, round: number, note: ExecutionNote): ServerNews[] {
    const call = this.#open.get(executionId);
    if (!call) return [];
    call.waitingRound = round;
    this.#waiting.add(executionId);
    call.deadline = Date.now() + waitForInputMs;
    this.#outbox.defer(call.row, call.deadline, round);
    this.#note(executionId, note);
    this.#hear(executionId, call, { verdict: "works" });
    if (call.stopped) this.#endStopped(executionId);
    return this.#servers.takeNews(Date.now());
  }

  /** Goes on with a call that waits in this round; each round can be answered once. Costs no admission. */
  resume(
    executionId: string,
    asked: { epoch: number; round: number; timeoutMs: number },
  ): Admission {
    if (asked.epoch !== this.#epoch) return { kind: "stale", epoch: this.#epoch };
    const call = this.#open.get(executionId);
    if (!call || call.waitingRound !== asked.round)
      return { kind: "repeated", executionId, sameRequest: false };
    const now = Date.now();
    call.waitingRound = 0;
    this.#waiting.delete(executionId);
    call.deadline = now + asked.timeoutMs + graceMs;
    this.#outbox.defer(call.row, call.deadline, 0);
    this.#note(executionId, { at: now, type: "resumed", data: "{}" });
    return { kind: "admitted", limits: [] };
  }

  /** Whether a call under way may go on, and the team's epoch: asked once a second by whoever runs it. */
  look(executionId: string): { epoch: number; stopped: boolean } {
    return { epoch: this.#epoch, stopped: this.#open.get(executionId)?.stopped ?? false };
  }

  /** Somebody stops a call under way: whoever runs it hears of it with its next look. False where none is under way. */
  stop(executionId: string, by: string): boolean {
    const call = this.#open.get(executionId);
    if (!call) return false;
    if (call.stopped) return true;
    const waits = call.waitingRound > 0;
    call.stopped = true;
    if (!waits) this.#outbox.defer(call.row, call.deadline, stoppedRound);
    this.#note(executionId, {
      at: Date.now(),
      type: "stop_requested",
      data: JSON.stringify({ by }),
    });
    if (waits) this.#endStopped(executionId);
    return true;
  }

  /** It waits for its caller's input: nobody runs it who would look. */
  #endStopped(executionId: string): void {
    const error = { code: "cancelled", message: "Somebody stopped this call." };
    const finishedAt = Date.now();
    const outcome = { status: "cancelled", finishedAt, durationMs: null, upstreamMs: null, error };
    const end = { executionId, notes: [], outcome: JSON.stringify(outcome), result: null };
    this.#settleAll([end]);
  }

  /**
   * Whoever ran this call is gone: it ends as lost, if it has no end yet. From here on the ledger knows what became of
   * it, and one that it does not know was never admitted. Throws while the ledger is not to be reached.
   */
  async giveUp(executionId: string): Promise<void> {
    const call = this.#open.get(executionId);
    if (call) {
      const outcome = lostOutcome(call, Date.now());
      this.#settle({ executionId, notes: [], outcome, result: null });
    }
    await this.#deliveries.deliver();
    if (this.#outbox.has(executionId)) throw new Error("The ledger has not heard of this end yet.");
  }

  /** Takes the outcomes of many calls at once. Unknown or settled ones change nothing: a Worker may send twice. */
  settle(settlements: readonly Settlement[]): ServerNews[] {
    this.#settleAll(settlements);
    return this.#servers.takeNews(Date.now());
  }

  /** Leaves what people are to be told of for whoever can tell them. */
  #settleAll(settlements: readonly Settlement[]): void {
    for (const settlement of settlements) this.#settle(settlement);
    this.#deliveries.soon();
  }

  /** People were told of these. */
  toldPeople(news: readonly Pick<ServerNews, "connectionId" | "kind">[]): void {
    this.#servers.toldPeople(news);
  }

  /** The breakers that are not closed, by connection. */
  breakers(): ReturnType<Servers["breakers"]> {
    return this.#servers.breakers();
  }

  /** What vendors told last of their own limits, by connection. */
  vendors(): ReturnType<Servers["vendors"]> {
    return this.#servers.vendors(Date.now());
  }

  #hear(id: string, { connectionId }: OpenCall, report: ServerReport): void {
    if (connectionId === null) return;
    if (!this.#servers.hear({ id, connectionId }, report, Date.now())) return;
    this.#tellPages().catch((error: unknown) =>
      log("warn", "gate.pages_not_told", { teamId: this.#teamId, error: describeError(error) }),
    );
  }

  async #tellPages(): Promise<void> {
    await this.env.TEAM_LEDGER.getByName(this.#teamId).tellEverybody({ type: "limits" });
  }

  #settle({ verdict, failures, vendor, ...news }: Settlement): void {
    const { executionId, outcome } = news;
    const call = this.#open.get(executionId);
    if (!call) return;
    // A note on the way says nothing of the server; an end does, be it that it says nothing.
    if (outcome !== null || verdict) this.#hear(executionId, call, { verdict, failures, vendor });
    if (outcome !== null) {
      this.#open.delete(executionId);
      this.#waiting.delete(executionId);
    }
    this.#deliveries.add(call, news);
  }

  #note(executionId: string, note: ExecutionNote): void {
    this.#settle({ executionId, notes: [note], outcome: null, result: null });
    this.#deliveries.soon();
  }

  #setAlarm(): void {
    if (this.#alarmSet) return;
    this.#alarmSet = true;
    void this.ctx.storage.setAlarm(Date.now() + alarmEveryMs);
  }

  /** Closes what was never settled, delivers what is left, and comes again while anything is open. */
  override async alarm(): Promise<void> {
    this.#alarmSet = false;
    let restless = true;
    try {
      const now = Date.now();
      for (const [executionId, call] of this.#open) {
        if (call.deadline > now) continue;
        this.#settle({ executionId, notes: [], outcome: lostOutcome(call, now), result: null });
      }
      await this.#deliveries.deliver();
      this.#windows.forgetIdle(now);
      this.#servers.tidy(now);
      this.#outbox.forget({ spentBefore: now - windowMs - 1000, usedBefore: now - idempotencyMs });
      restless = this.#open.size > 0 || !this.#deliveries.isEmpty() || !this.#outbox.isEmpty();
    } catch (error) {
      // Alarms are dropped after six failures: this one never fails, it comes again.
      log("error", "gate.alarm_failed", { teamId: this.#teamId, error: describeError(error) });
    }
    if (restless) this.#setAlarm();
  }
}
