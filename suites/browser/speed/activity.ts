import { words } from "../../../web/src/words/index.ts";
import { openPage } from "../browser.ts";
import { settle } from "../sweep.ts";
import type { SpeedStage } from "./phone.ts";
import { quantile } from "./routes.ts";

const turns = 300;

/** The list of all calls, turned through by the wheel. */
export async function timeActivity({ browser, hub }: SpeedStage) {
  const { page, context } = await openPage(browser, hub);
  const began = performance.now();
  await page.goto("/activity");
  await settle(page);
  const list = page.getByRole("listbox", { name: words.activity.list });
  await list.getByRole("option").first().waitFor();
  const firstMs = performance.now() - began;
  await list.hover();
  await page.evaluate(countFrames);
  for (let turn = 0; turn < turns; turn++) {
    await page.mouse.wheel(0, 900);
    await page.waitForTimeout(16);
  }
  const frames = await page.evaluate(() => globalThis.plugboardTestFrames);
  const position = await list.getByRole("option").last().getAttribute("aria-posinset");
  await context.close();
  const seconds = frames.reduce((sum, frame) => sum + frame, 0) / 1000;
  return {
    firstMs,
    rows: Number(position),
    framesPerSecond: frames.length / seconds,
    p95FrameMs: quantile(frames, 0.95),
  };
}

declare global {
  var plugboardTestFrames: number[];
}

/** Runs in the page: notes how long each frame takes, from now on. */
function countFrames(): void {
  const frames: number[] = [];
  globalThis.plugboardTestFrames = frames;
  let before = performance.now();
  const note = (now: number) => {
    frames.push(now - before);
    before = now;
    requestAnimationFrame(note);
  };
  requestAnimationFrame(note);
}
