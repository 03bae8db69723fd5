// Every state of every page, for people who see, hear, point and move in different ways.
import type { BrowserContext, Page } from "playwright-core";
import type { Figure } from "../hub-process.ts";
import { barriers } from "./axe.ts";
import { heightOf, launchBrowser, openPageIn, openProfile } from "./browser.ts";
import { pathOf, showState, states, type State } from "./states.ts";
import { makeWorld, type World } from "./world.ts";

type Look = { width: number; theme: "light" | "dark" };
const widths = [1440, 768, 375];

const allLooks = (["light", "dark"] as const).flatMap((theme) =>
  widths.map((width): Look => ({ width, theme })),
);

/**
 * In how many looks each state is examined; all looks come about with one state or another. Of each page's states the
 * first is always among those examined, and every so manyth of the others.
 */
export type AccessibilitySize = { looks: number; every: number };
export const accessibilitySize = {
  full: { looks: allLooks.length, every: 1 },
  tenth: { looks: 1, every: 20 },
} satisfies Record<string, AccessibilitySize>;

export const run = () => runAccessibility(accessibilitySize.full);

export async function runAccessibility({ looks, every }: AccessibilitySize): Promise<Figure> {
  const world = await makeWorld();
  const browser = await launchBrowser();
  const broken: string[] = [];
  let examined = 0;
  try {
    const examinedStates = sampled(world, every);
    const signedIn = await openProfile(browser, world.hub);
    const signedOut = await openProfile(browser, world.hub, { signedOut: true });
    for (const [turn, state] of examinedStates.entries()) {
      const fitting = allLooks.filter(({ width }) => width < 1024 || state.narrow !== true);
      const chosen = fitting.map((_, n) => fitting[(turn + n) % fitting.length] as Look);
      const profile = state.signedOut ? signedOut : signedIn;
      broken.push(...(await examine({ profile, world, state }, chosen.slice(0, looks))));
      examined += Math.min(looks, chosen.length);
    }
    const line = `accessibility: ${examinedStates.length} of ${states.length} states, ${examined} examinations: ${broken.length} barriers`;
    return { line, broken };
  } finally {
    await browser.close();
    await world.close();
  }
}

/** The same ones each time. */
function sampled(world: World, every: number): State[] {
  const pages = new Set<string>();
  let others = 0;
  return states.filter((state) => {
    const page = pageOf(world, state);
    const first = !pages.has(page);
    pages.add(page);
    return first || others++ % every === 0;
  });
}

/** A page by its path, whatever it shows: ids have a prefix. */
const pageOf = (world: World, state: State): string =>
  new URL(pathOf(world, state), "http://hub").pathname.replaceAll(/\/[a-z]+_\w+/g, "/:id");

type Subject = { profile: BrowserContext; world: World; state: State };

async function examine({ profile, world, state }: Subject, looks: Look[]): Promise<string[]> {
  const cookies = await profile.cookies();
  const dashboard = await openPageIn(profile, world.hub);
  const { page, watch } = dashboard;
  const found: string[] = [];
  const at = (sentence: string) => `${state.name}: ${sentence}`;
  const [first] = looks;
  try {
    if (first) await look(page, first);
    await showState(dashboard, world, state);
    for (const { width, theme } of looks) {
      await look(page, { width, theme });
      await page.evaluate(finishTransitions);
      const here = await barriers(page);
      found.push(...here.map((sentence) => at(`${width} px, ${theme}: ${sentence}`)));
    }
  } catch (error) {
    found.push(at(`cannot be shown: ${String(error).split("\n").slice(0, 3).join(" ")}`));
  }
  await leave(page);
  await profile.clearCookies();
  await profile.addCookies(cookies);
  return [...found, ...watch.problems.map(at)];
}

async function look(page: Page, { width, theme }: Look): Promise<void> {
  await page.emulateMedia({ colorScheme: theme });
  await page.setViewportSize({ width, height: heightOf(width) });
}

/** Nothing of one state is left in the profile for the next. */
async function leave(page: Page): Promise<void> {
  await page.context().setOffline(false);
  await page.evaluate(() => localStorage.clear()).catch(() => undefined);
  await page.close();
}

/**
 * Runs in the page: a colour on its way to another is none that anybody sees for long. An end of one transition is the
 * beginning of those of the elements that inherit from it.
 */
async function finishTransitions(): Promise<void> {
  const frame = () => new Promise((drawn) => requestAnimationFrame(drawn));
  for (let still = 0, round = 0; still < 3 && round < 60; round++) {
    await frame();
    const running = document.getAnimations().filter((one) => one instanceof CSSTransition);
    for (const transition of running) transition.finish();
    still = running.length === 0 ? still + 1 : 0;
  }
}
