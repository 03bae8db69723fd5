// What goes wrong, goes wrong in a sentence with a way on, and the page can still be used.
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { words } from "../../web/src/words/index.ts";
import { clients as clientWords } from "../../web/src/words/clients.ts";
import { callTool, connect, startHubProcess, toolsOf, type Tool } from "../hub-process.ts";
import { openPage, shareSession, signInLinkOf } from "./browser.ts";
import { setStage } from "./stage.ts";
import { changeStorage } from "./storage.ts";
import { settle } from "./sweep.ts";
import { startUnrulyServer } from "./unruly-server.ts";
import { hubAway } from "./watch.ts";

const stage = setStage();
const { playground, shell, signIn } = words;

describe("a sign-in link", () => {
  async function expectRefusal(page: Page, link: string, sentence: RegExp) {
    await page.goto(link);
    await page.getByRole("heading", { name: signIn.failed }).waitFor();
    expect(await page.getByRole("alert").textContent()).toMatch(sentence);
    await page.getByText("prints a new link").waitFor();
    expect(page.url()).not.toContain("token");
  }

  it("that nobody knows, was used, or has expired is refused with the way to a new one", async () => {
    const hub = await startHubProcess();
    try {
      const expired = signInLinkOf(hub);
      await hub.stop();
      changeStorage(hub, "sign_in_links", (links) =>
        links.prepare("UPDATE sign_in_links SET expires_at = ?").run(Date.now() - 60_000),
      );
      const again = await hub.restart();
      const { page, context, watch, url } = await openPage(stage.browser, again, {
        signedOut: true,
      });
      const fresh = signInLinkOf(again);
      watch.expect(/answered (401|410)/, /console: Failed to load resource.* (401|410)/);
      await expectRefusal(page, `${url}/sign-in?token=nobody-knows-this-one`, /not known/);
      await expectRefusal(page, expired, /expired/);
      await page.goto(fresh);
      await page.waitForURL(`${url}/`);
      // Without its cookie the live connection would be refused, if it were still to be opened.
      await page.getByText(words.shell.live.live, { exact: true }).first().waitFor();
      await context.clearCookies();
      await expectRefusal(page, fresh, /used/);
      expect(watch.problems).toEqual([]);
      await again.stop();
    } finally {
      await hub.stop();
      hub.clear();
    }
  });
});

describe("a server without measure", () => {
  let server: Awaited<ReturnType<typeof startUnrulyServer>>;
  let tools: Tool[] = [];
  beforeAll(async () => {
    server = await startUnrulyServer();
    const { status, body } = await connect(stage.hub, "Unruly", server.url);
    expect([status, body.warnings]).toEqual([201, []]);
    tools = await toolsOf(stage.hub, body.id);
  });
  afterAll(() => server.close());

  async function open(name: string) {
    const dashboard = await stage.open();
    const { page } = dashboard;
    await page.goto(`/playground/${tools.find((tool) => tool.name === name)?.id}`);
    await settle(page);
    return dashboard;
  }

  const run = (page: Page) =>
    page.getByRole("button", { name: playground.run.run, exact: true }).click();

  it("may refuse at length", async () => {
    const { page, watch } = await open("long_refusal");
    watch.expect(/answered 502/, /console: Failed to load resource.* 502/);
    await run(page);
    await page.getByText(playground.run.status.failed).first().waitFor();
    await expectUsable(page, "a refusal of 100 KB");
  });

  it("may fail at length", async () => {
    const { page } = await open("long_error");
    await run(page);
    await page.getByText(playground.run.status.toolError).first().waitFor();
    await expectUsable(page, "an error of 100 KB");
  });

  it("may answer with ten megabytes", async () => {
    const { page, watch } = await open("long_result");
    // More than the hub takes from a server is a refusal of its own.
    watch.expect(/answered 502/, /console: Failed to load resource.* 502/);
    await run(page);
    await page.getByRole("button", { name: playground.run.again, exact: true }).waitFor();
    await expectUsable(page, "a result of 10 MB");
  });

  it("may describe arguments that contain themselves", async () => {
    const { page } = await open("cyclic");
    await page.getByText("tree").first().waitFor();
    await page.getByRole("tab", { name: playground.tabs.json }).click();
    await page.getByRole("tab", { name: playground.tabs.form }).click();
    await run(page);
    await page.getByText("cyclic:").first().waitFor();
    await expectUsable(page, "a schema in a circle");
  });

  it("may take anything, written key by key", async () => {
    const { page } = await open("loose");
    const anything = page.getByRole("textbox", { name: /^anything/ });
    await anything.focus();
    await page.keyboard.type('{"go": "c"}');
    expect(await anything.inputValue()).toBe('{"go": "c"}');
    const choice = page.getByRole("combobox", { name: /^choice/ });
    await choice.focus();
    await page.keyboard.type("option 49");
    expect(await choice.inputValue()).toBe("option 49");
  });

  it("may take a thousand arguments", async () => {
    const { page } = await open("wide");
    const more = page.getByRole("button", { name: /^Show [\d,]+ more field/ });
    while ((await more.count()) > 0) await more.first().click();
    await page.getByRole("textbox", { name: /^field_999/ }).fill("the last");
    await run(page);
    await page.getByText("wide:").first().waitFor();
    await expectUsable(page, "a thousand arguments");
  });
});

it("says so when the hub is away, on a page not seen before too, and goes on when it is back", async () => {
  const hub = await startHubProcess();
  try {
    const { page, context, watch } = await openPage(stage.browser, hub, { serviceWorker: true });
    watch.expect(hubAway, /console: WebSocket/);
    await page.goto("/activity");
    await settle(page);
    await page.evaluate(() => navigator.serviceWorker.ready);
    await hub.stop();
    await page.getByRole("link", { name: shell.pages.clients, exact: true }).click();
    await page.getByRole("heading", { level: 1, name: clientWords.title }).waitFor();
    const away = page.getByText(words.errors.network).or(page.getByText(words.offline.title));
    await away.first().waitFor({ timeout: 20_000 });
    const again = await hub.restart();
    await expect.poll(() => away.count(), { timeout: 30_000 }).toBe(0);
    expect(watch.problems).toEqual([]);
    await context.close();
    await again.stop();
  } finally {
    await hub.stop();
    hub.clear();
  }
});

it("goes on by itself, and shows what is called next, when the hub was away", async () => {
  const hub = await startHubProcess();
  try {
    const { body } = await connect(hub, "Fixture", stage.fixtureUrl);
    const [echo] = (await toolsOf(hub, body.id)).filter(({ name }) => name === "echo");
    const { page, context, watch } = await openPage(stage.browser, hub);
    watch.expect(hubAway, /console: WebSocket/);
    await page.goto("/activity");
    await settle(page);
    await page.getByText(shell.live.live).first().waitFor();
    await hub.stop();
    await page.getByText(shell.live.lost).waitFor();
    const again = await hub.restart();
    shareSession(again, context);
    await page.getByText(shell.live.live).first().waitFor({ timeout: 30_000 });
    await callTool(again, "rest", { tool: echo as Tool, args: { message: "back again" } });
    await page.getByRole("option", { name: /echo/ }).first().waitFor();
    expect(watch.problems).toEqual([]);
    await context.close();
    await again.stop();
  } finally {
    await hub.stop();
    hub.clear();
  }
});

/** Somebody presses a link of the navigation and is where it leads. */
async function expectUsable(page: Page, after: string): Promise<void> {
  const began = performance.now();
  await page.getByRole("link", { name: shell.pages.clients, exact: true }).click();
  await page.getByRole("heading", { level: 1, name: clientWords.title }).waitFor();
  console.log(`After ${after}, another page within ${Math.round(performance.now() - began)} ms`);
}
