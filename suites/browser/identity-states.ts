// The pages of signing in and of one's own account, in every state. What the hub would answer stands here where it would
// take a mailbox, an authenticator or another person to bring it about; the journeys meet the hub itself.
import type { Page } from "playwright-core";
import { words } from "../../web/src/words/index.ts";
import { answered, answering, never, Refusal } from "./answers.ts";
import {
  account,
  backupCodes,
  factorRequired,
  linkSpent,
  methods,
  outbox,
  own,
  sessions,
  shownInvitation,
  signedOutHere,
  totpURI,
  unconfirmed,
  withFactor,
  withoutEmail,
} from "./identity-answers.ts";
import type { State } from "./states.ts";

const button = (page: Page, name: string) =>
  page.getByRole("button", { name, exact: true }).first();
const press = (name: string) => (page: Page) => button(page, name).click();
const fill = (page: Page, label: string, text: string) =>
  page.getByLabel(label, { exact: true }).fill(text);

const { signIn, signUp, secondFactor, password, invitation, verifyEmail } = words;

async function typeCredentials(page: Page): Promise<void> {
  await fill(page, signIn.email, "ada@example.com");
  await fill(page, signIn.password, "correct horse battery");
  await button(page, signIn.title).click();
}

const alert = (page: Page) => page.getByRole("alert").first().waitFor();
const signedOut = { signedOut: true };

const signInStates: State[] = [
  {
    name: "sign-in",
    path: "/sign-in",
    ...signedOut,
    before: answering({ "auth/methods": methods }),
  },
  {
    name: "sign-in-unknown-link",
    path: "/sign-in?token=nobody-knows-this-link",
    ...signedOut,
    wrong: answered(401),
    act: alert,
  },
  {
    name: "sign-in-ended",
    path: "/sign-in?ended=true",
    ...signedOut,
    before: answering({ "auth/methods": { ...methods, signUp: "invited", providers: [] } }),
  },
  { name: "sign-in-faults", path: "/sign-in", ...signedOut, act: press(signIn.title) },
  {
    name: "sign-in-refused",
    path: "/sign-in",
    ...signedOut,
    before: answering({
      "auth/sign-in/email": new Refusal(401, "unauthorized", "Email or password is not right."),
    }),
    wrong: answered(401),
    act: async (page) => {
      await typeCredentials(page);
      await alert(page);
    },
  },
  {
    name: "sign-in-locked",
    path: "/sign-in",
    ...signedOut,
    before: answering({
      "auth/sign-in/email": new Refusal(429, "locked_out", "Too many tries failed.", {
        retryAfterSeconds: 900,
      }),
    }),
    wrong: answered(429),
    act: async (page) => {
      await typeCredentials(page);
      await page.getByText(signIn.locked.title).waitFor();
    },
  },
  {
    name: "sign-in-unconfirmed",
    path: "/sign-in",
    ...signedOut,
    before: answering({
      "auth/methods": methods,
      "auth/sign-in/email": new Refusal(
        403,
        "forbidden",
        "This email address is not confirmed yet. Open the link in the mail we sent, or ask for a new one.",
        { reason: "email_not_verified" },
      ),
    }),
    wrong: answered(403),
    act: async (page) => {
      await typeCredentials(page);
      await button(page, signUp.mail.again).waitFor();
    },
  },
  {
    name: "sign-in-elsewhere-failed",
    path: "/sign-in?error=access_denied",
    ...signedOut,
    before: answering({ "auth/methods": methods }),
    act: alert,
  },
  ...["forbidden", "link_expired", "upstream_invalid"].map((code): State => ({
    name: `sign-in-sso-${code.replace("_", "-")}`,
    path: `/sign-in?sso=${code}`,
    ...signedOut,
    act: alert,
  })),
  {
    name: "sign-in-elsewhere-factor",
    path: "/sign-in?factor=true&next=%2Factivity",
    ...signedOut,
    act: (page) => page.getByRole("heading", { name: secondFactor.title }).waitFor(),
  },
  {
    name: "sign-in-busy",
    path: "/sign-in",
    ...signedOut,
    before: answering({ "auth/sign-in/email": never }),
    act: typeCredentials,
  },
  {
    name: "second-factor",
    path: "/sign-in",
    ...signedOut,
    before: answering({
      "auth/sign-in/email": { twoFactorRedirect: true },
      "auth/two-factor/verify-totp": new Refusal(
        401,
        "unauthorized",
        "This code is not right. Enter the one your app shows now.",
      ),
    }),
    wrong: answered(401),
    act: async (page) => {
      await typeCredentials(page);
      await fill(page, secondFactor.code, "123 456");
      await button(page, secondFactor.confirm).click();
      await alert(page);
    },
  },
  {
    name: "second-factor-recovery",
    path: "/sign-in",
    ...signedOut,
    before: answering({ "auth/sign-in/email": { twoFactorRedirect: true } }),
    act: async (page) => {
      await typeCredentials(page);
      await button(page, secondFactor.useRecovery).click();
      await button(page, secondFactor.confirm).click();
      await page.getByText(signIn.faults.recoveryCode).waitFor();
    },
  },
];

async function makeAccount(page: Page): Promise<void> {
  await fill(page, signUp.name, "Ada Lovelace");
  await fill(page, signUp.email, "ada@example.com");
  await fill(page, signUp.password, "correct horse battery");
  await button(page, signUp.submit).click();
}

const open = { "auth/methods": methods };
const signUpStates: State[] = [
  { name: "sign-up", path: "/sign-up", ...signedOut, before: answering(open) },
  {
    name: "sign-up-faults",
    path: "/sign-up",
    ...signedOut,
    before: answering(open),
    act: press(signUp.submit),
  },
  {
    name: "sign-up-mail",
    path: "/sign-up",
    ...signedOut,
    before: answering({ ...open, "auth/sign-up/email": { user: account.person } }),
    act: async (page) => {
      await makeAccount(page);
      await page.getByRole("heading", { name: signUp.mail.title }).waitFor();
    },
  },
  {
    name: "sign-up-invited",
    path: "/sign-up",
    ...signedOut,
    before: answering({ "auth/methods": { ...methods, signUp: "invited" } }),
  },
  { name: "verify-email", path: "/verify-email", ...signedOut },
  {
    name: "verify-email-done",
    path: "/verify-email?token=one",
    ...signedOut,
    before: answering({ "auth/verify-email": { status: true } }),
    act: (page) => page.getByRole("heading", { name: verifyEmail.done }).waitFor(),
  },
  {
    name: "verify-email-expired",
    path: "/verify-email?token=one",
    ...signedOut,
    before: answering({ "auth/verify-email": linkSpent }),
    wrong: answered(410),
    act: alert,
  },
  { name: "forgot-password", path: "/forgot-password", ...signedOut },
  {
    name: "forgot-password-sent",
    path: "/forgot-password",
    ...signedOut,
    before: answering({ ...open, "auth/request-password-reset": { status: true } }),
    act: async (page) => {
      await fill(page, signIn.email, "ada@example.com");
      await button(page, password.send).click();
      await page.getByText(password.sent("ada@example.com")).waitFor();
    },
  },
  { name: "reset-password", path: "/reset-password?token=one", ...signedOut },
  { name: "reset-password-no-link", path: "/reset-password", ...signedOut },
  ...[true, false].map((works): State => ({
    name: works ? "reset-password-done" : "reset-password-expired",
    path: "/reset-password?token=one",
    ...signedOut,
    before: answering({ "auth/reset-password": works ? { status: true } : linkSpent }),
    wrong: works ? [] : answered(410),
    act: async (page) => {
      await fill(page, password.newPassword, "correct horse battery");
      await button(page, password.save).click();
      if (works) await page.getByRole("heading", { name: password.doneTitle }).waitFor();
      else await alert(page);
    },
  })),
];

const invited = (shown: unknown, who: unknown) =>
  answering({ "auth/invitation": shown, "v1/account": who });
const invitationPath = "/invitation?token=one";
const invitationStates: State[] = [
  {
    name: "invitation-new",
    path: invitationPath,
    ...signedOut,
    before: invited(shownInvitation, signedOutHere),
    wrong: answered(401),
    act: press(invitation.make),
  },
  {
    name: "invitation-sign-in",
    path: invitationPath,
    ...signedOut,
    before: invited({ ...shownInvitation, hasAccount: true }, signedOutHere),
    wrong: answered(401),
  },
  { name: "invitation-join", path: invitationPath, before: invited(shownInvitation, account) },
  {
    name: "invitation-other",
    path: invitationPath,
    before: invited({ ...shownInvitation, email: "grace@example.com" }, account),
  },
  {
    name: "invitation-expired",
    path: invitationPath,
    before: invited(linkSpent, account),
    wrong: answered(410),
    act: alert,
  },
  {
    name: "invitation-loading",
    path: invitationPath,
    before: invited(never, never),
    waiting: true,
  },
  { name: "outbox", path: "/outbox", ...signedOut, before: answering({ "auth/outbox": outbox }) },
  {
    name: "outbox-empty",
    path: "/outbox",
    ...signedOut,
    before: answering({ "auth/outbox": { items: [] } }),
  },
  {
    name: "outbox-off",
    path: "/outbox",
    ...signedOut,
    before: answering({ "auth/outbox": new Refusal(404, "not_found", "There is no outbox.") }),
    wrong: answered(404),
  },
  {
    name: "outbox-loading",
    path: "/outbox",
    ...signedOut,
    before: answering({ "auth/outbox": never }),
    waiting: true,
  },
];

const { account: say } = words;
const profile = (answers: Record<string, unknown> = {}) => answering({ ...own, ...answers });
const dialog = (page: Page) => page.getByRole("dialog").waitFor();
const failing = new Refusal(
  500,
  "internal",
  "Something went wrong inside the hub. Try again; if it stays, report the request id.",
);

async function showPassword(page: Page, confirm: string): Promise<void> {
  await page
    .getByRole("dialog")
    .getByLabel(say.factor.password, { exact: true })
    .fill("a password");
  await page.getByRole("dialog").getByRole("button", { name: confirm, exact: true }).click();
}

const accountStates: State[] = [
  { name: "account", path: "/account", before: profile() },
  {
    name: "account-loading",
    path: "/account",
    before: profile({ "v1/account": never, "v1/account/invitations": never }),
    waiting: true,
  },
  {
    name: "account-error",
    path: "/account",
    before: profile({ "v1/account": failing }),
    wrong: answered(500),
  },
  {
    name: "account-without-email",
    path: "/account",
    before: profile({ "v1/account": withoutEmail, "v1/account/invitations": { items: [] } }),
  },
  {
    name: "account-email-sent",
    path: "/account",
    before: profile({ "v1/account": unconfirmed, "v1/account/email": null }),
    act: async (page) => {
      await button(page, say.profile.sendAgain).click();
      await page.getByLabel(say.profile.password, { exact: true }).fill("a password");
      await button(page, say.profile.sendLink).click();
      await page.getByText(say.profile.sent("ada@example.com")).waitFor();
    },
  },
  {
    name: "account-email-change",
    path: "/account",
    before: profile(),
    act: async (page) => {
      await button(page, say.profile.changeEmail).click();
      await page.getByLabel(say.profile.newEmail, { exact: true }).fill("ada@elsewhere.example");
      await button(page, say.profile.sendLink).click();
      await page.getByText(signIn.faults.password).waitFor();
    },
  },
  {
    name: "security-sign-in-again",
    path: "/account/security",
    before: profile({
      "auth/two-factor/enable": new Refusal(
        403,
        "forbidden",
        "It has been a while since you signed in. Sign in again to change how you sign in.",
      ),
    }),
    wrong: answered(403),
    act: async (page) => {
      await button(page, say.factor.setUp).click();
      await showPassword(page, say.factor.goOn);
      await page.getByRole("alert").waitFor();
    },
  },
  {
    name: "account-leave",
    path: "/account",
    before: profile(),
    act: async (page) => {
      await button(page, say.teams.leaveWhat("Support")).click();
      await dialog(page);
    },
  },
  { name: "security", path: "/account/security", before: profile() },
  {
    name: "security-loading",
    path: "/account/security",
    before: profile({ "v1/account/sessions": never, "auth/passkey/list-user-passkeys": never }),
    waiting: true,
  },
  {
    name: "security-error",
    path: "/account/security",
    before: profile({ "v1/account/sessions": failing, "auth/passkey/list-user-passkeys": failing }),
    wrong: answered(500),
  },
  {
    name: "security-bare",
    path: "/account/security",
    before: profile({
      "v1/account": withoutEmail,
      "v1/account/sessions": { items: sessions.items.slice(0, 1) },
      "auth/passkey/list-user-passkeys": [],
    }),
  },
  {
    name: "security-password",
    path: "/account/security",
    before: profile(),
    act: async (page) => {
      await button(page, say.password.change).click();
      await button(page, words.common.save).click();
      await page.getByText(signIn.faults.password).waitFor();
    },
  },
  {
    name: "security-factor-scan",
    path: "/account/security",
    before: profile({ "auth/two-factor/enable": { totpURI, backupCodes } }),
    act: async (page) => {
      await button(page, say.factor.setUp).click();
      await showPassword(page, say.factor.goOn);
      await page.getByRole("img", { name: say.factor.qr }).waitFor();
    },
  },
  {
    name: "security-factor-codes",
    path: "/account/security",
    before: profile({
      "v1/account": withFactor,
      "auth/two-factor/generate-backup-codes": { backupCodes },
    }),
    act: async (page) => {
      await button(page, say.factor.newCodes).click();
      await showPassword(page, say.factor.goOn);
      await page.getByRole("list", { name: say.factor.codesLabel }).waitFor();
    },
  },
  {
    name: "security-factor-off",
    path: "/account/security",
    before: profile({ "v1/account": withFactor }),
    act: async (page) => {
      await button(page, say.factor.turnOff).click();
      await dialog(page);
    },
  },
  {
    name: "security-passkey-rename",
    path: "/account/security",
    before: profile(),
    act: async (page) => {
      await button(page, say.passkeys.actions("Firefox on Linux")).click();
      await page.getByRole("menuitem", { name: say.passkeys.rename }).click();
      await dialog(page);
    },
  },
  {
    name: "security-end-others",
    path: "/account/security",
    before: profile(),
    act: async (page) => {
      await button(page, say.sessions.endOthers).click();
      await dialog(page);
    },
  },
  ...[true, false].map((enabled): State => ({
    name: enabled ? "step-up" : "step-up-not-set-up",
    path: "/account/security",
    before: profile({
      "v1/account": enabled ? withFactor : account,
      [`v1/account/sessions/${sessions.items[2]?.id}`]: factorRequired,
    }),
    wrong: answered(403),
    act: async (page) => {
      await page.getByRole("button", { name: new RegExp(say.sessions.unknownDevice) }).click();
      await page
        .getByRole("dialog", { name: enabled ? say.stepUp.title : say.stepUp.notSetUp })
        .waitFor();
    },
  })),
  ...["/", "/account"].map((path): State => ({
    name: path === "/" ? "no-team" : "no-team-account",
    path,
    before: profile({
      "v1/me": new Refusal(403, "no_team", "You are in no team."),
      "v1/account": { ...account, teamId: null, teams: [] },
    }),
    wrong: [...answered(403), ...answered(401)],
  })),
];

export const identityStates: State[] = [
  ...signInStates,
  ...signUpStates,
  ...invitationStates,
  ...accountStates,
];
