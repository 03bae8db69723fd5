import { vi } from "vitest";

/** An eviction waits for every timer of its object: from here on none takes longer than this, until mocks are restored. */
export function hurryTimers(mostMs = 100): void {
  const { setTimeout } = globalThis;
  vi.spyOn(globalThis, "setTimeout").mockImplementation((run: () => void, ms = 0) =>
    setTimeout(run, Math.min(ms, mostMs)),
  );
}
