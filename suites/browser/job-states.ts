// Jobs and limits, in every state.
import type { Page } from "playwright-core";
import { jobs as say } from "../../web/src/words/jobs.ts";
import { limits as sayLimits } from "../../web/src/words/limits.ts";
import { answered, answering, asViewer, never, Refusal } from "./answers.ts";
import * as shown from "./job-answers.ts";
import type { State } from "./states.ts";
import { apiKeys, members, pageOf } from "./team-answers.ts";

const broken = new Refusal(
  500,
  "internal",
  "Something went wrong inside the hub. Try again; if it stays, report the request id.",
);
const forbidden = new Refusal(403, "forbidden", "Your role may not see jobs. Ask an admin.");
const press = (page: Page, name: string | RegExp) =>
  page
    .getByRole("button", { name, exact: typeof name === "string" })
    .first()
    .click();

const names = { "v1/members": pageOf(members), "v1/api-keys": pageOf(apiKeys) };
const list = (answer: unknown, more: Record<string, unknown> = {}) => ({
  path: "/jobs",
  before: answering({ "v1/jobs": answer, ...names, ...more }),
});
const one = (job: { id: string }, events: unknown = pageOf([])) => ({
  path: `/jobs/${job.id}`,
  before: answering({
    [`v1/jobs/${job.id}`]: job,
    [`v1/jobs/${job.id}/events`]: events,
    ...names,
  }),
});
const limitsOf = (more: Record<string, unknown> = {}) => ({
  path: "/limits",
  before: answering({
    "v1/limits": shown.limits,
    "v1/limits/usage": shown.uses,
    "v1/limits/settings": shown.settings,
    ...more,
  }),
});
const chooseTwo = async (page: Page) => {
  const boxes = page.getByRole("checkbox", { name: /^Select (?!all)/ });
  await boxes.nth(0).check();
  await boxes.nth(2).check();
};

export const jobStates: State[] = [
  { name: "jobs", ...list(shown.jobs) },
  { name: "jobs-loading", ...list(never), waiting: true },
  { name: "jobs-empty", ...list(pageOf([])) },
  { name: "jobs-none-found", ...list(pageOf([])), path: "/jobs?status=lost" },
  { name: "jobs-error", ...list(broken), wrong: answered(500) },
  { name: "jobs-no-permission", ...list(forbidden), wrong: answered(403) },
  { name: "jobs-many", ...list(shown.many) },
  { name: "jobs-chosen", ...list(shown.jobs), act: chooseTwo },
  {
    name: "jobs-bulk",
    ...list(shown.jobs, { "v1/jobs/bulk": { matched: 1, done: 0, more: false } }),
    act: async (page) => {
      await chooseTwo(page);
      await press(page, say.bulk.cancel);
      await page.getByText(say.bulk.matched.cancel(1, false)).waitFor();
    },
  },
  {
    name: "jobs-bulk-retry",
    ...list(shown.jobs, { "v1/jobs/bulk": { matched: 2, done: 0, more: true } }),
    act: async (page) => {
      await chooseTwo(page);
      await press(page, say.bulk.selectAll);
      await press(page, say.bulk.retry);
      await page.getByText(say.bulk.matched.retry(2, true)).waitFor();
    },
  },
  { name: "job-running", ...one(shown.runningDetail, shown.runningEvents) },
  {
    name: "job-failed",
    ...one(shown.failedDetail, shown.failedEvents),
    act: (page) => page.getByText(say.detail.asTable).click(),
  },
  { name: "job-succeeded", ...one(shown.succeededDetail) },
  { name: "job-not-found", path: "/jobs/job_gone", wrong: answered(404) },
  {
    name: "job-cancel",
    ...one(shown.runningDetail, shown.runningEvents),
    act: async (page) => {
      await press(page, say.actions.cancel);
      await page.getByRole("dialog").waitFor();
    },
  },
  { name: "limits", ...limitsOf() },
  {
    name: "limits-as-viewer",
    path: "/limits",
    before: async (dashboard) => {
      await limitsOf().before(dashboard);
      await asViewer(dashboard);
    },
  },
  { name: "limits-loading", ...limitsOf({ "v1/limits": never }), waiting: true },
  {
    name: "limits-empty",
    ...limitsOf({
      "v1/limits": shown.quietLimits,
      "v1/limits/usage": pageOf([]),
      "v1/limits/settings": pageOf([]),
    }),
  },
  { name: "limits-error", ...limitsOf({ "v1/limits": broken }), wrong: answered(500) },
  { name: "limits-partial", ...limitsOf({ "v1/limits/usage": broken }), wrong: answered(500) },
  { name: "limits-no-permission", ...limitsOf({ "v1/limits": forbidden }), wrong: answered(403) },
  {
    name: "limits-set",
    ...limitsOf(),
    act: async (page) => {
      await press(page, sayLimits.settings.add);
      const dialog = page.getByRole("dialog");
      await dialog.getByLabel(sayLimits.form.scope).selectOption("person");
      await dialog.getByLabel(sayLimits.form.perMinute).fill("many");
      await press(page, sayLimits.form.save);
    },
  },
];
