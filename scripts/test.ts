// `npm test`: all tests, and a closing line that says how many.
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build, quietEnvironment } from "./build.ts";
import { findChromium } from "./chromium.ts";
import { startTool } from "./run.ts";

type Report = {
  numPassedTests: number;
  numFailedTests: number;
  numFailedTestSuites: number;
  testResults: {
    name: string;
    status: string;
    message: string;
    assertionResults: { fullName: string; status: string; failureMessages: string[] | null }[];
  }[];
};

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
const counts: { passed: number; failed: number; failures: string[] }[] = [];
const waiting = Object.entries(runs);
await Promise.all(Array.from({ length: atOnce }, runNext));
const passed = counts.reduce((sum, count) => sum + count.passed, 0);
const failed = counts.reduce((sum, count) => sum + count.failed, 0);
// Told once more at the end: the runs write between each other, and the end of an output is what is read first.
for (const failure of counts.flatMap(({ failures }) => failures)) console.log(`\n${failure}`);
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

async function runNext(): Promise<void> {
  for (let next = waiting.shift(); next; next = waiting.shift()) counts.push(await run(...next));
}

// One worker without isolation: every file of its own would start a runtime of its own, on two cores the slower way.
async function run(name: string, args: string[]): Promise<(typeof counts)[number]> {
  const report = join(folder, `tests-${name}.json`);
  rmSync(report, { force: true });
  const code = await startTool(
    "vitest",
    [
      "run",
      "--no-isolate",
      "--maxWorkers=1",
      "--no-file-parallelism",
      "--reporter=default",
      "--reporter=json",
      `--outputFile.json=${report}`,
      ...args,
    ],
    quietEnvironment(),
  );
  const { numPassedTests, numFailedTests, numFailedTestSuites, testResults } = readReport(report);
  // A file that does not load has no failed test, but it failed.
  const failed = Math.max(
    numFailedTests,
    code === 0 ? 0 : 1,
    numFailedTests === 0 ? numFailedTestSuites : 0,
  );
  const failures = testResults.flatMap(failuresOf);
  if (failed > 0 && failures.length === 0)
    failures.push(`${name}: failed outside of its tests (exit code ${code}); see above`);
  return { passed: numPassedTests, failed, failures };
}

/** What failed in a file, each as its name and its reasons. */
function failuresOf(file: Report["testResults"][number]): string[] {
  const failed = file.assertionResults.filter(({ status }) => status === "failed");
  if (failed.length === 0)
    return file.status === "failed" ? [`FAILED ${file.name}\n${file.message}`] : [];
  return failed.map(
    ({ fullName, failureMessages }) =>
      `FAILED ${file.name} > ${fullName}\n${(failureMessages ?? []).join("\n")}`,
  );
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

function readReport(report: string): Report {
  try {
    return JSON.parse(readFileSync(report, "utf8")) as Report;
  } catch {
    return { numPassedTests: 0, numFailedTests: 1, numFailedTestSuites: 0, testResults: [] };
  }
}
