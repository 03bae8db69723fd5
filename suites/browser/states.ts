// Every page in every state it has, once: what the accessibility test examines and the screenshots show.
import type { Page } from "playwright-core";
import { words } from "../../web/src/words/index.ts";
import { clients } from "../../web/src/words/clients.ts";
import { answered, asViewer } from "./answers.ts";
import type { Dashboard } from "./browser.ts";
import { connectStates } from "./connect-states.ts";
import { identityStates } from "./identity-states.ts";
import { jobStates } from "./job-states.ts";
import { lifeStates } from "./life-states.ts";
import { settle } from "./sweep.ts";
import { teamStates } from "./team-states.ts";
import type { World } from "./world.ts";

export type State = {
  name: string;
  path: string | ((world: World) => string);
  /** Before the page is asked for. */
  before?: (dashboard: Dashboard) => Promise<unknown>;
  /** What a person does on the page. */
  act?: (page: Page) => Promise<unknown>;
  /** What goes wrong here on purpose. */
  wrong?: RegExp[];
  signedOut?: boolean;
  /** What it waits for never comes. */
  waiting?: boolean;
  /** Only on a phone. */
  narrow?: boolean;
};

const { shell, connections, playground } = words;
const button = (page: Page, name: string | RegExp) =>
  page.getByRole("button", { name, exact: typeof name === "string" }).first();
/** A dialog's code is loaded when it is first opened. */
const opening = (name: string | RegExp) => async (page: Page) => {
  await button(page, name).click();
  await page.getByRole("dialog").waitFor();
};

const json = (status: number, body: unknown) => ({
  status,
  contentType: "application/json",
  body: JSON.stringify(body),
});
const nothing = { items: [], nextCursor: null };
const summary = "**/api/v1/executions/summary*";

/** Answers of the hub's in place of its own, for the states it cannot be brought into from outside. */
const answering = {
  empty: async ({ page }: Dashboard) => {
    await page.route(/\/api\/v1\/(connections|tools|executions|clients)(\?|$)/, (route) =>
      route.fulfill(json(200, nothing)),
    );
    await page.route(summary, (route) =>
      route.fulfill(
        json(200, {
          since: 0,
          total: 0,
          failed: 0,
          byStatus: { running: 0, succeeded: 0, failed: 0, timed_out: 0, cancelled: 0, lost: 0 },
          p50Ms: null,
          p95Ms: null,
        }),
      ),
    );
  },
  never: ({ page }: Dashboard) =>
    page.route(/\/api\/v1\/(?!me|live)/, () => new Promise<never>(() => undefined)),
  failing: ({ page }: Dashboard) => refusing(page, 500, "internal"),
  forbidding: ({ page }: Dashboard) => refusing(page, 403, "forbidden"),
};

const refusing = (page: Page, status: number, code: string) =>
  page.route(/\/api\/v1\/(?!me|live)/, (route) =>
    route.fulfill(
      json(status, {
        error: {
          code,
          message:
            "Something went wrong inside the hub. Try again; if it stays, report the request id.",
          requestId: "req_01k5x8m0qv2h7c9d4e6f8g0h2j",
        },
      }),
    ),
  );

const pagePaths: [name: string, path: State["path"]][] = [
  ["home", "/"],
  ["connections", "/connections"],
  ["connection", ({ connections }) => `/connections/${connections.fixture}`],
  ["playground", "/playground"],
  ["playground-tool", ({ tool }) => `/playground/${tool("echo")}`],
  ["activity", "/activity"],
  ["execution", ({ executions }) => `/activity/${executions.succeeded}`],
  ["clients", "/clients"],
  ["team", "/team"],
  ["team-roles", "/team/roles"],
  ["team-settings", "/team/settings"],
  ["keys", "/keys"],
  ["audit", "/audit"],
];

const everywhere: State[] = pagePaths.flatMap(([name, path]): State[] => [
  { name, path },
  { name: `${name}-loading`, path, before: answering.never, waiting: true },
  {
    name: `${name}-error`,
    path,
    before: answering.failing,
    wrong: answered(500),
  },
  { name: `${name}-no-permission`, path, before: answering.forbidding, wrong: answered(403) },
  { name: `${name}-as-viewer`, path, before: asViewer },
]);

const own: State[] = [
  {
    name: "playground-again",
    path: ({ tool, executions }) => `/playground/${tool("echo")}?from=${executions.succeeded}`,
  },
  { name: "home-empty", path: "/", before: answering.empty },
  { name: "connections-empty", path: "/connections", before: answering.empty },
  { name: "playground-empty", path: "/playground", before: answering.empty },
  { name: "activity-empty", path: "/activity", before: answering.empty },
  { name: "clients-empty", path: "/clients", before: answering.empty },
  { name: "connections-none-found", path: "/connections?q=nothing-like-it" },
  {
    name: "connections-menu",
    path: "/connections",
    act: async (page) => {
      await button(page, connections.actions.of("Fixture")).click();
      await page.getByRole("menu").waitFor();
    },
  },
  ...(["held-back", "offers", "activity", "settings"] as const).map((tab): State => ({
    name: `connection-${tab}`,
    path: ({ connections: { fixture, changed } }) =>
      `/connections/${tab === "held-back" ? changed : fixture}?tab=${tab}`,
  })),
  {
    name: "connection-tool",
    path: ({ connections, tool }) => `/connections/${connections.fixture}?tool=${tool("echo")}`,
  },
  { name: "connection-failing", path: ({ connections }) => `/connections/${connections.failing}` },
  {
    name: "connection-disabled",
    path: ({ connections }) => `/connections/${connections.disabled}`,
  },
  {
    name: "connection-delete",
    path: ({ connections }) => `/connections/${connections.fixture}`,
    act: async (page) => {
      await button(page, connections.actions.of("Fixture")).click();
      await page.getByRole("menuitem", { name: connections.actions.delete }).click();
      await page.getByRole("dialog").waitFor();
    },
  },
  { name: "connection-not-found", path: "/connections/con_gone", wrong: answered(404) },
  { name: "playground-none-found", path: "/playground?q=nothing-like-it" },
  { name: "playground-json", path: ({ tool }) => `/playground/${tool("add")}?tab=json` },
  {
    name: "playground-faults",
    path: ({ tool }) => `/playground/${tool("add")}`,
    act: async (page) => {
      await button(page, playground.run.run).click();
      await page.getByText(playground.faults.summary(2)).first().waitFor();
    },
  },
  { name: "playground-large-form", path: ({ tool }) => `/playground/${tool("update_invoice")}` },
  {
    name: "playground-result",
    path: ({ tool }) => `/playground/${tool("test_multiple_content_types")}`,
    act: run,
  },
  {
    name: "playground-result-error",
    path: ({ tool }) => `/playground/${tool("test_error_handling")}`,
    act: run,
  },
  {
    name: "playground-running",
    path: ({ tool }) => `/playground/${tool("sleep")}`,
    act: async (page) => {
      await page.getByRole("textbox", { name: /^ms/ }).fill("30000");
      await button(page, playground.run.run).click();
      await button(page, playground.run.cancel).waitFor();
    },
  },
  {
    name: "playground-confirm",
    path: ({ tool }) => `/playground/${tool("delete_invoice")}`,
    act: async (page) => {
      await page.getByRole("textbox", { name: /^workspace_id/ }).fill("one");
      await page.getByRole("textbox", { name: /^id/ }).fill("inv-1");
      await button(page, playground.run.run).click();
      await page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "playground-copy",
    path: ({ tool }) => `/playground/${tool("echo")}`,
    act: opening(playground.run.copyAs),
  },
  {
    name: "playground-saved",
    path: ({ tool }) => `/playground/${tool("echo")}`,
    act: opening(playground.run.saved),
  },
  { name: "playground-not-found", path: "/playground/tool_gone", wrong: answered(404) },
  { name: "activity-none-found", path: "/activity?q=nothing-like-it" },
  {
    name: "activity-details",
    path: ({ executions }) => `/activity?selected=${executions.failed}`,
    act: (page) =>
      page.getByRole("heading", { name: words.activity.detail.arguments }).first().waitFor(),
  },
  { name: "execution-failed", path: ({ executions }) => `/activity/${executions.failed}` },
  { name: "execution-events", path: ({ executions }) => `/activity/${executions.rich}` },
  { name: "execution-not-found", path: "/activity/exe_gone", wrong: answered(404) },
  {
    name: "clients-key",
    path: "/clients?client=claude-code&signIn=key",
    act: async (page) => {
      await button(page, clients.key.create(clients.choose.names["claude-code"])).click();
      await page.getByText(clients.key.once).waitFor();
    },
  },
  { name: "clients-json", path: "/clients?client=json&signIn=key" },
  { name: "clients-vscode", path: "/clients?client=vscode" },
  { name: "clients-claude", path: "/clients?client=claude" },
  { name: "clients-program", path: "/clients?client=rest" },
  {
    name: "palette",
    path: "/",
    act: async (page) => {
      await page.keyboard.press("Control+k");
      await page.getByRole("combobox", { name: shell.palette.label }).fill("echo");
      await page.getByRole("option", { name: /echo/i }).first().waitFor();
    },
  },
  {
    name: "shortcuts",
    path: "/",
    act: async (page) => {
      await page.keyboard.press("?");
      await page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "navigation",
    path: "/",
    narrow: true,
    act: async (page) => {
      await button(page, shell.openNavigation).click();
      await page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "offline",
    path: "/",
    wrong: [/ERR_INTERNET_DISCONNECTED/],
    act: async (page) => {
      await page.context().setOffline(true);
      await page.getByText(words.offline.banner).waitFor();
    },
  },
  { name: "not-found", path: "/nothing/here" },
];

export const states: readonly State[] = [
  ...everywhere,
  ...own,
  ...connectStates,
  ...lifeStates,
  ...jobStates,
  ...identityStates,
  ...teamStates,
];

async function run(page: Page): Promise<void> {
  await button(page, playground.run.run).click();
  await button(page, playground.run.again).waitFor();
}

export const pathOf = (world: World, { path }: State): string =>
  typeof path === "string" ? path : path(world);

/** Brings a page into the state. */
export async function showState(dashboard: Dashboard, world: World, state: State): Promise<void> {
  const { page, watch } = dashboard;
  watch.expect(...(state.wrong ?? []));
  await state.before?.(dashboard);
  await page.goto(pathOf(world, state));
  if (state.waiting) await page.locator("h1").first().waitFor();
  else await settle(page);
  await state.act?.(page);
}
