import type { Cancellation } from "./cancellation";
import { HubError } from "./errors";

type Limit = { ms: number; sentence: string };
type First = Limit & {
  cancellation?: Cancellation | undefined;
  /** Asked once a second while the work goes on: a HubError it throws ends it. Other errors are asked over. */
  watch?: () => Promise<void>;
};

const watchEveryMs = 1000;

/**
 * Runs `work` under a signal that fires after `ms` or when nobody waits any more; `work` ends when its signal fires, and
 * may begin a next phase with a limit of its own. Throws `upstream_timeout` with the sentence of the limit when time ran
 * out, `cancelled` when the caller hung up, what `watch` threw; other errors pass through.
 */
export async function withDeadline<Value>(
  first: First,
  work: (signal: AbortSignal, next: (limit: Limit) => void) => Promise<Value>,
): Promise<Value> {
  const { cancellation, watch } = first;
  const aborter = new AbortController();
  let limit: Limit = first;
  let timedOut = false;
  let refused: HubError | undefined;
  let over = false;
  let looking = false;
  const look = async () => {
    if (looking) return;
    looking = true;
    try {
      await watch?.();
    } catch (error) {
      if (over || !(error instanceof HubError)) return;
      refused = error;
      aborter.abort(new DOMException("The caller may not wait any longer.", "AbortError"));
    } finally {
      looking = false;
    }
  };
  let timer: ReturnType<typeof setTimeout> | undefined;
  // One timer for both: work that is quick never looks.
  const start = (leftMs: number) => {
    const ms = watch ? Math.min(leftMs, watchEveryMs) : leftMs;
    timer = setTimeout(() => {
      if (ms < leftMs) {
        start(leftMs - ms);
        void look();
        return;
      }
      timedOut = true;
      aborter.abort(new DOMException("The time limit was reached.", "TimeoutError"));
    }, ms);
  };
  start(first.ms);
  const stopListening = cancellation?.onCancel(() =>
    aborter.abort(new DOMException("The caller hung up.", "AbortError")),
  );
  try {
    return await work(aborter.signal, (following) => {
      clearTimeout(timer);
      limit = following;
      start(following.ms);
    });
  } catch (error) {
    if (refused) throw refused;
    if (timedOut) throw new HubError("upstream_timeout", limit.sentence, { cause: error });
    if (aborter.signal.aborted)
      throw new HubError("cancelled", "The caller hung up, so the call was cancelled.", {
        cause: error,
      });
    throw error;
  } finally {
    over = true;
    clearTimeout(timer);
    stopListening?.();
  }
}
