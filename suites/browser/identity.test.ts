// The ways in and out as people walk them, with the hub's own mail, an authenticator app and a passkey.
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { words } from "../../web/src/words/index.ts";
import { ask } from "../hub-process.ts";
import type { Dashboard } from "./browser.ts";
import { setStage } from "./stage.ts";
import { totp } from "./totp.ts";

const stage = setStage({ env: { PLUGBOARD_SIGN_UP: "open" } });
const { account, invitation, signIn, signUp, secondFactor, verifyEmail, password, outbox } = words;
const secret = "correct horse battery";

it("leads from an account that is made to a confirmed address, signed in and with no team yet", async () => {
  const dashboard = await newcomer();
  await join(dashboard, "ada@example.com");
  const { page } = dashboard;
  await makeTeam(page, "Engines");
});

it("asks for a code of the app once the second factor is on, and takes a recovery code in its place", async () => {
  const dashboard = await newcomer();
  const { page, watch } = dashboard;
  await join(dashboard, "grace@example.com");
  await page.goto("/account/security");
  const { appSecret, recoveryCode } = await setUpFactor(page);

  watch.expect(/401/);
  await signOut(page);
  await typeCredentials(page, "grace@example.com");
  await page.getByLabel(secondFactor.code, { exact: true }).fill("000000");
  await press(page, secondFactor.confirm);
  await page.getByRole("alert").waitFor();
  await page.getByLabel(secondFactor.code, { exact: true }).fill(totp(appSecret));
  await press(page, secondFactor.confirm);
  await page.getByRole("heading", { name: account.noTeam.title }).waitFor();

  await signOut(page);
  await typeCredentials(page, "grace@example.com");
  await press(page, secondFactor.useRecovery);
  await page.getByLabel(secondFactor.recoveryCode, { exact: true }).fill(recoveryCode);
  await press(page, secondFactor.confirm);
  await page.getByRole("heading", { name: account.noTeam.title }).waitFor();
});

it("signs in with a passkey that was added before, by its button and among what the browser fills in", async () => {
  const dashboard = await newcomer();
  const { page, context, watch } = dashboard;
  const devtools = await context.newCDPSession(page);
  await devtools.send("WebAuthn.enable");
  await devtools.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  // This authenticator chooses at once what the browser offers to fill in: at first nothing is offered.
  await page.addInitScript(() => {
    if (sessionStorage.getItem("fill-in") === null)
      PublicKeyCredential.isConditionalMediationAvailable = () => Promise.resolve(false);
  });
  await join(dashboard, "joan@example.com");
  await page.goto("/account/security");
  await press(page, account.passkeys.add);
  await page.getByRole("button", { name: account.passkeys.actions("Chrome on Linux") }).waitFor();

  watch.expect(/401/);
  await signOut(page);
  await press(page, signIn.passkey);
  await page.getByRole("heading", { name: account.noTeam.title }).waitFor();

  await signOut(page);
  await page.evaluate(() => sessionStorage.setItem("fill-in", "yes"));
  await page.reload();
  await page.getByRole("heading", { name: account.noTeam.title }).waitFor();
});

it("sets a new password by mail, which ends every session", async () => {
  const elsewhere = await newcomer();
  await join(elsewhere, "mary@example.com");
  const { page, watch } = await newcomer();
  await page.goto("/forgot-password");
  await page.getByLabel(signIn.email, { exact: true }).fill("mary@example.com");
  await press(page, password.send);
  await page.getByText(password.sent("mary@example.com")).waitFor();
  await openMail(page, "/reset-password");
  await page.getByLabel(password.newPassword, { exact: true }).fill("another horse battery");
  await press(page, password.save);
  await page.getByRole("heading", { name: password.doneTitle }).waitFor();

  elsewhere.watch.expect(/401/);
  await elsewhere.page.goto("/account");
  await elsewhere.page.getByRole("heading", { name: signIn.title }).waitFor();
  watch.expect(/401/);
  await page.goto("/sign-in");
  await typeCredentials(page, "mary@example.com");
  await page.getByRole("alert").waitFor();
  await typeCredentials(page, "mary@example.com", "another horse battery");
  await page.getByRole("heading", { name: account.noTeam.title }).waitFor();
});

it("ends another session, whose open page says so and leads to signing in", async () => {
  const other = await newcomer();
  await join(other, "edith@example.com");
  await makeTeam(other.page, "Compilers");
  await other.page.goto("/account");
  await other.page.getByText(account.profile.confirmed).waitFor();
  const { page } = await newcomer();
  await page.goto("/sign-in");
  await typeCredentials(page, "edith@example.com");
  await page.getByRole("heading", { level: 1, name: words.home.title }).waitFor();

  other.watch.expect(/401|WebSocket/);
  await page.goto("/account/security");
  await press(page, account.sessions.endOthers);
  await page
    .getByRole("dialog")
    .getByRole("button", { name: account.sessions.endOthers, exact: true })
    .click();
  await page.getByText(account.sessions.endedOthers(1)).first().waitFor();

  await other.page.getByText(signIn.endedHere).waitFor();
  await other.page.getByRole("alert").getByRole("link", { name: signIn.title }).click();
  await other.page.getByRole("heading", { name: signIn.ended }).waitFor();
  expect(new URL(other.page.url()).searchParams.get("next")).toBe("/account");
});

it("asks an older session for the second factor in the middle of an action, and goes on with it", async () => {
  const older = await newcomer();
  await join(older, "hedy@example.com");
  await older.page.goto("/account/security");
  const newer = await newcomer();
  await newer.page.goto("/sign-in");
  await typeCredentials(newer.page, "hedy@example.com");
  await newer.page.getByRole("heading", { name: account.noTeam.title }).waitFor();
  await newer.page.goto("/account/security");
  const { appSecret } = await setUpFactor(newer.page);

  const { page } = older;
  await page.reload();
  await press(page, account.factor.newCodes);
  await showPassword(page);
  const question = page.getByRole("dialog", { name: account.stepUp.title });
  await question.getByLabel(secondFactor.code, { exact: true }).fill(totp(appSecret));
  await question.getByRole("button", { name: account.stepUp.confirm, exact: true }).click();
  await page.getByRole("list", { name: account.factor.codesLabel }).waitFor();
});

it("makes an account for somebody invited, in the team and with the role of the invitation", async () => {
  const invited = { email: "lise@example.com", role: "viewer" };
  expect((await ask(stage.hub, "/api/v1/invitations", { body: invited })).status).toBe(201);
  const { page, watch } = await newcomer();
  watch.expect(/401/);
  await openMail(page, "/invitation");
  await page.getByLabel(signUp.name, { exact: true }).fill("Lise");
  await page.getByLabel(signUp.password, { exact: true }).fill(secret);
  await press(page, invitation.make);
  await page.getByRole("heading", { level: 1, name: words.home.title }).waitFor();
  await page.goto("/account");
  await page.getByText(account.teams.you(words.team.roleNames["viewer"] ?? "")).waitFor();
});

/** Whoever has no team is told so by each thing that needs one. */
async function newcomer(): Promise<Dashboard> {
  const dashboard = await stage.open({ signedOut: true });
  dashboard.watch.expect(/403/);
  return dashboard;
}

const press = (page: Page, name: string) =>
  page.getByRole("button", { name, exact: true }).first().click();

/** Makes an account and confirms its address, up to the page of somebody in no team. */
async function join({ page }: Dashboard, email: string): Promise<void> {
  await page.goto("/sign-up");
  await page.getByLabel(signUp.name, { exact: true }).fill(email.split("@")[0] ?? "");
  await page.getByLabel(signUp.email, { exact: true }).fill(email);
  await page.getByLabel(signUp.password, { exact: true }).fill(secret);
  await press(page, signUp.submit);
  await page.getByRole("heading", { name: signUp.mail.title }).waitFor();
  await page.getByRole("link", { name: signUp.mail.openOutbox }).click();
  await openMail(page, "/verify-email");
  await page.getByRole("heading", { name: verifyEmail.done }).waitFor();
  await press(page, verifyEmail.goOn);
  await page.getByRole("heading", { name: account.noTeam.title }).waitFor();
}

async function makeTeam(page: Page, name: string): Promise<void> {
  await press(page, account.teams.make);
  await page.getByRole("dialog").getByRole("textbox").fill(name);
  await page.getByRole("dialog").getByRole("textbox").press("Enter");
  await page.getByRole("heading", { level: 1, name: words.home.title }).waitFor();
}

/** Begins on the page of the account's security. */
async function setUpFactor(page: Page): Promise<{ appSecret: string; recoveryCode: string }> {
  await press(page, account.factor.setUp);
  await showPassword(page);
  const dialog = page.getByRole("dialog", { name: account.factor.scanTitle });
  const appSecret = await dialog.getByLabel(account.factor.secret).first().innerText();
  await dialog.getByLabel(secondFactor.code, { exact: true }).fill(totp(appSecret.trim()));
  await press(page, account.factor.confirm);
  const codes = page.getByRole("list", { name: account.factor.codesLabel }).getByRole("listitem");
  const recoveryCode = await codes.first().innerText();
  await press(page, account.factor.saved);
  await page.getByText(account.factor.onHint).waitFor();
  return { appSecret: appSecret.trim(), recoveryCode };
}

async function showPassword(page: Page): Promise<void> {
  await page.getByRole("dialog").getByLabel(account.factor.password, { exact: true }).fill(secret);
  await press(page, account.factor.goOn);
}

/** The newest mail with a link to this page of the hub. */
async function openMail(page: Page, path: string): Promise<void> {
  await page.goto("/outbox");
  await page.getByRole("list", { name: outbox.list }).waitFor();
  await page.locator(`a[href^="${path}?"]`).first().click();
  await page.waitForURL((url) => url.pathname === path);
}

async function typeCredentials(page: Page, email: string, typed = secret): Promise<void> {
  await page.getByLabel(signIn.email, { exact: true }).fill(email);
  await page.getByLabel(signIn.password, { exact: true }).fill(typed);
  await press(page, signIn.title);
}

async function signOut(page: Page): Promise<void> {
  await page.goto("/account");
  await press(page, words.shell.signOut);
  await page.getByRole("heading", { name: signIn.title }).waitFor();
}
