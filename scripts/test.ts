// `npm test`: all tests, and a closing line that says how many.
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build, quietEnvironment } from "./build.ts";
import { findChromium } from "./chromium.ts";
import { startTool } from "./run.ts";
import type { TestReport } from "./test-report.ts";

const folder = ".build";
const narrowedTo = process.argv.slice(2);
/** Every run waits for its servers half of the time: three keep two cores busy, and more would only slow each other. */
const atOnce = 3;
// Those that take longest begin first.
const runs: Record<string, string[]> =
  narrowedTo.length > 0
    ? { narrowed: narrowedTo }
    : {
        browser: ["--project", "browser"],
        node: ["--project", "node"],
        "runtime-1": ["--project", "workers", "--shard=1/3"],
        "runtime-2": ["--project", "workers", "--shard=2/3"],
        "runtime-3": ["--project", "workers", "--shard=3/3"],
      };

mkdirSync(folder, { recursive: true });
if (narrowedTo.length === 0) requireChromium();
// The tests that run the hub as a process start what is built here.
await build();
const reports: TestReport[] = [];
const waiting = Object.entries(runs);
await Promise.all(Array.from({ length: atOnce }, runNext));
const passed = reports.reduce((sum, report) => sum + report.passed, 0);
const failures = reports.flatMap((report) => report.failures);
// Told once more at the end: the runs write between each other, and the end of an output is what is read first.
for (const failure of failures) console.log(`\n${failure}`);
console.log(`\n${passed} passed, ${failures.length} failed`);
process.exit(failures.length === 0 ? 0 : 1);

async function runNext(): Promise<void> {
  for (let next = waiting.shift(); next; next = waiting.shift()) reports.push(await run(...next));
}

// One worker without isolation: every file of its own would start a runtime of its own, on two cores the slower way.
async function run(name: string, args: string[]): Promise<TestReport> {
  const file = join(folder, `tests-${name}.json`);
  rmSync(file, { force: true });
  let complaints = "";
  const hear = (text: string) => {
    complaints = (complaints + text).slice(-4000);
  };
  const code = await startTool(
    "vitest",
    [
      "run",
      "--no-isolate",
      "--maxWorkers=1",
      "--no-file-parallelism",
      "--reporter=default",
      "--reporter=./scripts/test-report.ts",
      ...args,
    ],
    { env: { ...quietEnvironment(), PLUGBOARD_TEST_REPORT: file }, hear },
  );
  const report = readReport(file);
  if ((code !== 0 || !existsSync(file)) && report.failures.length === 0)
    report.failures.push(
      `FAILED ${name}: its run ended with exit code ${code}. Its last words:\n${complaints}`,
    );
  return report;
}

/** A browser that is missing is told of now, not after minutes of other tests. */
function requireChromium(): void {
  try {
    findChromium();
  } catch (error) {
    console.error((error as Error).message);
    process.exit(1);
  }
}

/** A run that broke off has written none. */
function readReport(file: string): TestReport {
  return existsSync(file)
    ? (JSON.parse(readFileSync(file, "utf8")) as TestReport)
    : { passed: 0, failures: [] };
}
