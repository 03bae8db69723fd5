// `npm test`: all tests, and a closing line that says how many.
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { build, quietEnvironment } from "./build.ts";
import { findChromium } from "./chromium.ts";
import { runTool } from "./run.ts";

const report = ".build/tests.json";
type Report = {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numFailedTestSuites: number;
};

mkdirSync(".build", { recursive: true });
rmSync(report, { force: true });
const narrowedTo = process.argv.slice(2);
if (narrowedTo.length === 0) requireChromium();
// The tests that run the hub as a process start what is built here.
await build();
// One worker without isolation: every file of its own would start a runtime of its own, on two cores the slower way.
const code = runTool(
  "vitest",
  [
    "run",
    "--no-isolate",
    "--maxWorkers=1",
    "--no-file-parallelism",
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`,
    ...narrowedTo,
  ],
  quietEnvironment(),
);
const { numPassedTests, numFailedTests, numFailedTestSuites } = readReport();
// A file that does not load has no failed test, but it failed.
const failed = Math.max(
  numFailedTests,
  code === 0 ? 0 : 1,
  numFailedTests === 0 ? numFailedTestSuites : 0,
);
console.log(`\n${numPassedTests} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

/** A browser that is missing is told of now, not after minutes of other tests. */
function requireChromium(): void {
  try {
    findChromium();
  } catch (error) {
    console.error((error as Error).message);
    process.exit(1);
  }
}

function readReport(): Report {
  try {
    return JSON.parse(readFileSync(report, "utf8")) as Report;
  } catch {
    return { numPassedTests: 0, numFailedTests: 1, numPendingTests: 0, numFailedTestSuites: 0 };
  }
}
