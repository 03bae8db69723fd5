// What a run of vitest came to, for the closing line: its JSON reporter leaves out the errors that belong to no test.
import { writeFileSync } from "node:fs";
import type { Reporter, SerializedError, TestCase, TestModule, TestSuite } from "vitest/node";

export type TestReport = { passed: number; failures: string[] };

/** Writes a `TestReport` to the file that `PLUGBOARD_TEST_REPORT` names. */
export default class implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    const all = modules.flatMap((module) => [...module.children.allTests()]);
    const failed = all.filter((test) => test.result().state === "failed");
    const suites = modules.flatMap((module) => [...module.children.allSuites()]);
    const report: TestReport = {
      passed: all.filter((test) => test.result().state === "passed").length,
      failures: [
        ...modules.flatMap((module) => told(module.moduleId, module.errors())),
        ...suites.flatMap((suite) => told(nameOf(suite), suite.errors())),
        ...failed.flatMap((test) => told(nameOf(test), test.result().errors ?? [])),
        ...unhandled.flatMap((error) => told(placeOf(error), [error])),
      ],
    };
    writeFileSync(process.env["PLUGBOARD_TEST_REPORT"] ?? "", JSON.stringify(report));
  }
}

const nameOf = ({ module, fullName }: TestCase | TestSuite) => `${module.moduleId} > ${fullName}`;

/** What ran when an error that nobody caught came up, as far as it is known; not always what caused it. */
function placeOf(error: SerializedError): string {
  const { VITEST_TEST_PATH: file, VITEST_TEST_NAME: test } = error;
  return ["outside of the tests", file, test]
    .filter((part) => typeof part === "string")
    .join(" > ");
}

/** One failure, however many errors it is told by; none where there is no error. */
function told(name: string, errors: readonly SerializedError[]): string[] {
  if (errors.length === 0) return [];
  return [`FAILED ${name}\n${errors.map(({ message, stack }) => stack ?? message).join("\n")}`];
}
