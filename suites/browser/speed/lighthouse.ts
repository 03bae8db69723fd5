import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { chromium } from "playwright-core";
import type { LighthouseRow } from "../../../bench/dashboard.ts";
import { findChromium } from "../../../scripts/chromium.ts";
import { freePort } from "../../hub-process.ts";
import { browserArguments, openPage, originOf } from "../browser.ts";
import type { SpeedStage } from "./phone.ts";

const version = "13.5.0";
const folder = join(".cache", `lighthouse-${version}`);
const entry = join(folder, "node_modules", "lighthouse", "cli", "index.js");

/** Lighthouse as its own command line has it: a phone, slowed down, signed in. */
export async function askLighthouse(
  { browser, hub }: SpeedStage,
  pages: readonly (readonly [name: string, path: string])[],
): Promise<LighthouseRow[]> {
  install();
  const signedIn = await openPage(browser, hub);
  const cookies = await signedIn.context.cookies();
  await signedIn.context.close();
  const profile = mkdtempSync(join(tmpdir(), "plugboard-lighthouse-"));
  const port = await freePort();
  // Lighthouse opens its pages in the browser's own profile, which an ordinary context is not.
  const own = await chromium.launchPersistentContext(profile, {
    executablePath: findChromium(),
    args: [...browserArguments, `--remote-debugging-port=${port}`],
  });
  try {
    await own.addCookies(cookies);
    const rows: LighthouseRow[] = [];
    for (const [name, path] of pages) rows.push({ page: name, ...(await judge(hub, path, port)) });
    return rows;
  } finally {
    await own.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

/** Not a package of the project: it brings a hundred others, which nobody needs who does not measure. */
function install(): void {
  if (existsSync(entry)) return;
  const args = ["install", "--prefix", folder, "--no-save", "--no-audit", "--no-fund"];
  const { status } = spawnSync("npm", [...args, "--loglevel=error", `lighthouse@${version}`], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  if (status !== 0) throw new Error("Lighthouse could not be installed. Check the npm registry.");
}

type Judged = { categories: Record<string, { score: number | null }> };

async function judge(hub: SpeedStage["hub"], path: string, port: number) {
  const child = spawn(
    process.execPath,
    [
      entry,
      `${originOf(hub)}${path}`,
      `--port=${port}`,
      "--disable-storage-reset",
      "--output=json",
      "--quiet",
      "--no-enable-error-reporting",
      "--only-categories=performance,accessibility,best-practices",
    ],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  const { categories } = JSON.parse(await text(child.stdout)) as Judged;
  const score = (name: string) => Math.round((categories[name]?.score ?? 0) * 100);
  return {
    performance: score("performance"),
    accessibility: score("accessibility"),
    bestPractices: score("best-practices"),
  };
}
