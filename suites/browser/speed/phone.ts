import type { Browser, CDPSession, Page } from "playwright-core";
import type { PhoneRow } from "../../../bench/dashboard.ts";
import { words } from "../../../web/src/words/index.ts";
import type { HubProcess } from "../../hub-process.ts";
import { openPage } from "../browser.ts";
import { settle } from "../sweep.ts";

export type SpeedStage = { browser: Browser; hub: HubProcess };

/** Each page opened from its address with nothing kept from before, then used by hand. */
export async function timeOnPhone(
  { browser, hub }: SpeedStage,
  pages: readonly (readonly [name: string, path: string])[],
): Promise<PhoneRow[]> {
  const rows: PhoneRow[] = [];
  for (const [name, path] of pages) {
    const { page, context } = await openPage(browser, hub, { width: 375 });
    page.setDefaultTimeout(60_000);
    await page.addInitScript(observe);
    await slowDown(await context.newCDPSession(page));
    await page.goto(path);
    await settle(page);
    const readyMs = await page.evaluate(() => performance.now());
    await page.waitForLoadState("networkidle");
    const { lcp, cls } = await page.evaluate(() => globalThis.plugboardTestVitals);
    await use(page);
    const { inp } = await page.evaluate(() => globalThis.plugboardTestVitals);
    rows.push({ page: name, lcpMs: lcp, readyMs, cls, inpMs: inp });
    await context.close();
  }
  return rows;
}

async function slowDown(cdp: CDPSession): Promise<void> {
  await cdp.send("Network.enable");
  await cdp.send("Network.emulateNetworkConditions", {
    offline: false,
    latency: 150,
    downloadThroughput: (1.6 * 1024 * 1024) / 8,
    uploadThroughput: (750 * 1024) / 8,
  });
  await cdp.send("Emulation.setCPUThrottlingRate", { rate: 4 });
}

/** What a hand does on any page: the navigation, the search over everything, the page's own search. */
async function use(page: Page): Promise<void> {
  const { shell } = words;
  for (let round = 0; round < 2; round++) {
    await page.getByRole("button", { name: shell.openNavigation }).click();
    await page.getByRole("dialog").waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await page.keyboard.press("Control+k");
    await page.getByRole("dialog").waitFor();
    await page.keyboard.type("echo", { delay: 120 });
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
  }
  const search = page.locator("main").getByRole("searchbox").first();
  if (await search.isVisible()) {
    await search.click();
    await page.keyboard.type("echo", { delay: 120 });
  }
  await page.waitForTimeout(500);
}

declare global {
  var plugboardTestVitals: { lcp: number; cls: number; inp: number };
}

/** Runs in the page, before anything else. */
function observe(): void {
  const vitals = { lcp: 0, cls: 0, inp: 0 };
  globalThis.plugboardTestVitals = vitals;
  type Shift = PerformanceEntry & { value: number; hadRecentInput: boolean };
  type Interaction = PerformanceEventTiming & { interactionId: number };
  const watch = (type: string, tell: (entry: PerformanceEntry) => void) =>
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) tell(entry);
    }).observe({ type, buffered: true, durationThreshold: 16 } as PerformanceObserverInit);
  watch("largest-contentful-paint", ({ startTime }) => (vitals.lcp = startTime));
  watch("layout-shift", (entry) => {
    const { value, hadRecentInput } = entry as Shift;
    if (!hadRecentInput) vitals.cls += value;
  });
  watch("event", (entry) => {
    const { interactionId, duration } = entry as Interaction;
    if (interactionId > 0) vitals.inp = Math.max(vitals.inp, duration);
  });
}
