// Choosing a connector, signing in there and what comes of it, in every state.
import type { Page } from "playwright-core";
import { connect } from "../../web/src/words/connect.ts";
import { words } from "../../web/src/words/index.ts";
import { answered, answering, Refusal } from "./answers.ts";
import type { Dashboard } from "./browser.ts";
import * as shown from "./connect-answers.ts";
import type { State } from "./states.ts";
import { pageOf } from "./team-answers.ts";

const { connections } = words;
const press = (page: Page, name: string) =>
  page.getByRole("button", { name, exact: true }).first().click();
const heading = (page: Page, name: string) => page.getByRole("heading", { name }).first().waitFor();

const { id } = shown.flow;
const catalogue = {
  "v1/connectors": shown.connectors,
  "v1/connectors/salesforce": shown.salesforce,
};
/** With a sign-in that stands where it does. */
const signingIn = (flow: object) =>
  answering({ ...catalogue, "v1/connect-flows": flow, [`v1/connect-flows/${id}`]: flow });
const signIn = (name: string) => async (page: Page) => {
  await press(page, connect.setup.signIn("Salesforce"));
  await heading(page, name);
};
const unreached = new Refusal(502, "upstream_unauthorized", "The server wants to know who asks.");
const asViewer = ({ page }: Dashboard) =>
  page.route("**/api/v1/me", async (route) => {
    const me = await (await route.fetch()).json();
    await route.fulfill({ json: { ...me, role: "viewer", permissions: ["connections.read"] } });
  });
const asMember = ({ page }: Dashboard) =>
  page.route("**/api/v1/me", async (route) => {
    const me = await (await route.fetch()).json();
    const permissions = ["connections.read", "connections.own"];
    await route.fulfill({ json: { ...me, role: "member", permissions } });
  });
const setup = "/connections/new?connector=salesforce";
const mcp = "/connections/new?connector=mcp";

export const connectStates: State[] = [
  { name: "connect", path: "/connections/new" },
  {
    name: "connect-none-found",
    path: "/connections/new?q=nothing",
    before: answering({ "v1/connectors": pageOf([]) }),
  },
  {
    name: "connect-error",
    path: "/connections/new",
    before: answering({
      "v1/connectors": new Refusal(500, "internal", "Something went wrong inside the hub."),
    }),
    wrong: answered(500),
  },
  { name: "connect-no-permission", path: "/connections/new", before: asViewer },
  { name: "connect-setup", path: setup, before: answering(catalogue) },
  {
    name: "connect-setup-faults",
    path: setup,
    before: answering(catalogue),
    act: async (page) => {
      await page.getByRole("textbox", { name: /^Name/ }).fill("");
      await page.getByRole("textbox", { name: /^My Domain/ }).fill("acme");
      await page.getByRole("radio", { name: /^Service account/ }).check();
      await press(page, connect.setup.connect);
      await page.getByText(connect.faults.missing("Consumer key")).waitFor();
    },
  },
  {
    name: "connect-without-app",
    path: setup,
    before: answering({ ...catalogue, "v1/connectors/salesforce": shown.withoutApp }),
  },
  {
    name: "connect-ask-for-app",
    path: setup,
    before: async (dashboard) => {
      await answering({ ...catalogue, "v1/connectors/salesforce": shown.withoutApp })(dashboard);
      await asMember(dashboard);
    },
  },
  {
    name: "connect-unknown",
    path: "/connections/new?connector=nobody",
    before: answering({
      "v1/connectors/nobody": new Refusal(404, "not_found", "There is no such connector."),
    }),
    wrong: answered(404),
  },
  {
    name: "connect-waiting",
    path: setup,
    before: signingIn(shown.flow),
    act: signIn(connect.signIn.waiting("Salesforce")),
  },
  {
    name: "connect-blocked",
    path: setup,
    before: async (dashboard) => {
      await signingIn(shown.flow)(dashboard);
      await dashboard.page.addInitScript(() => (window.open = () => null));
    },
    act: signIn(connect.signIn.blockedTitle),
  },
  {
    name: "connect-device",
    path: setup,
    before: signingIn(shown.withDevice),
    act: signIn(connect.signIn.device.title("Salesforce")),
  },
  {
    name: "connect-choosing",
    path: setup,
    before: signingIn(shown.choosing),
    act: signIn(connect.signIn.choose.title),
  },
  {
    name: "connect-denied",
    path: setup,
    before: signingIn(shown.denied),
    act: signIn(connect.setup.failed),
  },
  {
    name: "connect-result",
    path: `/connections/new?connected=${shown.connection.id}`,
    before: answering({
      ...catalogue,
      [`v1/connections/${shown.connection.id}`]: shown.connection,
    }),
  },
  { name: "connect-mcp", path: mcp },
  {
    name: "connect-mcp-faults",
    path: mcp,
    act: async (page) => {
      await page.getByRole("radio", { name: new RegExp(`^${connect.mcp.ways.basic}`) }).check();
      await page.getByText(connections.addPage.moreOptions).click();
      await press(page, connections.addPage.connect);
      await page.getByText(connections.faults.urlMissing).waitFor();
    },
  },
  {
    name: "connect-mcp-failed",
    path: mcp,
    wrong: answered(502),
    act: async (page) => {
      await typeMcp(page);
      await page.getByText(connections.addPage.nothingSaved).waitFor();
    },
  },
  {
    name: "connect-mcp-asks",
    path: mcp,
    before: answering({ "v1/connections": unreached }),
    wrong: answered(502),
    act: async (page) => {
      await typeMcp(page);
      await page.getByText(connect.mcp.asks).waitFor();
    },
  },
  {
    name: "connect-again",
    path: ({ connections }) => `/connections/new?reconnect=${connections.fixture}`,
  },
  {
    name: "connect-done",
    path: `/connect/done?flow=${id}`,
    before: signingIn({ ...shown.flow, status: "working" }),
  },
  {
    name: "connect-done-denied",
    path: `/connect/done?flow=${id}`,
    before: signingIn(shown.denied),
  },
  {
    name: "apps",
    path: "/connections/apps",
    before: answering({ ...catalogue, "v1/oauth-apps": pageOf(shown.apps) }),
  },
  {
    name: "apps-empty",
    path: "/connections/apps",
    before: answering({ ...catalogue, "v1/oauth-apps": pageOf([]) }),
  },
  {
    name: "apps-replace",
    path: "/connections/apps?app=salesforce",
    before: answering({ ...catalogue, "v1/oauth-apps": pageOf(shown.apps) }),
    act: (page) => page.getByRole("dialog").getByLabel(connect.app.clientId).waitFor(),
  },
];

async function typeMcp(page: Page): Promise<void> {
  await page.getByLabel(connections.addPage.url).fill("http://127.0.0.1:9/mcp");
  await page.getByRole("textbox", { name: /^Name/ }).fill("Nobody there");
  await press(page, connections.addPage.connect);
}
