// Connecting, as a person does it: at a server's own sign-in, with a key, and wherever it goes another way.
import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connect } from "../../web/src/words/connect.ts";
import { words } from "../../web/src/words/index.ts";
import { ask, toolsOf } from "../hub-process.ts";
import { apiKey, startGuardedServer } from "./guarded-server.ts";
import { setStage } from "./stage.ts";

const stage = setStage();
const { connections } = words;
const { signIn } = connect;

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
const titled = (page: Page, name: string) => page.getByRole("heading", { name }).first().waitFor();
const connected = (page: Page, name: string) => titled(page, connections.result.connected(name));

/** From the list of connectors to the button that leads to the server. */
async function fillIn(page: Page, name: string): Promise<void> {
  await page.goto("/connections");
  await page.getByRole("link", { name: connections.add }).first().click();
  await page.getByRole("link", { name: connect.choose.mcp, exact: true }).click();
  await page.getByRole("textbox", { name: connections.addPage.url }).fill(server.mcpUrl);
  await page.getByRole("textbox", { name: /^Name/ }).fill(name);
}
async function choosingSignIn(page: Page, name: string): Promise<void> {
  await fillIn(page, name);
  await page.getByRole("radio", { name: new RegExp(`^${connect.mcp.ways.oauth}`) }).check();
}

/** Whatever the browser was sent, by every page of it. */
function listen(context: BrowserContext): { all: () => Promise<string> } {
  const said: Promise<string>[] = [];
  context.on("response", (response) => {
    const { origin } = new URL(response.url());
    if (origin === server.origin) return;
    const head = JSON.stringify(response.headers());
    said.push(
      response.text().then(
        (body) => `${head} ${body}`,
        () => head,
      ),
    );
  });
  return { all: async () => (await Promise.all(said)).join("\n") };
}

const kept = (page: Page) =>
  page.evaluate(() =>
    [
      ...[localStorage, sessionStorage].flatMap((store) => Object.entries(store).flat()),
      document.cookie,
      location.href,
      document.documentElement.outerHTML,
    ].join(" "),
  );

it("leads to the server's own sign-in where it asks for one, and to its tools", async () => {
  const { page, context, watch } = await stage.open();
  watch.expect(/502/);
  const heard = listen(context);
  const began = performance.now();
  await fillIn(page, "Guarded");
  await press(page, connections.addPage.connect);
  const popup = context.waitForEvent("page");
  await press(page, connect.mcp.signIn);
  const there = await popup;
  const allow = there.getByRole("button", { name: "Allow" });
  await allow.waitFor();
  expect(await there.evaluate(() => window.opener)).toBeNull();
  await titled(page, signIn.waiting(new URL(server.origin).host));
  const closed = there.waitForEvent("close");
  await allow.click();
  await connected(page, "Guarded");
  const took = performance.now() - began;
  console.log(
    `From the list of connections to a connection, by sign-in: ${(took / 1000).toFixed(1)} s`,
  );
  await closed;
  await page.getByText(connections.result.tryTool).waitFor();
  const everything = `${await heard.all()} ${await kept(page)}`;
  expect(everything.match(/\b(at|rt|code)_[\w-]{24}/)).toBeNull();
});

it("takes a key, says what is wrong with another at once, and keeps what was typed", async () => {
  const { page, context, watch } = await stage.open();
  watch.expect(/502/);
  const heard = listen(context);
  const began = performance.now();
  await page.goto("/connections/new?q=any");
  await page.getByRole("link", { name: "Any API" }).click();
  await page.getByRole("textbox", { name: /^Base URL/ }).fill(server.keyedUrl);
  await page.getByRole("textbox", { name: /^Path to try/ }).fill("/api/me");
  const key = page.getByLabel(/^API key/).first();
  await key.fill("another");
  await press(page, connect.setup.connect);
  await page.getByText(connect.setup.nothingSaved).waitFor();
  expect(await page.getByRole("textbox", { name: /^Base URL/ }).inputValue()).toBe(server.keyedUrl);
  await key.fill(apiKey);
  await press(page, connect.setup.connect);
  await connected(page, "Any API");
  const took = performance.now() - began;
  console.log(`From the list of connectors to a connection, by key: ${(took / 1000).toFixed(1)} s`);
  expect(`${await heard.all()} ${await kept(page)}`.includes(apiKey)).toBe(false);
});

it("says what is missing where it is missing, and leads there", async () => {
  const { page } = await stage.open();
  await page.goto("/connections/new?connector=any-api");
  await press(page, connect.setup.connect);
  const url = page.getByRole("textbox", { name: /^Base URL/ });
  await expect.poll(() => url.evaluate((box) => box === document.activeElement)).toBe(true);
  expect(await url.getAttribute("aria-invalid")).toBe("true");
  await page.getByText(connect.faults.missing("Base URL")).waitFor();
});

describe("where the window", () => {
  it("is blocked, the page itself goes there and comes back: to the form as it was, or to the result", async () => {
    const { page, watch } = await stage.open();
    watch.expect(/^foreign request: http:\/\/127/);
    await page.addInitScript(() => (window.open = () => null));
    await choosingSignIn(page, "Blocked");
    await press(page, connect.mcp.signIn);
    await titled(page, signIn.blockedTitle);
    await press(page, signIn.here);
    await page.getByRole("button", { name: "Deny" }).click();
    await page.getByText(signIn.titles.denied).waitFor();
    await page.getByRole("link", { name: signIn.toForm }).click();
    const url = page.getByRole("textbox", { name: connections.addPage.url });
    expect(await url.inputValue()).toBe(server.mcpUrl);
    await press(page, connect.mcp.signIn);
    await press(page, signIn.here);
    await page.getByRole("button", { name: "Allow" }).click();
    await connected(page, "Blocked");
    expect(new URL(page.url()).pathname).toBe("/connections/new");
  });

  it("is closed, it can be opened again; where access is denied there, it says so", async () => {
    const { page, context } = await stage.open();
    await choosingSignIn(page, "Closed");
    const next = async (name: string) => {
      const popup = context.waitForEvent("page");
      await press(page, name);
      const there = await popup;
      await there.getByRole("button", { name: "Allow" }).waitFor();
      return there;
    };
    await (await next(connect.mcp.signIn)).close();
    await titled(page, signIn.closedTitle);
    const again = await next(signIn.openAgain);
    await again.getByRole("button", { name: "Deny" }).click();
    await page.getByText(signIn.titles.denied).waitFor();
    expect(await page.content()).not.toContain("a vendor speaking");
    const allowed = await next(signIn.again);
    await allowed.getByRole("button", { name: "Allow" }).click();
    await connected(page, "Closed");
  });
});

it("signs in anew in place: id, tools and name stay", async () => {
  const { page, context } = await stage.open();
  const known = async () => {
    const { body } = await ask(stage.hub, "/api/v1/connections?query=Guarded");
    return body.items[0];
  };
  const before = await known();
  const tools = (await toolsOf(stage.hub, before.id)).map(({ id }) => id);
  await page.goto(`/connections/new?reconnect=${before.id}`);
  const popup = context.waitForEvent("page");
  await press(page, connect.mcp.signIn);
  await (await popup).getByRole("button", { name: "Allow" }).click();
  await titled(page, connect.result.again("Guarded"));
  const after = await known();
  expect([after.id, after.slug, after.name]).toEqual([before.id, before.slug, before.name]);
  expect(after.auth.consentedAt).toBeGreaterThan(before.auth.consentedAt);
  expect((await toolsOf(stage.hub, before.id)).map(({ id }) => id)).toEqual(tools);
});

it("asks once for an app where a vendor wants one, and then leads to its sign-in", async () => {
  const { page, context } = await stage.open();
  await context.route("https://login.salesforce.com/**", (route) =>
    route.fulfill({ contentType: "text/html", body: "<h1>The vendor</h1>" }),
  );
  await page.goto("/connections/new?connector=salesforce");
  await page.getByLabel(connect.app.clientId).fill("app-of-the-team");
  await page.getByLabel(connect.app.clientSecret).fill("secret-of-the-app-51c0");
  await press(page, connect.app.save);
  const popup = context.waitForEvent("page");
  await press(page, connect.setup.signIn("Salesforce"));
  const there = await popup;
  await there.getByText("The vendor").waitFor();
  const asked = new URL(there.url());
  expect(asked.searchParams.get("client_id")).toBe("app-of-the-team");
  // As the vendor sends back whoever says no.
  const back = new URL(asked.searchParams.get("redirect_uri") ?? "");
  back.searchParams.set("error", "access_denied");
  back.searchParams.set("state", asked.searchParams.get("state") ?? "");
  await there.goto(back.href);
  await page.getByText(signIn.titles.denied).waitFor();
  await page.goto("/connections/apps");
  await page.getByText("app-of-the-team").waitFor();
  await press(page, /^Remove: Salesforce/);
  await page.getByRole("dialog").getByRole("button", { name: connect.apps.remove }).click();
  await page.getByText(connect.apps.empty).waitFor();
});
