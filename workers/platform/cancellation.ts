/**
 * Whether somebody still waits for the answer. What an AbortController would do, without what each of them costs: every
 * call has one of these, and several reasons can end it.
 */
export class Cancellation {
  #cancelled = false;
  readonly #listeners = new Set<() => void>();

  /** `signal`: the request's own, which fires when its client hangs up. */
  constructor(signal?: AbortSignal) {
    if (signal?.aborted) this.#cancelled = true;
    else signal?.addEventListener("abort", () => this.cancel(), { once: true });
  }

  cancel(): void {
    if (this.#cancelled) return;
    this.#cancelled = true;
    for (const listener of this.#listeners) listener();
  }

  /** Calls `listener` when it is cancelled, at once when it was. Returns how to stop listening. */
  onCancel(listener: () => void): () => void {
    if (this.#cancelled) listener();
    else this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
