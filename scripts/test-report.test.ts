import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { TestReport } from "./test-report.ts";

// Below the project, where vitest is found.
const folder = mkdtempSync(join(".build", "test-report-"));
afterAll(() => rmSync(folder, { recursive: true }));

function reportOf(name: string, text: string): TestReport {
  writeFileSync(
    join(folder, `${name}.test.ts`),
    `import { afterAll, describe, test } from "vitest";\n${text}`,
  );
  const report = resolve(folder, `${name}.json`);
  // A root without a configuration, lest the project's own runs begin.
  const args = ["run", `--root=${folder}`, `--reporter=${resolve("scripts/test-report.ts")}`, name];
  spawnSync(process.execPath, ["node_modules/vitest/vitest.mjs", ...args], {
    env: { ...process.env, PLUGBOARD_TEST_REPORT: report },
  });
  return JSON.parse(readFileSync(report, "utf8")) as TestReport;
}

test("a report tells of a failed test, beside those that passed", () => {
  const { passed, failures } = reportOf(
    "one",
    `describe("calls", () => { test("add up", () => {}); test("end", () => { throw new Error("did not end"); }); });`,
  );
  expect(passed).toBe(1);
  expect(failures).toEqual([expect.stringMatching(/one\.test\.ts > calls > end\n.*did not end/s)]);
});

test("a report tells of an error that no test caught, though all of them passed", () => {
  const { passed, failures } = reportOf(
    "stray",
    `test("leaves a promise", async () => {
       void Promise.reject(new Error("nobody looked"));
       await new Promise((done) => setTimeout(done, 50));
     });`,
  );
  expect(passed).toBe(1);
  expect(failures).toEqual([
    expect.stringMatching(/stray\.test\.ts > leaves a promise\n.*nobody looked/s),
  ]);
});

test("a report tells of a file that did not load, and of what failed after a group of tests", () => {
  expect(reportOf("broken", `throw new Error("not a test");`)).toEqual({
    passed: 0,
    failures: [expect.stringMatching(/broken\.test\.ts\n.*not a test/s)],
  });
  expect(
    reportOf(
      "after",
      `describe("a server", () => { afterAll(() => { throw new Error("would not close"); }); test("answers", () => {}); });`,
    ),
  ).toEqual({
    passed: 1,
    failures: [expect.stringMatching(/after\.test\.ts > a server\n.*would not close/s)],
  });
});
