import { spawnSync } from "node:child_process";
import { join } from "node:path";

/** Runs a tool of the project's with its Node, its output on ours. The exit code. */
export function runTool(
  tool: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): number {
  const path = `${join(process.cwd(), "node_modules", ".bin")}:${env["PATH"] ?? ""}`;
  const result = spawnSync(tool, args, { stdio: "inherit", env: { ...env, PATH: path } });
  if (result.error) console.error(`${tool} did not start: ${result.error.message}`);
  return result.status ?? 1;
}
