import { HubError } from "./errors";

/**
 * Runs `work` under a signal that fires after `ms` or when `outer` does; `work` ends when its signal fires. Throws `upstream_timeout` with the given
 * sentence when time ran out, `cancelled` when the outer signal fired; other errors pass through.
 */
export async function withDeadline<Value>(
  limit: { ms: number; outer?: AbortSignal | undefined; sentence: string },
  work: (signal: AbortSignal) => Promise<Value>,
): Promise<Value> {
  const aborter = new AbortController();
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    aborter.abort(new DOMException("The time limit was reached.", "TimeoutError"));
  }, limit.ms);
  const giveUp = () => aborter.abort(new DOMException("The caller hung up.", "AbortError"));
  if (limit.outer?.aborted) giveUp();
  limit.outer?.addEventListener("abort", giveUp, { once: true });
  try {
    return await work(aborter.signal);
  } catch (error) {
    if (timedOut) throw new HubError("upstream_timeout", limit.sentence, { cause: error });
    if (aborter.signal.aborted) throw new HubError("cancelled", "The caller hung up, so the call was cancelled.", { cause: error });
    throw error;
  } finally {
    clearTimeout(timer);
    limit.outer?.removeEventListener("abort", giveUp);
  }
}
