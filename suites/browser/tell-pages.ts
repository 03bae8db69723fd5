// A browser test that fails says what its pages showed: seen seldom, a failure cannot always be made to come again.
import { afterEach } from "vitest";
import { openPages } from "./browser.ts";

afterEach(async ({ task }) => {
  if (task.result?.state !== "fail") return;
  const seen: string[] = [];
  for (const page of openPages()) {
    const text = await page
      .locator("body")
      .innerText({ timeout: 1000 })
      .catch((error: Error) => error.message);
    seen.push(`${page.url()} showed:\n${text.slice(0, 1500)}`);
  }
  for (const error of task.result.errors?.slice(0, 1) ?? [])
    error.stack = [error.stack ?? error.message, ...seen].join("\n\n");
});
