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

/** The same beside others. `hear` is told what it complains of, as we are. */
export function startTool(
  tool: string,
  args: readonly string[],
  { env, hear }: { env: NodeJS.ProcessEnv; hear: (text: string) => void },
): Promise<number> {
  const child = spawn(tool, args, {
    stdio: ["inherit", "inherit", "pipe"],
    env: withTools(env),
  });
  child.stderr.on("data", (bytes: Buffer) => {
    process.stderr.write(bytes);
    hear(bytes.toString());
  });
  return new Promise((done) => {
    child.once("error", (error) => {
      console.error(`${tool} did not start: ${error.message}`);
      done(1);
    });
    // Not "close": what it started may hold the pipe for as long as it lives. What is in it already is read in a moment.
    child.once("exit", (code) => setTimeout(done, 200, code ?? 1));
  });
}
