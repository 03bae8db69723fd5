import { spawn, spawnSync } from "node:child_process";
import { join } from "node:path";

const withTools = (env: NodeJS.ProcessEnv) => ({
  ...env,
  PATH: `${join(process.cwd(), "node_modules", ".bin")}:${env["PATH"] ?? ""}`,
});

/** Runs a tool of the project's with its Node, its output on ours. The exit code. */
export function runTool(
  tool: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): number {
  const result = spawnSync(tool, args, { stdio: "inherit", env: withTools(env) });
  if (result.error) console.error(`${tool} did not start: ${result.error.message}`);
  return result.status ?? 1;
}

/** The same beside others. */
export function startTool(
  tool: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<number> {
  const child = spawn(tool, args, { stdio: "inherit", env: withTools(env) });
  return new Promise((done) => {
    child.once("error", (error) => {
      console.error(`${tool} did not start: ${error.message}`);
      done(1);
    });
    child.once("exit", (code) => done(code ?? 1));
  });
}
