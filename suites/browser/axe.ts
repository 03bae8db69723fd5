import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults, RunOptions } from "axe-core";
import type { Page } from "playwright-core";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const options: RunOptions = {
  runOnly: tags,
  rules: { "target-size": { enabled: true } },
  resultTypes: ["violations"],
};

/** What is hard to see, to reach or to hear on this page, a sentence each. */
export async function barriers(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(source);
  await page.evaluate(scrollBack);
  const { violations } = await page.evaluate(
    (how) => (globalThis as unknown as Axe).axe.run(document, how),
    options,
  );
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.slice(0, 3).map(({ html, failureSummary = "" }) => {
      const [, why = ""] = failureSummary.split("\n");
      return `${id}: ${html.slice(0, 160)} (${why.trim().slice(0, 200)})`;
    }),
  );
  const { wide, space } = await page.evaluate(() => ({
    wide: document.documentElement.scrollWidth,
    space: document.documentElement.clientWidth,
  }));
  return wide > space ? [...found, `scrolls sideways: ${wide} px in ${space}`] : found;
}

type Axe = { axe: { run: (of: Document, how: RunOptions) => Promise<AxeResults> } };

/** Runs in the page: what has been scrolled half out of sight is no smaller for it. */
function scrollBack(): void {
  for (const box of [document.scrollingElement, ...document.querySelectorAll("main *")])
    if (box !== null) box.scrollTop = 0;
}
