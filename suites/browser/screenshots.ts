// Every page in every state, wide and narrow, light and dark, as images: in docs/screenshots/ those that the
// documentation keeps, the others in .build/screenshots/.
import { mkdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import type { Figure } from "../hub-process.ts";
import { heightOf, launchBrowser, openPage } from "./browser.ts";
import { showState, states, type State } from "./states.ts";
import { makeWorld, type World } from "./world.ts";

const kept = join("docs", "screenshots");
const rest = join(".build", "screenshots");
const documented = new Set([
  "sign-in",
  "home",
  "connections",
  "connection",
  "playground-result",
  "activity",
  "activity-details",
  "jobs",
  "job-failed",
  "limits",
  "clients",
  "consent",
  "team-people",
  "team-roles-own",
  "keys-all",
  "audit-entry",
  "security",
]);
const widths = [1440, 375];
const themes = ["light", "dark"] as const;

export const run = () => drawAll(states, [kept, rest]);

/** Only those the documentation keeps. */
export const runDocumented = () =>
  drawAll(
    states.filter(({ name }) => documented.has(name)),
    [kept],
  );

async function drawAll(drawn: readonly State[], folders: readonly string[]): Promise<Figure> {
  for (const folder of folders) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
  }
  const world = await makeWorld();
  const browser = await launchBrowser();
  const broken: string[] = [];
  const files: string[] = [];
  try {
    for (const state of drawn) {
      try {
        files.push(...(await draw(browser, world, state)));
      } catch (error) {
        broken.push(`${state.name}: ${String(error).split("\n")[0]}`);
      }
    }
  } finally {
    await browser.close();
    await world.close();
  }
  const kilobytes = files.reduce((sum, file) => sum + statSync(file).size, 0) / 1024;
  const line = `screenshots: ${files.length} of ${drawn.length} states in ${folders.join(" and ")}, ${Math.round(kilobytes)} KB`;
  return { line, broken };
}

async function draw(browser: Browser, world: World, state: State): Promise<string[]> {
  const files: string[] = [];
  for (const width of widths.filter((width) => width < 1024 || state.narrow !== true)) {
    // A state that has been brought about at one width may look different from the same at another.
    const dashboard = await openPage(browser, world.hub, {
      width,
      signedOut: state.signedOut ?? false,
    });
    const { page, context } = dashboard;
    try {
      await showState(dashboard, world, state);
      // A chart is loaded after the page that holds it.
      await page.waitForLoadState("networkidle", { timeout: 3000 }).catch(() => undefined);
      for (const theme of themes) {
        await page.emulateMedia({ colorScheme: theme });
        await page.setViewportSize({ width, height: heightOf(width) });
        await evenOut(page);
        const folder = documented.has(state.name) ? kept : rest;
        const path = join(folder, `${state.name}-${width}-${theme}.png`);
        await page.screenshot({ path, animations: "disabled", caret: "hide" });
        files.push(path);
      }
    } finally {
      await context.close();
    }
  }
  return files;
}

/** Times of day and ports would make every run's images differ from those of the run before. */
const evenOut = (page: Page) =>
  page.evaluate(() => {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let text = texts.nextNode(); text; text = texts.nextNode())
      text.nodeValue = (text.nodeValue ?? "")
        .replaceAll(/\b\d\d:\d\d:\d\d\b/g, "12:00:00")
        .replaceAll(/\b\d+ seconds? ago\b/g, "just now")
        .replaceAll(/\blocalhost:\d+/g, "localhost:8787")
        .replaceAll(/\b127\.0\.0\.1:\d+/g, "127.0.0.1:3001");
  });
