import type { Verdict } from "../limits";
import { HubError } from "../platform/errors";
import { retryAfterMs } from "./retry";
import { verdictOf } from "./verdict";

type Sending = {
  /** Whether it may be sent a second time, and how often at most. */
  safe: boolean;
  most: number;
  /** When its time limit is over. */
  deadline: number;
  signal: AbortSignal;
  /** An attempt failed, and the next one begins in so many milliseconds. */
  onRetry: (failed: { attempt: number; code: string; delayMs: number }) => void;
};

/** What the attempts of a call say of its server. */
export class Failures {
  #count = 0;
  #last: unknown;
  /** Whether it was the server that did not answer, and not whoever gives out its credential. */
  #asked = false;

  asking(whom: "server" | "credential"): void {
    this.#asked = whom === "server";
  }

  verdict(error: unknown): Verdict | undefined {
    return this.#asked && error instanceof HubError ? verdictOf(error) : undefined;
  }

  add(error: unknown): void {
    if (error === this.#last) return;
    this.#last = error;
    if (this.verdict(error) === "fails") this.#count += 1;
  }

  get count(): number {
    return this.#count;
  }
}

/** Sends a request, and sends it again as far as the rule has it. Throws what the last attempt threw. */
export async function sendUntilAnswered<Answer>(
  { safe, most, deadline, signal, onRetry }: Sending,
  failures: Failures,
  send: () => Promise<Answer>,
): Promise<Answer> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await send();
    } catch (error) {
      if (signal.aborted || !(error instanceof HubError)) throw error;
      failures.add(error);
      const leftMs = deadline - Date.now();
      const random = Math.random();
      const delayMs = retryAfterMs({ error, attempt, most, safe, leftMs, random });
      if (delayMs === undefined) throw error;
      onRetry({ attempt, code: error.code, delayMs });
      await scheduler.wait(delayMs, { signal });
    }
  }
}
