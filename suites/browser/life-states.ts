// Connections through their life, secrets and the inbox, in every state.
import type { Page } from "playwright-core";
import { life } from "../../web/src/words/connection-life.ts";
import { words } from "../../web/src/words/index.ts";
import { secrets as say } from "../../web/src/words/secrets.ts";
import { answered, answering, Refusal } from "./answers.ts";
import { connectors, salesforce } from "./connect-answers.ts";
import * as shown from "./life-answers.ts";
import type { State } from "./states.ts";
import { pageOf } from "./team-answers.ts";

const press = (page: Page, name: string | RegExp) =>
  page
    .getByRole("button", { name, exact: typeof name === "string" })
    .first()
    .click();
const chosen = async (page: Page, menu: string, item: string) => {
  await press(page, menu);
  await page.getByRole("menuitem", { name: item }).click();
  await page.getByRole("dialog").waitFor();
};

const around = {
  "v1/connectors": connectors,
  "v1/connectors/salesforce": salesforce,
  "v1/connections": shown.all,
  "v1/notices": pageOf([]),
};
const one = (connection: typeof shown.signedIn, more: Record<string, unknown> = {}) => ({
  path: `/connections/${connection.id}`,
  before: answering({ ...around, [`v1/connections/${connection.id}`]: connection, ...more }),
});
const secrets = answering({ "v1/secrets": shown.secrets, "v1/vault": shown.vault });
const exported = JSON.stringify({ version: 1, connections: [{ name: "Chat" }, { name: "Sales" }] });

export const lifeStates: State[] = [
  {
    name: "connections-in-every-state",
    path: "/connections",
    before: answering({ ...around, "v1/notices": shown.one }),
  },
  { name: "connection-at-a-vendor", ...one(shown.signedIn) },
  { name: "connection-needs-sign-in", ...one(shown.needsReauth) },
  { name: "connection-with-a-key", ...one(shown.due) },
  {
    name: "connection-revoked",
    ...one(shown.signedIn, {
      [`v1/connections/${shown.signedIn.id}/revoke`]: {
        connection: shown.revoked,
        vendor: "unsupported",
      },
    }),
    act: async (page) => {
      await chosen(page, words.connections.actions.of("Sales"), life.actions.revoke);
      await page.getByRole("dialog").getByRole("button", { name: life.revoke.confirm }).click();
      await page.getByText(life.revoke.vendor.unsupported).waitFor();
    },
  },
  {
    name: "connections-imported",
    path: "/connections",
    before: answering({ ...around, "v1/connections/import": shown.imported }),
    act: async (page) => {
      await chosen(page, life.transfer.label, life.transfer.import);
      await page.getByLabel(life.transfer.file).setInputFiles({
        name: "connections.json",
        mimeType: "application/json",
        buffer: Buffer.from(exported),
      });
      await press(page, life.transfer.confirm);
      await page.getByText(life.transfer.skipped(2)).waitFor();
    },
  },
  { name: "secrets", path: "/secrets", before: secrets },
  {
    name: "secrets-empty",
    path: "/secrets",
    before: answering({ "v1/secrets": pageOf([]), "v1/vault": shown.rotating }),
  },
  {
    name: "secrets-error",
    path: "/secrets",
    before: answering({
      "v1/secrets": new Refusal(500, "internal", "Something went wrong inside the hub."),
      "v1/vault": new Refusal(500, "internal", "Something went wrong inside the hub."),
    }),
    wrong: answered(500),
  },
  {
    name: "secrets-add",
    path: "/secrets",
    before: secrets,
    act: async (page) => {
      await press(page, say.add);
      await page.getByRole("dialog").getByLabel(say.form.name).fill("SHOP_KEY");
    },
  },
  {
    name: "secrets-checked",
    path: "/secrets",
    before: answering({
      "v1/secrets": shown.secrets,
      "v1/vault": shown.vault,
      "v1/vault/verify": shown.check,
    }),
    act: async (page) => {
      await press(page, say.vault.verify);
      await page.getByText(say.vault.faults(1, 41)).first().waitFor();
    },
  },
  {
    name: "secrets-in-use",
    path: "/secrets",
    before: secrets,
    act: (page) => chosen(page, say.actions("TICKETS_TOKEN"), say.delete),
  },
  { name: "inbox", path: "/inbox?show=all", before: answering({ "v1/notices": shown.notices }) },
  { name: "inbox-empty", path: "/inbox", before: answering({ "v1/notices": pageOf([]) }) },
  {
    name: "home-needs-you",
    path: "/",
    before: async (dashboard) => {
      await answering({ "v1/notices": shown.notices })(dashboard);
      await dashboard.page.route(/\/api\/v1\/connections\?.*status=/, (route) => {
        const status = new URL(route.request().url()).searchParams.get("status");
        const items = shown.all.items.filter((one) => one.status === status);
        return route.fulfill({ json: { items, nextCursor: null } });
      });
    },
  },
];
