/**
 * Does the work, and where it fails does it again after each of these waits: for what may be done twice. In all less than
 * the half minute that a Worker lives on after its answer. Throws what the last try threw.
 */
export async function tryAgain<Value>(
  work: () => Promise<Value>,
  waitsMs: readonly number[] = [500, 2000, 8000],
): Promise<Value> {
  for (const waitMs of waitsMs)
    try {
      return await work();
    } catch {
      await new Promise<void>((resolve) => {
        setTimeout(resolve, waitMs);
      });
    }
  return work();
}
