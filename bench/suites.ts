// Promises about load and time that a suite holds at its full size.
import type { Figure } from "../suites/hub-process.ts";
import type { Section } from "./options.ts";
import { tell } from "./print.ts";

export type SuiteRow = Figure & { section: Section; promise: string };

type Measured = { section: Section; promise: string; run: () => Promise<Figure> };

export const measured: readonly Measured[] = [
  {
    section: "load",
    promise:
      "10,000 calls over REST and 20,000 over MCP at a steady rate: none lost, none twice, at most 60 ms added at p95; a noisy team slows another by at most 20 %",
    run: async () => {
      const { loadSize, runLoad } = await import("../suites/load.ts");
      return runLoad(loadSize.full);
    },
  },
  {
    section: "limits",
    promise: "1,000 calls at once under a limit of 30: exactly 30 pass",
    run: async () => {
      const { limitsSize, runLimits } = await import("../suites/limits.ts");
      return runLimits(limitsSize.full);
    },
  },
  {
    section: "live",
    promise: "500 viewers at 50 events a second: each event within 1 s (p95), no gaps",
    run: async () => {
      const { liveSize, runLive } = await import("../suites/live.ts");
      return runLive(liveSize.full);
    },
  },
  {
    section: "ledger",
    promise: "a million executions: every list, filter and chart within 300 ms (p95)",
    run: async () => {
      const { ledgerSize, runLedger } = await import("../suites/ledger.ts");
      return runLedger(ledgerSize.full);
    },
  },
  {
    section: "breaker",
    promise: "a server that is down: at most 10 calls reach it, and it is back within 60 s",
    run: async () => {
      const { breakerSize, runBreaker } = await import("../suites/breaker.ts");
      return runBreaker(breakerSize.full);
    },
  },
  {
    section: "crash",
    promise:
      "kill -9 at 50 moments under load: every call and job has its right end within two minutes, nothing lost, no effect twice",
    run: async () => {
      const { crashSize, runCrash } = await import("../suites/crash.ts");
      return runCrash(crashSize.full);
    },
  },
  {
    section: "soak",
    promise:
      "an hour at 50 calls a second: no error, nothing left over, memory grows by at most 5 %",
    run: async () => {
      const { runSoak, soakSize } = await import("../suites/soak.ts");
      return runSoak(soakSize.full);
    },
  },
];

export async function runSuites(wanted: ReadonlySet<Section>): Promise<SuiteRow[]> {
  const rows: SuiteRow[] = [];
  for (const { section, promise, run } of measured.filter((one) => wanted.has(one.section))) {
    const figure = await run();
    tell(figure.line);
    rows.push({ section, promise, ...figure });
  }
  return rows;
}
