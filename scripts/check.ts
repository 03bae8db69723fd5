// `npm run check`: everything that can be judged without running the product.
import { quietEnvironment } from "./build.ts";
import { runTool } from "./run.ts";

const checks: [name: string, tool: string, args: string[]][] = [
  ["types", "tsc", ["-b"]],
  ["lint", "oxlint", ["--type-aware"]],
  ["format", "oxfmt", ["--check"]],
  ["dead code", "knip", []],
  [
    "generated Env",
    "wrangler",
    ["types", "workers/env.d.ts", "--include-runtime=false", "--strict-vars=false", "--check"],
  ],
];

const failed = checks.filter(([name, tool, args]) => {
  console.log(`\n— ${name}`);
  return runTool(tool, args, quietEnvironment()) !== 0;
});
console.log(
  `\n${failed.length === 0 ? "All checks pass." : `Failed: ${failed.map(([name]) => name).join(", ")}.`}`,
);
process.exit(failed.length === 0 ? 0 : 1);
