// One hub a data folder: two would write into each other's state.
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const ownerFile = (data: string) => join(data, "hub.pid");
const workerdFile = (data: string) => join(data, "workerd.pid");

/**
 * Takes the folder for this process and ends a workerd that a killed hub left behind, which would still hold folder and
 * port. Returns how to give the folder back. Throws while another hub runs on it.
 */
export function takeDataFolder(data: string): () => void {
  mkdirSync(data, { recursive: true });
  const owner = readPid(ownerFile(data));
  if (owner !== undefined && owner !== process.pid && commandOf(owner)?.includes("start.ts"))
    throw new Error(
      `A hub already runs on ${data} (process ${owner}). Stop it, or set PLUGBOARD_DATA to another folder.`,
    );
  const workerd = readPid(workerdFile(data));
  if (workerd !== undefined && commandOf(workerd)?.includes("workerd"))
    process.kill(workerd, "SIGKILL");
  // What a killed hub could not tidy up.
  rmSync(temporary(data), { recursive: true, force: true });
  mkdirSync(temporary(data));
  writeFileSync(ownerFile(data), String(process.pid));
  return () => {
    rmSync(ownerFile(data), { force: true });
    rmSync(workerdFile(data), { force: true });
    rmSync(temporary(data), { recursive: true, force: true });
  };
}

const temporary = (data: string) => join(data, "tmp");

/** Where Miniflare finds workerd, keeps its temporary files and how it runs it. Read when it starts. */
export function runtimeEnvironment(data: string): Record<string, string> {
  const require = createRequire(import.meta.url);
  const shared = {
    TMPDIR: temporary(data),
    // A young generation that holds more calls: fewer pauses under load.
    MINIFLARE_WORKERD_V8_FLAGS: "--max-semi-space-size=64 --min-semi-space-size=32",
  };
  if (process.platform === "win32") return shared;
  return {
    ...shared,
    MINIFLARE_WORKERD_PATH: join(import.meta.dirname, "workerd.sh"),
    PLUGBOARD_WORKERD: (require("workerd") as { default: string }).default,
    PLUGBOARD_WORKERD_PID_FILE: workerdFile(data),
  };
}

function readPid(file: string): number | undefined {
  try {
    const pid = Number(readFileSync(file, "utf8"));
    return Number.isInteger(pid) && pid > 1 ? pid : undefined;
  } catch {
    return undefined;
  }
}

/** The command line of a process; undefined when there is none of this id. */
function commandOf(pid: number): string | undefined {
  const { status, stdout } = spawnSync("ps", ["-o", "args=", "-p", String(pid)], {
    encoding: "utf8",
  });
  return status === 0 ? stdout : undefined;
}
