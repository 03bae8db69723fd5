import type { Locator, Page } from "playwright-core";
import { words } from "../../web/src/words/index.ts";

/** Waits until a page stands: its heading is there, and nothing of it is on its way any more. */
export async function settle(page: Page): Promise<void> {
  await page.locator("h1").first().waitFor();
  await page.getByText(words.common.loading).first().waitFor({ state: "detached" });
}

type Visit = () => Promise<void>;

/**
 * Shows everything a page has: its tabs, what is folded, what is further down, so many screens of it. Calls `visit` at
 * each step.
 */
export async function sweep(page: Page, screens: number, visit: Visit): Promise<void> {
  await visit();
  const tabs = page.locator("main").getByRole("tab");
  for (let index = 0; index < (await tabs.count()); index++) {
    await tabs.nth(index).click();
    await settle(page);
    await unfold(page);
    await scroll(page, screens, visit);
  }
  if ((await tabs.count()) > 0) return;
  await unfold(page);
  await scroll(page, screens, visit);
}

const most = 12;

/** Opens what is folded, and what is cut short: in the page itself, since much of it is covered by what opened before. */
async function unfold(page: Page): Promise<void> {
  const pressAll = (found: Locator) =>
    found.evaluateAll((elements, count) => {
      for (const element of elements.slice(0, count)) (element as HTMLElement).click();
    }, most);
  await pressAll(
    page.locator(
      "main details:not([open]) > summary, main button[aria-expanded=false]:not([aria-haspopup])",
    ),
  );
  const more = page
    .locator("main")
    .getByRole("button", { name: new RegExp(`^(${words.common.more}|${words.common.loadMore})`) });
  for (let step = 0; step < 2 && (await more.count()) > 0; step++) {
    await pressAll(more);
    await settle(page);
  }
}

/** Goes down whatever scrolls, since a long list draws only what is in sight. */
async function scroll(page: Page, screens: number, visit: Visit): Promise<void> {
  await visit();
  for (let step = 0; step < screens; step++) {
    const moved = await page.evaluate(() => {
      const page = document.scrollingElement;
      const boxes = [page, ...document.querySelectorAll("main *")].filter((box) => box !== null);
      const before = boxes.map(({ scrollTop }) => scrollTop);
      for (const box of boxes)
        if (box === page || /auto|scroll/.test(getComputedStyle(box).overflowY))
          box.scrollTop += box.clientHeight * 0.9;
      return boxes.some(({ scrollTop }, n) => scrollTop > (before[n] ?? 0) + 1);
    });
    if (!moved) return;
    await page.waitForTimeout(30);
    await visit();
  }
}
