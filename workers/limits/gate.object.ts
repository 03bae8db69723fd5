import { DurableObject } from "cloudflare:workers";
import { emptyTables } from "../platform/empty-tables";
import { log, describeError } from "../platform/log";
import { openAuditLinks, type AuditLink } from "./audit-links";
import { Windows, type Limit, type LimitState } from "./admission";
import { openOutbox, type Outbox } from "./outbox";
import { windowMs } from "./sliding-log";

export type Admit = {
  /** The epoch the caller's knowledge belongs to; an older one is refused as stale before anything is spent. */
  epoch: number;
  executionId: string;
  limits: readonly Limit[];
  /** Milliseconds the call may take. */
  timeoutMs: number;
  /** JSON the ledger records: what runs, for whom, since when. */
  intent: string;
  /** The arguments as the ledger records them. */
  arguments: string | null;
  /** How many calls of the team the asking Worker has under way. */
  underway: number;
  /** Who repeats this key within a day gets the first execution, not a second. */
  idempotency: { key: string; hash: string } | null;
  /** What became of earlier calls. */
  settlements: readonly Settlement[];
};

export type Admission =
  | { kind: "admitted"; limits: LimitState[] }
  | { kind: "stale"; epoch: number }
  | { kind: "limited"; exceeded: LimitState }
  | { kind: "repeated"; executionId: string; sameRequest: boolean };

export type ExecutionNote = { at: number; type: string; data: string };

/** What became of a call, or what was heard of it on the way. */
export type Settlement = {
  executionId: string;
  notes: ExecutionNote[];
  /** JSON the ledger records: status, times, error. Null while the call goes on. */
  outcome: string | null;
  result: string | null;
};

type OpenCall = {
  /** The number of its row in the outbox. */
  row: number;
  at: number;
  subjects: string;
  intent: string;
  arguments: string | null;
  deadline: number;
  /** The round of questions it waits in; 0 while it runs. */
  waitingRound: number;
  announced: boolean;
};

/** From how many calls under way on it pays to wait for each other. */
const crowd = 4;
const deliverEveryMs = 100;
const alarmEveryMs = 20_000;
/** Well under the 32 MiB that a message between objects may have. */
const maxBatchCharacters = 4 * 1024 * 1024;
/** How long after its time limit a call without an outcome is given up. */
const graceMs = 10_000;
const waitForInputMs = 10 * 60_000;
const idempotencyMs = 24 * 60 * 60_000;

/**
 * Admission for one team: limits that are exact, the epoch that says how fresh a Worker's knowledge must be, and the
 * outbox of calls that have begun. Its memory is rebuilt from its own SQLite.
 */
export class TeamGate extends DurableObject<Env> {
  readonly #outbox: Outbox;
  readonly #auditLinks: ReturnType<typeof openAuditLinks>;
  readonly #windows = new Windows();
  readonly #open = new Map<string, OpenCall>();
  #epoch: number;
  readonly #undelivered = new Map<string, Settlement & { call: OpenCall }>();
  #deliveryTimer = false;
  #alarmSet = false;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.#outbox = openOutbox(ctx.storage.sql);
    this.#auditLinks = openAuditLinks(ctx.storage.sql);
    this.#epoch = ctx.storage.kv.get<number>("epoch") ?? 1;
    for (const { subject, at } of this.#outbox.admissionsSince(Date.now() - windowMs))
      this.#windows.restore(subject, at);
    for (const { id, ...call } of this.#outbox.open()) {
      this.#open.set(id, { ...call, announced: false });
      this.#note(id, { at: Date.now(), type: "", data: "" });
    }
    if (this.#open.size > 0) this.#deliverSoon();
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
    this.#undelivered.clear();
    this.ctx.storage.transactionSync(() => {
      this.bump();
      emptyTables(this.ctx.storage);
    });
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
  async admit(call: Admit): Promise<Admission> {
    if (call.settlements.length > 0) this.settle(call.settlements);
    if (call.epoch !== this.#epoch) return { kind: "stale", epoch: this.#epoch };
    const now = Date.now();
    if (call.idempotency) {
      const first = this.#outbox.firstUse(call.idempotency.key, now - idempotencyMs);
      if (first) {
        await this.#deliver();
        return {
          kind: "repeated",
          executionId: first.executionId,
          sameRequest: first.hash === call.idempotency.hash,
        };
      }
    }
    const spent = this.#windows.spend(call.limits, now);
    if (!spent.allowed) return { kind: "limited", exceeded: spent.exceeded };
    const open: OpenCall = {
      row: this.#outbox.nextRow(),
      at: now,
      subjects: call.limits.map((limit) => limit.subject).join(" "),
      intent: call.intent,
      arguments: call.arguments,
      deadline: now + call.timeoutMs + graceMs,
      waitingRound: 0,
      announced: false,
    };
    if (call.idempotency) this.#outbox.remember(call.idempotency, call.executionId, now);
    this.#setAlarm();
    // A key must never be remembered without its call: with one, both are written in this turn.
    await this.#outbox.begin(
      { id: call.executionId, ...open },
      call.underway >= crowd && !call.idempotency,
    );
    // Not before: of a call that the ledger knew and a crash took from here, nobody would ever tell the end.
    this.#open.set(call.executionId, open);
    this.#deliverSoon();
    return { kind: "admitted", limits: spent.states };
  }

  /** The call waits for its caller's input. Durable before the caller hears of it, so that it can go on. */
  pause(executionId: string, round: number, note: ExecutionNote): void {
    const call = this.#open.get(executionId);
    if (!call) return;
    call.waitingRound = round;
    call.deadline = Date.now() + waitForInputMs;
    this.#outbox.defer(call.row, call.deadline, round);
    this.#note(executionId, note);
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
    call.deadline = now + asked.timeoutMs + graceMs;
    this.#outbox.defer(call.row, call.deadline, 0);
    this.#note(executionId, { at: now, type: "resumed", data: "{}" });
    return { kind: "admitted", limits: [] };
  }

  /** Takes the outcomes of many calls at once. Unknown or settled ones change nothing: a Worker may send twice. */
  settle(settlements: readonly Settlement[]): void {
    for (const settlement of settlements) this.#settle(settlement);
    this.#deliverSoon();
  }

  #settle({ executionId, notes, outcome, result }: Settlement): void {
    const call = this.#open.get(executionId);
    if (!call) return;
    const entry = this.#undelivered.get(executionId) ?? {
      executionId,
      notes: [],
      outcome: null,
      result: null,
      call,
    };
    entry.notes.push(...notes);
    if (outcome !== null) {
      entry.outcome = outcome;
      entry.result = result;
      this.#open.delete(executionId);
    }
    this.#undelivered.set(executionId, entry);
  }

  #note(executionId: string, note: ExecutionNote): void {
    this.#settle({
      executionId,
      notes: note.type === "" ? [] : [note],
      outcome: null,
      result: null,
    });
    this.#deliverSoon();
  }

  #deliverSoon(): void {
    if (this.#deliveryTimer) return;
    this.#deliveryTimer = true;
    setTimeout(() => {
      this.#deliveryTimer = false;
      void this.#deliver();
    }, deliverEveryMs);
  }

  /** Hands what is new to the ledger. What fails stays and is tried again, by the timer and by the alarm. */
  async #deliver(): Promise<void> {
    this.#announce();
    if (this.#undelivered.size === 0) return;
    const batch = this.#takeBatch();
    const more = this.#undelivered.size > 0;
    try {
      await this.env.TEAM_LEDGER.getByName(this.#teamId).record(
        this.#teamId,
        batch.map(({ executionId, notes, outcome, result, call }) => ({
          executionId,
          notes,
          outcome,
          result,
          intent: call.intent,
          arguments: call.announced ? null : call.arguments,
        })),
      );
      for (const { call } of batch) call.announced = true;
      this.#outbox.end(batch.filter((entry) => entry.outcome !== null).map(({ call }) => call));
      if (more) await this.#deliver();
    } catch (error) {
      log("error", "ledger.delivery_failed", {
        teamId: this.#teamId,
        calls: batch.length,
        error: describeError(error),
      });
      this.#putBack(batch);
      this.#deliverSoon();
    }
  }

  /** A call that goes on for a while is shown as running; most end before, and are written down once. */
  #announce(): void {
    const before = Date.now() - deliverEveryMs;
    for (const [executionId, call] of this.#open) {
      if (call.announced || this.#undelivered.has(executionId)) continue;
      if (call.at > before) this.#deliverSoon();
      else
        this.#undelivered.set(executionId, {
          executionId,
          notes: [],
          outcome: null,
          result: null,
          call,
        });
    }
  }

  /** What one message between objects can hold, oldest first. The rest stays. */
  #takeBatch(): (Settlement & { call: OpenCall })[] {
    const batch = [];
    let characters = 0;
    for (const [executionId, entry] of this.#undelivered) {
      characters += (entry.result?.length ?? 0) + (entry.call.arguments?.length ?? 0);
      for (const { data } of entry.notes) characters += data.length;
      if (characters > maxBatchCharacters && batch.length > 0) break;
      batch.push(entry);
      this.#undelivered.delete(executionId);
    }
    return batch;
  }

  /** Older news goes before what arrived while the delivery was under way. */
  #putBack(batch: readonly (Settlement & { call: OpenCall })[]): void {
    for (const entry of batch) {
      const newer = this.#undelivered.get(entry.executionId);
      this.#undelivered.set(entry.executionId, {
        ...entry,
        notes: [...entry.notes, ...(newer?.notes ?? [])],
        outcome: entry.outcome ?? newer?.outcome ?? null,
        result: entry.result ?? newer?.result ?? null,
      });
    }
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
      await this.#deliver();
      this.#windows.forgetIdle(now);
      this.#outbox.forget({ spentBefore: now - windowMs - 1000, usedBefore: now - idempotencyMs });
      restless = this.#open.size > 0 || this.#undelivered.size > 0 || !this.#outbox.isEmpty();
    } catch (error) {
      // Alarms are dropped after six failures: this one never fails, it comes again.
      log("error", "gate.alarm_failed", { teamId: this.#teamId, error: describeError(error) });
    }
    if (restless) this.#setAlarm();
  }
}

function lostOutcome(call: OpenCall, now: number): string {
  const error =
    call.waitingRound > 0
      ? { code: "cancelled", message: "The input this call asked for never came." }
      : {
          code: "execution_lost",
          message:
            "The hub was interrupted before the server's answer was recorded. Whether the call took effect is not known.",
        };
  return JSON.stringify({
    status: call.waitingRound > 0 ? "cancelled" : "lost",
    finishedAt: now,
    durationMs: null,
    upstreamMs: null,
    error,
  });
}
