// The browser that the browser tests and the dashboard's measurements drive: the Chromium or Chrome of this machine.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

const places = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/** Where it is. Installs Debian's when there is none and nobody has to be asked; else throws how to get one. */
export function findChromium(): string {
  const named = process.env["CHROMIUM_PATH"] ?? "";
  if (named !== "") {
    if (existsSync(named)) return named;
    throw new Error(`CHROMIUM_PATH names ${named}, but there is no such file.`);
  }
  const found = present();
  if (found !== undefined) return found;
  installChromium();
  const installed = present();
  if (installed !== undefined) return installed;
  throw new Error(`Chromium is not where it was expected. ${wayOn}`);
}

const present = () => places.find((path) => existsSync(path));

const wayOn =
  "Install it (Debian: `sudo apt-get install chromium`; macOS: `brew install --cask chromium`), or set CHROMIUM_PATH to a Chromium or Chrome you have.";

function installChromium(): void {
  const before = process.getuid?.() === 0 ? [] : ["sudo", "-n"];
  const run = (args: readonly string[], stdio: "ignore" | "inherit") => {
    const [command = "", ...rest] = [...before, ...args];
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    return spawnSync(command, rest, { stdio, env }).status === 0;
  };
  if (!run(["apt-get", "--version"], "ignore"))
    throw new Error(`The browser tests need Chromium. ${wayOn}`);
  console.log("Installing Chromium …");
  const installs = [
    "apt-get",
    "install",
    "--yes",
    "--quiet",
    "--no-install-recommends",
    "chromium",
  ];
  run(["apt-get", "update", "--quiet"], "inherit");
  if (!run(installs, "inherit")) throw new Error(`Chromium could not be installed. ${wayOn}`);
}
