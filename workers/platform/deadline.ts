import type { Cancellation } from "./cancellation";
import { HubError } from "./errors";

type Limit = { ms: number; sentence: string };

/**
 * Runs `work` under a signal that fires after `ms` or when nobody waits any more; `work` ends when its signal fires, and
 * may begin a next phase with a limit of its own. Throws `upstream_timeout` with the sentence of the limit when time ran
 * out, `cancelled` when the caller hung up; other errors pass through.
 */
export async function withDeadline<Value>(
  first: Limit & { cancellation?: Cancellation | undefined },
  work: (signal: AbortSignal, next: (limit: Limit) => void) => Promise<Value>,
): Promise<Value> {
  const { cancellation } = first;
  const aborter = new AbortController();
  let limit: Limit = first;
  let timedOut = false;
  const start = () =>
    setTimeout(() => {
      timedOut = true;
      aborter.abort(new DOMException("The time limit was reached.", "TimeoutError"));
    }, limit.ms);
  let timer = start();
  const stopListening = cancellation?.onCancel(() =>
    aborter.abort(new DOMException("The caller hung up.", "AbortError")),
  );
  try {
    return await work(aborter.signal, (following) => {
      clearTimeout(timer);
      limit = following;
      timer = start();
    });
  } catch (error) {
    if (timedOut) throw new HubError("upstream_timeout", limit.sentence, { cause: error });
    if (aborter.signal.aborted)
      throw new HubError("cancelled", "The caller hung up, so the call was cancelled.", {
        cause: error,
      });
    throw error;
  } finally {
    clearTimeout(timer);
    stopListening?.();
  }
}
