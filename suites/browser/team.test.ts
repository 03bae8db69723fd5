// People, roles, keys, clients and the audit log, as a team uses them through the dashboard.
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { audit } from "../../web/src/words/audit.ts";
import { consent } from "../../web/src/words/consent.ts";
import { words } from "../../web/src/words/index.ts";
import { clients } from "../../web/src/words/clients.ts";
import { permissionWords } from "../../web/src/words/permissions.ts";
import { ask, postMcp } from "../hub-process.ts";
import { answering, Refusal } from "./answers.ts";
import type { Dashboard } from "./browser.ts";
import { setStage } from "./stage.ts";
import { settle } from "./sweep.ts";
import * as shown from "./team-answers.ts";

const stage = setStage({ connected: true });
const { team, keys, playground, invitation, outbox, account, shell } = words;

it("lets in whoever was invited, and cuts their open page off when they are removed", async () => {
  const { page } = await stage.open();
  await page.goto("/team");
  await page.getByRole("link", { name: team.invitations.invite }).click();
  await page.getByRole("textbox", { name: team.invite.emails }).fill("grace@example.com");
  await press(page, team.invite.send(1));
  await page.getByRole("heading", { name: "grace@example.com" }).waitFor();

  const guest = await stage.open({ signedOut: true });
  guest.watch.expect(/40[13]/);
  await acceptByMail(guest, "Grace");
  await callEcho(guest.page, "Hello from Grace");

  await page.goto("/team");
  await choose(page, team.members.actions("Grace"), team.members.remove);
  await inDialog(page, team.remove.confirm);
  await page.getByText(team.remove.done("Grace")).waitFor();
  await press(guest.page, playground.run.again);
  await guest.page.getByRole("alert").first().waitFor();
  await guest.page.goto("/");
  await guest.page.getByRole("heading", { name: account.noTeam.title }).waitFor();
});

it("makes a role of the team's own and gives it to somebody, who may do just that", async () => {
  const { page } = await stage.open();
  await page.goto("/team/roles");
  await press(page, team.roles.make);
  await page.getByRole("textbox", { name: team.role.name }).fill("Reader");
  await page.getByRole("checkbox", { name: permissionWords.said["tools.read"].name }).check();
  await page.getByRole("checkbox", { name: permissionWords.said["connections.read"].name }).check();
  await press(page, team.role.make);
  await page.getByText(team.role.made("Reader")).waitFor();

  await page.goto("/team?invite=true");
  await page.getByRole("textbox", { name: team.invite.emails }).fill("joan@example.com");
  await page.getByRole("radio", { name: /^Reader/ }).check();
  await press(page, team.invite.send(1));
  await page.getByRole("heading", { name: "joan@example.com" }).waitFor();
  const guest = await stage.open({ signedOut: true });
  // Whether somebody is signed in already is asked for before.
  guest.watch.expect(/401/);
  await acceptByMail(guest, "Joan");
  const pages = guest.page.getByRole("navigation", { name: shell.navigation });
  await pages.getByRole("link", { name: shell.pages.connections }).waitFor();
  for (const hidden of [
    shell.pages.activity,
    shell.pages.team,
    shell.pages.keys,
    shell.pages.audit,
  ])
    expect(await pages.getByRole("link", { name: hidden, exact: true }).count()).toBe(0);
});

it("takes the other tabs along into another team, where nothing of the first is shown", async () => {
  const { page, context } = await stage.open();
  const other = await context.newPage();
  await other.goto("/connections");
  await fixtureIn(other).waitFor();
  await page.goto("/");
  await choose(page, new RegExp(team.switcher.more), team.switcher.make);
  await page.getByRole("textbox", { name: team.switcher.makeName }).fill("Second team");
  await press(page, team.switcher.makeConfirm);
  await page.getByRole("button", { name: /Second team/ }).waitFor();
  await other.getByRole("button", { name: /Second team/ }).waitFor();
  await other.getByText(words.connections.empty.title).waitFor();

  await page.getByRole("button", { name: /Second team/ }).click();
  await page.getByRole("menuitemradio").filter({ hasNotText: "Second team" }).first().click();
  await fixtureIn(other).waitFor();
});

it("makes a key that may do what was chosen, rotates it with both in force, and revokes it", async () => {
  const { page } = await stage.open();
  await page.goto("/keys");
  await press(page, keys.make);
  await page.getByRole("textbox", { name: keys.form.name }).fill("Report");
  await page.getByRole("radio", { name: new RegExp(`^${keys.scopes.run}`) }).check();
  await press(page, keys.form.confirm);
  const first = await shownSecret(page, keys.shown.label("Report"));
  await page.keyboard.press("Escape");
  await press(page, keys.shown.done);
  expect(await statusWith(first, "/api/v1/tools")).toBe(200);
  expect(await statusWith(first, "/api/v1/audit")).toBe(403);

  await choose(page, keys.actions("Report"), keys.rotate);
  await inDialog(page, keys.rotation.confirm);
  const second = await shownSecret(page, keys.shown.label("Report"));
  await press(page, keys.shown.done);
  expect(second).not.toBe(first);
  expect(await statusWith(first, "/api/v1/tools")).toBe(200);
  expect(await statusWith(second, "/api/v1/tools")).toBe(200);

  await choose(page, keys.actions("Report"), keys.revoke);
  await inDialog(page, keys.revocation.confirm);
  await page.getByText(clients.keys.revoked("Report")).waitFor();
  const left = [
    await statusWith(first, "/api/v1/tools"),
    await statusWith(second, "/api/v1/tools"),
  ];
  expect(new Set(left)).toEqual(new Set([200, 401]));
});

it("asks before an AI client gets access, brings its own words back untouched, and can cut it off", async () => {
  const { page, watch, url: origin } = await stage.open();
  const callback = "http://127.0.0.1:9/callback";
  watch.expect(/127\.0\.0\.1:9\//);
  await page.route(`${callback}*`, (route) => route.fulfill({ body: "back at the client" }));
  const registered = await ask(stage.hub, "/oauth/register", {
    body: {
      client_name: "Desk <b>assistant</b>",
      redirect_uris: [callback],
      token_endpoint_auth_method: "none",
    },
  });
  const query = new URLSearchParams({
    response_type: "code",
    client_id: registered.body.client_id,
    redirect_uri: callback,
    code_challenge: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
    code_challenge_method: "S256",
    // What a router that reads numbers would change.
    state: "1e10",
    scope: "tools.read tools.call",
  });
  await page.goto(`/oauth/authorize?${query}`);
  await page.getByRole("heading", { name: /^Desk <b>assistant<\/b> wants/ }).waitFor();
  await page.getByText(consent.notVerified, { exact: true }).waitFor();
  await press(page, consent.deny);
  await page.waitForURL(`${callback}?*`);
  expect(new URL(page.url()).searchParams.get("error")).toBe("access_denied");
  expect(new URL(page.url()).searchParams.get("state")).toBe("1e10");

  await page.goto(`/oauth/authorize?${query}`);
  await press(page, consent.allow);
  await page.waitForURL(`${callback}?*`);
  const code = new URL(page.url()).searchParams.get("code") ?? "";
  expect(new URL(page.url()).searchParams.get("state")).toBe("1e10");

  await page.goto("/clients");
  await page.getByText(clients.waiting.forClient(clients.choose.names["claude-code"])).waitFor();
  const { access_token } = await postForm(`${origin}/oauth/token`, {
    grant_type: "authorization_code",
    code,
    client_id: registered.body.client_id,
    redirect_uri: callback,
    code_verifier: "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
  });
  const clientInfo = { name: "desk", title: "Desk <b>assistant</b>", version: "1" };
  const introduced = await postMcp({ url: origin, apiKey: access_token ?? "" }, "mcp-2025", {
    method: "initialize",
    params: { protocolVersion: "2025-11-25", capabilities: {}, clientInfo },
  });
  expect(introduced.status).toBe(200);
  await page
    .getByRole("region", { name: clients.waiting.title })
    .getByText("Desk <b>assistant</b>")
    .waitFor();
  await press(page, keys.grants.cutOffWhat("Desk <b>assistant</b>"));
  await inDialog(page, keys.grants.cutOff);
  await page.getByText(keys.grants.done("Desk <b>assistant</b>")).waitFor();
  await page.getByText(keys.grants.empty).waitFor();
});

it("leads whoever is signed out to signing in, and back to the client's request", async () => {
  const { page, watch } = await stage.open({ signedOut: true });
  watch.expect(/401/);
  await page.goto("/consent?response_type=code&client_id=desk&state=1e10");
  await page.getByRole("heading", { name: words.signIn.title }).waitFor();
  const next = new URL(page.url()).searchParams.get("next") ?? "";
  expect(decodeURIComponent(next)).toContain("state=1e10");
});

it("shows a change as it was before and after, verifies the chain and exports what is shown", async () => {
  const { page } = await stage.open();
  await page.goto("/team/roles");
  await press(page, team.roles.make);
  await page.getByRole("textbox", { name: team.role.name }).fill("Traced");
  await page.getByRole("checkbox", { name: permissionWords.said["tools.read"].name }).check();
  await press(page, team.role.make);
  await page.getByText(team.role.made("Traced")).waitFor();
  await page.goto("/audit");
  await settle(page);
  await page.getByRole("combobox", { name: audit.filters.action }).selectOption("role.*");
  const newest = page.getByRole("listbox", { name: audit.list }).getByRole("option").first();
  await newest.getByText(audit.actions["role.create"] ?? "").waitFor();
  expect(new URL(page.url()).searchParams.get("action")).toBe("role.*");
  await newest.click();
  await page.getByRole("dialog").getByText("Traced", { exact: true }).first().waitFor();
  await page.keyboard.press("Escape");

  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: `${audit.export.label} ${audit.export.jsonl}` }).click();
  expect((await download).suggestedFilename()).toMatch(/\.jsonl$/);

  await press(page, audit.verify.label);
  await press(page, audit.verify.start);
  await page
    .getByText(/^The chain is whole/)
    .first()
    .waitFor();
});

it("asks for the second factor in the middle of an export that needs it, and goes on with it", async () => {
  const dashboard = await stage.open();
  const { page, watch } = dashboard;
  watch.expect(/403/);
  await answering({ "v1/account": shown.account, "v1/account/second-factor": null })(dashboard);
  const { error } = new Refusal(403, "second_factor_required", "This needs your second factor.");
  const once = { times: 1 };
  await page.route(
    "**/audit/export?*",
    (route) => route.fulfill({ status: 403, json: { error } }),
    once,
  );
  await page.goto("/audit");
  await page.getByRole("button", { name: `${audit.export.label} ${audit.export.csv}` }).click();
  const question = page.getByRole("dialog", { name: account.stepUp.title });
  await question.getByLabel(words.secondFactor.code, { exact: true }).fill("123456");
  const download = page.waitForEvent("download");
  await question.getByRole("button", { name: account.stepUp.confirm, exact: true }).click();
  expect((await download).suggestedFilename()).toMatch(/\.csv$/);
});

const press = (page: Page, name: string) =>
  page.getByRole("button", { name, exact: true }).first().click();

async function choose(page: Page, menu: string | RegExp, item: string): Promise<void> {
  await page.getByRole("button", { name: menu }).first().click();
  await page.getByRole("menuitem", { name: item }).click();
}

const fixtureIn = (page: Page) =>
  page.getByRole("button", { name: words.connections.actions.of("Fixture") });

const inDialog = (page: Page, name: string) =>
  page.getByRole("dialog").getByRole("button", { name, exact: true }).click();

async function shownSecret(page: Page, label: string): Promise<string> {
  return (await page.getByRole("group", { name: label }).innerText()).trim();
}

const statusWith = async (apiKey: string, path: string): Promise<number> =>
  (await ask({ url: stage.hub.url, apiKey }, path)).status;

async function postForm(url: string, form: Record<string, string>) {
  const response = await fetch(url, { method: "POST", body: new URLSearchParams(form) });
  return (await response.json()) as { access_token?: string };
}

/** The newest invitation in the hub's outbox, as its person opens it. */
async function acceptByMail({ page }: Dashboard, name: string): Promise<void> {
  await page.goto("/outbox");
  await page.getByRole("list", { name: outbox.list }).waitFor();
  await page.locator('a[href^="/invitation?"]').first().click();
  await page.getByLabel(words.signUp.name, { exact: true }).fill(name);
  await page.getByLabel(words.signUp.password, { exact: true }).fill("correct horse battery");
  await press(page, invitation.make);
  await page.getByRole("heading", { level: 1, name: words.home.title }).waitFor();
}

async function callEcho(page: Page, message: string): Promise<void> {
  await page.goto("/playground?q=echo");
  await page.getByRole("link", { name: /^Echo/ }).click();
  await page.getByRole("textbox", { name: /^message/ }).fill(message);
  await press(page, playground.run.run);
  await page.getByText(`Echo: ${message}`).first().waitFor();
}
