import type { Locator, Page } from "playwright-core";
import { expect, it } from "vitest";
import { connect } from "../../web/src/words/connect.ts";
import { words } from "../../web/src/words/index.ts";
import { shareSession, signInLinkOf } from "./browser.ts";
import { connectAndCall } from "./journey.ts";
import { setStage } from "./stage.ts";
import { settle } from "./sweep.ts";

const stage = setStage();
const { shell, connections, playground, activity } = words;

it("leads a newcomer from the printed link to a tool's answer, seen live by a colleague", async () => {
  const began = performance.now();
  const { page } = await stage.open({ signedOut: true, reducedMotion: false, serviceWorker: true });
  await connectAndCall(page, { link: signInLinkOf(stage.hub), serverUrl: stage.fixtureUrl });
  shareSession(stage.hub, page.context());
  const took = performance.now() - began;
  console.log(`From the link to the answer: ${(took / 1000).toFixed(1)} s`);
  expect(took).toBeLessThan(120_000);

  const colleague = await page.context().newPage();
  await colleague.goto("/activity");
  const calls = colleague.getByRole("listbox", { name: activity.list }).getByRole("option");
  await expect.poll(() => calls.count()).toBe(1);
  await page.getByRole("textbox", { name: /^message/ }).fill("Hello again");
  await page.getByRole("button", { name: playground.run.again, exact: true }).click();
  await page.getByText("Echo: Hello again").first().waitFor();
  await expect.poll(() => calls.count()).toBe(2);
  await colleague.getByText(words.status.execution.succeeded).nth(1).waitFor();
});

it("leads whoever is signed out from any page to signing in", async () => {
  const { page, watch } = await stage.open({ signedOut: true });
  watch.expect(/401/);
  for (const path of ["/", "/activity?status=failed", "/connections/con_1"]) {
    await page.goto(path);
    await page.getByRole("heading", { name: words.signIn.title }).waitFor();
    expect(new URL(page.url()).searchParams.get("next")).toBe(path);
  }
});

it("can be walked by keyboard alone, with the focus in sight and back where it was", async () => {
  const { page } = await stage.open();
  const keys = page.keyboard;
  await page.goto("/");
  await settle(page);

  await keys.press("Tab");
  await expectFocus(page.getByRole("link", { name: shell.skip }));
  await keys.press("Enter");
  await keys.press("g");
  await keys.press("c");
  await expectFocus(page.getByRole("heading", { level: 1, name: connections.title }));

  await tabTo(page, page.getByRole("link", { name: connections.add }).first());
  await keys.press("Enter");
  await tabTo(page, page.getByRole("link", { name: connect.choose.mcp, exact: true }));
  await keys.press("Enter");
  await tabTo(page, page.getByRole("textbox", { name: connections.addPage.url }));
  await keys.type(stage.fixtureUrl);
  await tabTo(page, page.getByRole("textbox", { name: /^Name/ }));
  await keys.press("Control+a");
  await keys.type("By keyboard");
  await keys.press("Enter");
  await page.getByText(connections.result.connected("By keyboard")).first().waitFor();
  await tabTo(page, page.getByRole("link", { name: connections.result.tryTool }));
  await keys.press("Enter");

  await page.getByRole("searchbox", { name: playground.list.search }).waitFor();
  await keys.press("/");
  await expectFocus(page.getByRole("searchbox", { name: playground.list.search }));
  await keys.type("sleep");
  await tabTo(page, page.getByRole("link", { name: /^Sleep/ }).first());
  await keys.press("Enter");
  await tabTo(page, page.getByRole("textbox", { name: /^ms/ }));
  await keys.type("5");
  await keys.press("Control+Enter");
  await page.getByText("Slept 5 ms").first().waitFor();

  const copy = page.getByRole("button", { name: playground.run.copyAs });
  await tabTo(page, copy, "Shift+Tab");
  await keys.press("Enter");
  const dialog = page.getByRole("dialog", { name: playground.copy.title });
  await dialog.waitFor();
  await tabTo(page, dialog.getByRole("tab", { name: playground.copy.tabs.curl }));
  await keys.press("ArrowRight");
  await expectFocus(dialog.getByRole("tab").nth(1));
  for (let stop = 0; stop < 12; stop++) {
    await keys.press("Tab");
    // The guard at either end sends the focus back in with the next frame.
    await expect
      .poll(() => dialog.evaluate((box) => box.contains(document.activeElement)))
      .toBe(true);
  }
  await keys.press("Escape");
  await dialog.waitFor({ state: "detached" });
  await expectFocus(copy);

  await keys.press("Control+k");
  await expectFocus(page.getByRole("combobox", { name: shell.palette.label }));
  await keys.press("Escape");
  await expectFocus(copy);
  await keys.press("Control+k");
  await keys.type(shell.pages.activity);
  await page.getByRole("option", { name: shell.pages.activity }).first().waitFor();
  await keys.press("Enter");
  await page.getByRole("heading", { level: 1, name: activity.title }).waitFor();
  await tabTo(page, page.getByRole("listbox", { name: activity.list }));
  await keys.press("Enter");
  await page.getByText("Slept 5 ms").first().waitFor();

  await keys.press("?");
  await page.getByRole("dialog", { name: shell.shortcuts.title }).waitFor();
  await keys.press("Escape");
  await page.getByRole("dialog", { name: shell.shortcuts.title }).waitFor({ state: "detached" });
});

const hasFocus = (target: Locator) =>
  target.evaluate((element) => element === document.activeElement);
const expectFocus = (target: Locator) => expect.poll(() => hasFocus(target)).toBe(true);

/** As a person does: on with the key until the place is reached, seeing at every stop where one is. */
async function tabTo(page: Page, target: Locator, key = "Tab"): Promise<void> {
  await target.waitFor();
  for (let stop = 0; stop < 120; stop++) {
    if (await hasFocus(target)) return;
    await page.keyboard.press(key);
    const unseen = await page.evaluate(unseenFocus);
    if (unseen !== null) throw new Error(`The focus is not to be seen on ${unseen}`);
  }
  throw new Error(`${String(target)} is not reached by ${key}.`);
}

/** Runs in the page. What has the focus and does not show it; null where it does, or where the page was left. */
function unseenFocus(): string | null {
  const focused = document.activeElement;
  if (!focused || focused === document.body) return null;
  // A hidden radio shows its focus on the label around it, a text field on its frame, a list on its entry.
  const entry = document.getElementById(focused.getAttribute("aria-activedescendant") ?? "");
  const around = [focused, focused.parentElement, focused.closest("label"), entry];
  const shows = around.some((element) => {
    if (!element) return false;
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
    return (outlineStyle !== "none" && parseFloat(outlineWidth) >= 1) || boxShadow !== "none";
  });
  return shows ? null : focused.outerHTML.slice(0, 200);
}
