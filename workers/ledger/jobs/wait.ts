/** Who waits for the end of which job. It is kept in memory alone: whoever waits asks again. */
export function openWaiters() {
  const waiters = new Map<string, Set<() => void>>();
  return {
    /** Until the job ends, or the time is over. */
    async wait(jobId: string, ms: number): Promise<void> {
      const { promise, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, ms);
      const those = waiters.get(jobId) ?? new Set();
      waiters.set(jobId, those.add(resolve));
      await promise;
      clearTimeout(timer);
      those.delete(resolve);
      if (those.size === 0) waiters.delete(jobId);
    },

    ended(jobId: string): void {
      for (const resolve of waiters.get(jobId) ?? []) resolve();
    },
  };
}
