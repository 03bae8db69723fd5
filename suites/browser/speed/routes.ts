import { words } from "../../../web/src/words/index.ts";
import { clients as clientWords } from "../../../web/src/words/clients.ts";
import { openPage } from "../browser.ts";
import { settle } from "../sweep.ts";
import type { SpeedStage } from "./phone.ts";

const changes = 50;

/** From one page of the navigation to the next, each of which has been shown before. */
export async function timeRoutes({ browser, hub }: SpeedStage) {
  const { page, context } = await openPage(browser, hub);
  await page.goto("/");
  await settle(page);
  const targets = [
    ["/connections", words.connections.title],
    ["/playground", words.playground.title],
    ["/activity", words.activity.title],
    ["/clients", clientWords.title],
    ["/", words.home.title],
  ] as const;
  const times: number[] = [];
  for (let change = 0; change < changes + targets.length; change++) {
    const [path, title] = targets[change % targets.length] ?? ["/", ""];
    const time = await page.evaluate(press, {
      link: `nav a[href="${path}"]`,
      shows: "main h1",
      saying: title,
    });
    // The first time round loads the code.
    if (change >= targets.length) times.push(time);
    await page.waitForTimeout(100);
  }
  await context.close();
  return { routeP50Ms: quantile(times, 0.5), routeP95Ms: quantile(times, 0.95) };
}

/** A tool of a thousand arguments, chosen from the list ten times. */
export async function timeForm({ browser, hub }: SpeedStage, toolId: string) {
  const { page, context } = await openPage(browser, hub);
  const times: number[] = [];
  for (let round = 0; round < 10; round++) {
    await page.goto("/playground?q=wide");
    await settle(page);
    const link = `a[href^="/playground/${toolId}"]`;
    await page.locator(link).first().waitFor();
    const shows = `section[aria-label="${words.playground.tabs.label}"] :is(input, textarea)`;
    times.push(await page.evaluate(press, { link, shows, saying: "" }));
  }
  await context.close();
  return { arguments: 1000, medianMs: quantile(times, 0.5) };
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

type Press = { link: string; shows: string; saying: string };

/** Runs in the page: presses a link, and tells how long it took until what it should show was painted. */
async function press({ link, shows, saying }: Press): Promise<number> {
  const frame = () => new Promise((drawn) => requestAnimationFrame(drawn));
  const began = performance.now();
  document.querySelector<HTMLElement>(link)?.click();
  while (document.querySelector(shows)?.textContent !== saying) {
    if (performance.now() - began > 10_000) throw new Error(`${link} leads nowhere`);
    await frame();
  }
  await frame();
  await new Promise((painted) => setTimeout(painted));
  return performance.now() - began;
}
