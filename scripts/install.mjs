// What every command needs before it can begin: the packages of the lock file and a recent Node.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const stamp = join(root, "node_modules", ".plugboard-installed");

/** Installs the lock file's packages when `node_modules` does not hold exactly them. */
export async function install() {
  process.chdir(root);
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted()) return;
  console.log("Installing packages …");
  const code = await new Promise((resolve, reject) => {
    const npm = process.platform === "win32" ? "npm.cmd" : "npm";
    // Not `npm ci`: it refuses a lock file that lacks packages of other platforms which no registry has for everyone.
    const child = spawn(npm, ["install", "--no-audit", "--no-fund", "--loglevel=error"], {
      stdio: ["ignore", "inherit", "inherit"],
    });
    child.on("error", reject);
    child.on("exit", resolve);
  });
  if (code !== 0) {
    console.error(
      "Installing packages failed. Check the network and the npm registry, then try again.",
    );
    process.exit(1);
  }
  writeFileSync(stamp, wanted());
}

function wanted() {
  const hash = createHash("sha256");
  for (const file of ["package-lock.json", "package.json"]) hash.update(readFileSync(file));
  return hash.digest("hex");
}

/** The project's own Node where the platform package is installed, else the running one. */
export function projectNode() {
  const own = join(root, "node_modules", ".bin", "node");
  if (existsSync(own)) return own;
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > 22 || (major === 22 && minor >= 18)) return process.execPath;
  console.error(
    `Plugboard needs Node 22.18 or newer on this platform; this is ${process.version}.`,
  );
  return process.exit(1);
}

/** Ends with the child, hands signals on to it, and takes it along when npm itself is killed. */
export function stopWith(child) {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"])
    process.on(signal, () => child.kill(signal));
  const above = parents();
  setInterval(() => {
    if (parents() !== above) child.kill("SIGTERM");
  }, 500).unref();
  child.on("exit", (code, signal) => process.exit(code ?? (signal === "SIGINT" ? 130 : 143)));
}

/** npm runs a script through a shell, which outlives npm: then npm is the parent's parent. */
function parents() {
  if (process.env.npm_lifecycle_event === undefined) return String(process.ppid);
  try {
    const stat = readFileSync(`/proc/${process.ppid}/stat`, "utf8");
    return `${process.ppid} ${stat.slice(stat.lastIndexOf(")")).split(" ")[2]}`;
  } catch {
    return String(process.ppid);
  }
}
