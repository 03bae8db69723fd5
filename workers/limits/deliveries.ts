import { describeError, log } from "../platform/log";
import type { OpenCall, Settlement } from "./calls";
import type { ServerReport } from "./servers";

/** What is told of a call: the whole of it, for a ledger that may not have heard of it yet. */
export type Delivered = Omit<Required<Settlement>, keyof ServerReport> &
  Pick<OpenCall, "intent" | "arguments">;

type News = Omit<Required<Settlement>, keyof ServerReport> & { call: OpenCall };

type Given = {
  teamId: string;
  /** The calls under way: of each that goes on for a while it is told that it has begun. */
  open: ReadonlyMap<string, OpenCall>;
  /** Tells the ledger. */
  record: (batch: Delivered[]) => Promise<void>;
  /** The ledger has the ends of these. */
  ended: (calls: readonly OpenCall[]) => void;
};

const deliverEveryMs = 100;
/** Well under the 32 MiB that a message between objects may have. */
const maxBatchCharacters = 4 * 1024 * 1024;

/**
 * What the ledger has not heard of a team's calls yet. It is gathered for a moment, told in batches, and kept until it
 * was taken. Lost with the memory, it is made again of the calls that are open.
 */
export class Deliveries {
  readonly #given: Given;
  readonly #undelivered = new Map<string, News>();
  #timer = false;

  constructor(given: Given) {
    this.#given = given;
  }

  isEmpty(): boolean {
    return this.#undelivered.size === 0;
  }

  clear(): void {
    this.#undelivered.clear();
  }

  /** News of a call go together until they are delivered. */
  add(call: OpenCall, { executionId, notes, outcome, result, kept = null }: Settlement): void {
    const news = this.#undelivered.get(executionId) ?? nothingYet(executionId, call);
    news.notes.push(...notes);
    if (outcome !== null) Object.assign(news, { outcome, result, kept });
    this.#undelivered.set(executionId, news);
  }

  /** That it is there, which the ledger may know. */
  announce(executionId: string, call: OpenCall): void {
    this.#undelivered.set(executionId, nothingYet(executionId, call));
  }

  soon(): void {
    if (this.#timer) return;
    this.#timer = true;
    setTimeout(() => {
      this.#timer = false;
      void this.deliver();
    }, deliverEveryMs);
  }

  /** Hands what is new to the ledger. What fails stays and is tried again, by the timer and by whoever calls this. */
  async deliver(): Promise<void> {
    this.#announceBegun();
    if (this.#undelivered.size === 0) return;
    const batch = this.#takeBatch();
    const more = this.#undelivered.size > 0;
    try {
      await this.#given.record(
        batch.map(({ call, ...news }) => ({
          ...news,
          intent: call.intent,
          arguments: call.announced ? null : call.arguments,
        })),
      );
      for (const { call } of batch) call.announced = true;
      this.#given.ended(batch.filter(({ outcome }) => outcome !== null).map(({ call }) => call));
      if (more) await this.deliver();
    } catch (error) {
      log("error", "ledger.delivery_failed", {
        teamId: this.#given.teamId,
        calls: batch.length,
        error: describeError(error),
      });
      this.#putBack(batch);
      this.soon();
    }
  }

  /** A call that goes on for a while is shown as running; most end before, and are written down once. */
  #announceBegun(): void {
    const before = Date.now() - deliverEveryMs;
    for (const [executionId, call] of this.#given.open) {
      if (call.announced || this.#undelivered.has(executionId)) continue;
      if (call.at > before) this.soon();
      else this.announce(executionId, call);
    }
  }

  /** What one message between objects can hold, oldest first. The rest stays. */
  #takeBatch(): News[] {
    const batch = [];
    let characters = 0;
    for (const [executionId, news] of this.#undelivered) {
      characters += (news.result?.length ?? 0) + (news.call.arguments?.length ?? 0);
      characters += news.kept?.length ?? 0;
      for (const { data } of news.notes) characters += data.length;
      if (characters > maxBatchCharacters && batch.length > 0) break;
      batch.push(news);
      this.#undelivered.delete(executionId);
    }
    return batch;
  }

  /** Older news goes before what arrived while the delivery was under way. */
  #putBack(batch: readonly News[]): void {
    for (const older of batch) {
      const newer = this.#undelivered.get(older.executionId);
      this.#undelivered.set(older.executionId, {
        ...older,
        notes: [...older.notes, ...(newer?.notes ?? [])],
        outcome: older.outcome ?? newer?.outcome ?? null,
        result: older.result ?? newer?.result ?? null,
        kept: older.kept ?? newer?.kept ?? null,
      });
    }
  }
}

const nothingYet = (executionId: string, call: OpenCall): News => ({
  executionId,
  notes: [],
  outcome: null,
  result: null,
  kept: null,
  call,
});
