// The way of somebody who starts the hub for the first time, up to a tool's answer.
import type { Page } from "playwright-core";
import { connect } from "../../web/src/words/connect.ts";
import { words } from "../../web/src/words/index.ts";

const { shell, connections, playground } = words;

/** By mouse, from the sign-in link to a result on the screen. */
export async function connectAndCall(
  page: Page,
  { link, serverUrl }: { link: string; serverUrl: string },
): Promise<void> {
  await page.goto(link);
  await page.getByRole("heading", { level: 1, name: words.home.title }).waitFor();
  await page.getByRole("link", { name: shell.pages.connections, exact: true }).click();
  // Home offers the same, and is there until the page has loaded.
  await page.getByRole("heading", { level: 1, name: connections.title }).waitFor();
  await page.getByRole("link", { name: connections.add }).first().click();
  await page.getByRole("link", { name: connect.choose.mcp, exact: true }).click();
  await page.getByRole("textbox", { name: connections.addPage.url }).fill(serverUrl);
  const name = page.getByRole("textbox", { name: /^Name/ });
  await name.fill("Fixture");
  await page.getByRole("button", { name: connections.addPage.connect, exact: true }).click();
  await page.getByText(connections.result.connected("Fixture")).first().waitFor();
  await page.getByRole("link", { name: connections.result.tryTool }).click();
  await page.getByRole("searchbox", { name: playground.list.search }).fill("echo");
  await page.getByRole("link", { name: /^Echo/ }).click();
  await page.getByRole("textbox", { name: /^message/ }).fill("Hello from a person");
  await page.getByRole("button", { name: playground.run.run, exact: true }).click();
  await page.getByText("Echo: Hello from a person").first().waitFor();
}
