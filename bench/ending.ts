// Whatever the benchmark starts, it ends: at the end, on Ctrl-C, and when it fails.
const steps: (() => unknown)[] = [];
let ending: Promise<never> | undefined;

/** Steps run last first. */
export function atEnd(step: () => unknown): void {
  steps.push(step);
}

export function end(code: number): Promise<never> {
  ending ??= runSteps(code);
  return ending;
}

async function runSteps(code: number): Promise<never> {
  setTimeout(() => process.exit(code), 15_000).unref();
  for (const step of steps.toReversed()) {
    try {
      await step();
    } catch (error) {
      console.error(error);
    }
  }
  process.exit(code);
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
  process.on(signal, () => void end(signal === "SIGINT" ? 130 : 143));
