// The life of a connection as a person sees it: it ends at the vendor, is heard of, and goes on in place.
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { connect } from "../../web/src/words/connect.ts";
import { life } from "../../web/src/words/connection-life.ts";
import { words } from "../../web/src/words/index.ts";
import { secrets } from "../../web/src/words/secrets.ts";
import { ask, callTool, toolsOf } from "../hub-process.ts";
import { apiKey, startGuardedServer } from "./guarded-server.ts";
import { setStage } from "./stage.ts";

const stage = setStage();
const { connections, notices } = words;

let server: Awaited<ReturnType<typeof startGuardedServer>>;
beforeAll(async () => {
  server = await startGuardedServer(stage.fixtureUrl);
});
afterAll(() => server?.close());

const press = (page: Page, name: string | RegExp) =>
  page
    .getByRole("button", { name, exact: typeof name === "string" })
    .first()
    .click();
const choose = async (page: Page, menu: string, item: string) => {
  await press(page, menu);
  await page.getByRole("menuitem", { name: item }).click();
};
const known = async (name: string) => {
  const { body } = await ask(stage.hub, `/api/v1/connections?query=${name}`);
  return body.items[0];
};
/** Through the window of the server's own sign-in. */
const allow = async (page: Page, name: string) => {
  const popup = page.context().waitForEvent("page");
  await press(page, name);
  await (await popup).getByRole("button", { name: "Allow" }).click();
};

it("is revoked, and signed in again with its id and tools", async () => {
  const { page } = await stage.open();
  await page.goto("/connections/new?connector=mcp");
  await page.getByRole("textbox", { name: connections.addPage.url }).fill(server.mcpUrl);
  await page.getByRole("textbox", { name: /^Name/ }).fill("Guarded");
  await page.getByRole("radio", { name: new RegExp(`^${connect.mcp.ways.oauth}`) }).check();
  await allow(page, connect.mcp.signIn);
  await page.getByRole("heading", { name: connections.result.connected("Guarded") }).waitFor();
  const before = await known("Guarded");
  const tools = (await toolsOf(stage.hub, before.id)).map(({ id }) => id);
  expect(tools.length).toBeGreaterThan(0);

  await page.goto(`/connections/${before.id}?tab=sign-in`);
  await choose(page, connections.actions.of("Guarded"), life.actions.revoke);
  await page.getByRole("dialog").getByRole("button", { name: life.revoke.confirm }).click();
  await page.getByRole("dialog").getByText(life.revoke.destroyed).waitFor();
  await page.getByRole("dialog").getByRole("button", { name: words.common.close }).last().click();
  await page.getByText(life.standing.revoked.title).first().waitFor();
  expect((await known("Guarded")).status).toBe("revoked");

  await page.getByRole("link", { name: life.steps["sign-in"], exact: true }).first().click();
  await allow(page, connect.mcp.signIn);
  await page.getByRole("heading", { name: connect.result.again("Guarded") }).waitFor();
  const after = await known("Guarded");
  expect([after.id, after.slug, after.status]).toEqual([before.id, before.slug, "connected"]);
  expect((await toolsOf(stage.hub, before.id)).map(({ id }) => id)).toEqual(tools);
});

it("is heard of on an open page at once when the vendor ends its access", async () => {
  const { page } = await stage.open();
  const { id } = await known("Guarded");
  await page.goto("/secrets");
  await page.getByText(words.shell.live.live, { exact: true }).first().waitFor();
  server.endAll();
  // A call meets the refusal; the hub cannot renew what was taken back.
  const tool = (await toolsOf(stage.hub, id)).find(({ name }) => name === "echo");
  if (!tool) throw new Error("The fixture lists no tool echo.");
  const { outcome } = await callTool(stage.hub, "rest", { tool, args: { message: "hello" } });
  expect(outcome).toBe("connection_needs_auth");
  const banner = page.getByRole("status").filter({ hasText: "Guarded" });
  await banner.waitFor();
  await page.getByRole("link", { name: /^Inbox/ }).click();
  await page.getByRole("heading", { name: /Guarded/ }).waitFor();
  await press(page, notices.readAll);
  await page.getByText(notices.empty).waitFor();
  await page.goto("/connections?status=needs_reauth");
  await page.getByText(life.standing.needs_reauth.title).waitFor();
});

it("uses a secret that cannot be deleted meanwhile, and shows it nowhere", async () => {
  const { page } = await stage.open();
  await page.goto("/secrets");
  await press(page, secrets.add);
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: secrets.form.name }).fill("shop key");
  await dialog.getByRole("textbox", { name: secrets.form.value }).fill(apiKey);
  await dialog.getByRole("button", { name: secrets.form.confirm, exact: true }).click();
  await page.getByText("SHOP_KEY", { exact: true }).waitFor();
  const made = await ask(stage.hub, "/api/v1/connections", {
    body: {
      connector: "any-api",
      name: "Shop",
      params: { baseUrl: server.keyedUrl, testPath: "/api/me" },
      auth: {
        method: "api-key",
        fields: { headerName: "x-api-key", apiKey: "{{secrets.SHOP_KEY}}" },
      },
    },
  });
  expect([made.status, made.body.status]).toEqual([201, "connected"]);
  await page.reload();
  await page.getByRole("link", { name: "Shop" }).waitFor();
  await choose(page, secrets.actions("SHOP_KEY"), secrets.delete);
  await page.getByText(secrets.deletion.inUseTitle("SHOP_KEY")).waitFor();
  await press(page, words.common.close);
  expect(await page.content()).not.toContain(apiKey);
  await ask(stage.hub, `/api/v1/connections/${made.body.id}`, { method: "DELETE" });
  await page.reload();
  await page.getByText(secrets.fact.unused).waitFor();
  await choose(page, secrets.actions("SHOP_KEY"), secrets.delete);
  await dialog.getByRole("button", { name: secrets.deletion.confirm, exact: true }).click();
  await page.getByText(secrets.empty).waitFor();
});
