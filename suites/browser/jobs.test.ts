// Jobs and limits as a person meets them: a call goes on by itself, is watched, cancelled and retried.
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { activityMore } from "../../web/src/words/activity-more.ts";
import { words } from "../../web/src/words/index.ts";
import { jobs as say } from "../../web/src/words/jobs.ts";
import { limits as sayLimits } from "../../web/src/words/limits.ts";
import { ask, connect, toolsOf, waitUntil } from "../hub-process.ts";
import { barriers } from "./axe.ts";
import { startReportServer, type ReportCall } from "./report-server.ts";
import { setStage } from "./stage.ts";

const stage = setStage();
let server: Awaited<ReturnType<typeof startReportServer>>;
let toolId: string;
beforeAll(async () => {
  server = await startReportServer();
  const { body } = await connect(stage.hub, "Reports", server.url);
  toolId = (await toolsOf(stage.hub, body.id))[0]?.id ?? "";
});
afterAll(() => server?.close());

const name = "write_report";
const press = (page: Page, label: string | RegExp) =>
  page
    .getByRole("button", { name: label, exact: typeof label === "string" })
    .first()
    .click();
const rows = (page: Page) =>
  page.getByRole("row").filter({ has: page.getByRole("link", { name }) });
const isLive = (page: Page) =>
  page.getByText(words.shell.live.live, { exact: true }).first().waitFor();

/** The call of this year's report, once the server has it. */
async function callOf(year: number): Promise<ReportCall> {
  const found = () => server.calls.findLast((call) => call.year === year);
  await waitUntil(() => found() !== undefined, 20_000);
  const call = found();
  if (!call) throw new Error(`The report of ${year} was never asked for.`);
  return call;
}

async function begin(year: number): Promise<string> {
  const { status, body } = await ask(stage.hub, "/api/v1/jobs", {
    body: { toolId, arguments: { year } },
  });
  expect(status).toBe(202);
  return body.id;
}

it("is begun from the Playground by keyboard alone, and watched to its end", async () => {
  const { page } = await stage.open();
  await page.goto(`/playground/${toolId}`);
  await page.getByRole("textbox", { name: /^year/ }).fill("2026");
  await page.getByRole("button", { name: words.playground.run.asJob }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").waitFor();
  await page.getByRole("button", { name: say.begin.confirm }).focus();
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/jobs\/job_/);
  const call = await callOf(2026);
  await page.getByText(say.status.running, { exact: true }).first().waitFor();

  await isLive(page);
  await page.keyboard.press("g");
  await page.keyboard.press("j");
  await page.getByRole("heading", { name: say.title, exact: true }).waitFor();
  const row = rows(page).first();
  await row.getByText(say.status.running, { exact: true }).first().waitFor();
  call.progress(25, 100);
  await row.getByText(/25 %/).waitFor();
  call.progress(75, 100);
  await row.getByText(/75 %/).waitFor();
  expect(await barriers(page)).toEqual([]);
  call.end("The report of 2026 has 41 pages.");
  await row.getByText(say.status.succeeded, { exact: true }).waitFor();

  await row.getByRole("link", { name }).focus();
  await page.keyboard.press("Enter");
  await page.getByText("The report of 2026 has 41 pages.").first().waitFor();
  await page.getByText(say.detail.spans.attempt(1)).first().waitFor();
  await page.getByText(say.detail.event.finished, { exact: true }).last().waitFor();
  expect(await barriers(page)).toEqual([]);
});

it("is cancelled, which reaches the server, and retried", async () => {
  const { page } = await stage.open();
  const id = await begin(2025);
  await callOf(2025);
  const before = server.cancelled();
  await page.goto(`/jobs/${id}`);
  await press(page, say.actions.cancel);
  await press(page, say.actions.cancelConfirm);
  await page.getByText(say.status.cancelled, { exact: true }).first().waitFor();
  await waitUntil(() => server.cancelled() > before, 10_000);

  const earlier = await callOf(2025);
  await press(page, say.actions.retry);
  await press(page, say.actions.retryConfirm);
  await waitUntil(() => server.calls.at(-1) !== earlier, 20_000);
  (await callOf(2025)).end("The report of 2025 has 7 pages.");
  await page.getByText("The report of 2025 has 7 pages.").first().waitFor();
  await page.getByText(say.detail.spans.attempt(2)).first().waitFor();
});

it("are cancelled together, after a count of those it is done to", async () => {
  const { page } = await stage.open();
  await Promise.all([begin(2021), begin(2022)]);
  await Promise.all([callOf(2021), callOf(2022)]);
  await page.goto("/jobs?status=running");
  await page.getByText(say.footer.matching(2)).waitFor();
  await page.getByRole("checkbox", { name: say.selectLoaded }).check();
  await page.getByText(say.bulk.selected(2)).waitFor();
  await press(page, say.bulk.cancel);
  await page.getByText(say.bulk.matched.cancel(2, false)).waitFor();
  expect(await barriers(page)).toEqual([]);
  await press(page, say.bulk.confirm.cancel(2, false));
  await page.getByText(say.nothing.title).waitFor();
  const { body } = await ask(stage.hub, "/api/v1/jobs?status=cancelled");
  expect(body.items.length).toBe(2);
});

it("shows the limit that refused a call, and who may set another", async () => {
  const { page, watch } = await stage.open();
  watch.expect(/^answered 429:/, /^console: Failed to load resource.* 429/);
  await page.goto("/limits");
  await press(page, sayLimits.settings.add);
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(sayLimits.form.scope).selectOption("tool");
  await dialog.getByLabel(sayLimits.form.subject).selectOption(toolId);
  await dialog.getByLabel(sayLimits.form.perDay).fill("1");
  await press(page, sayLimits.form.save);
  await page.getByText(sayLimits.settings.saved).waitFor();

  await page.goto(`/playground/${toolId}`);
  await page.getByRole("textbox", { name: /^year/ }).fill("2030");
  await press(page, words.playground.run.run);
  (await callOf(2030)).end("The report of 2030 has 1 page.");
  await press(page, words.playground.run.again);
  await page.getByRole("link", { name: activityMore.toLimits }).click();
  await page.getByRole("heading", { name: sayLimits.title, exact: true }).waitFor();
  await page.getByRole("combobox", { name: sayLimits.uses.filter }).selectOption("tool");
  await page.getByText(sayLimits.used(1, 1)).waitFor();
  await page.getByText(sayLimits.gone).first().waitFor();
  expect(await barriers(page)).toEqual([]);
});
