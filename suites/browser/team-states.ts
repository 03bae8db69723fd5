// The pages about people, roles, keys, clients and the audit log, in every state.
import type { Page } from "playwright-core";
import { audit } from "../../web/src/words/audit.ts";
import { consent as sayConsent } from "../../web/src/words/consent.ts";
import { words } from "../../web/src/words/index.ts";
import { answered, answering, never, Refusal } from "./answers.ts";
import type { State } from "./states.ts";
import {
  account,
  apiKeys,
  broken,
  builtInRoles,
  consent,
  entry,
  grants,
  invitations,
  machines,
  members,
  ownRole,
  pageOf,
  sso,
} from "./team-answers.ts";

const { team, keys, shell } = words;

const press = (page: Page, name: string) =>
  page.getByRole("button", { name, exact: true }).first().click();
const opening = (name: string) => async (page: Page) => {
  await press(page, name);
  await page.getByRole("dialog").waitFor();
};
const choosing = (menu: string, item: string) => async (page: Page) => {
  await press(page, menu);
  await page.getByRole("menuitem", { name: item }).click();
  await page.getByRole("dialog").waitFor();
};
/** On a phone the navigation is behind a button. */
const inNavigation = (name: string) => async (page: Page) => {
  const drawer = page.getByRole("button", { name: shell.openNavigation });
  if (await drawer.isVisible()) await drawer.click();
  await page.getByRole("button", { name }).click();
  await page.getByRole("menu").waitFor();
};

const people = answering({
  "v1/members": pageOf(members),
  "v1/invitations": pageOf(invitations),
  "v1/roles": { items: [...builtInRoles, ownRole] },
  "v1/team": {
    id: account.teamId,
    name: "Support",
    createdAt: entry.at,
    sensitiveNeedsSecondFactor: true,
    counts: { members: members.length },
  },
});
const withKeys = answering({ "v1/api-keys": pageOf(apiKeys), "v1/members": pageOf(members) });
const withClients = answering({
  "v1/client-grants": pageOf(grants),
  "v1/machine-clients": pageOf(machines),
});
const withSso = (state: object) => answering({ "v1/team/sso": state });
const withEntry = answering({ "v1/audit": { ...pageOf([entry]), keptForDays: 365 } });
const asking = (answer: unknown) => answering({ "auth/consent": answer, "v1/account": account });
const request = "/consent?response_type=code&client_id=desk";

const [, grace] = members;
const [invitation] = invitations;
const [key] = apiKeys;
const [grant] = grants;
const aboutGrace = team.members.actions(grace?.name ?? "");
/** A key of one's own: only that can be changed. */
const firstKey = keys.actions("First key");
const aboutKey = keys.actions(key?.name ?? "");

export const teamStates: readonly State[] = [
  { name: "team-people", path: "/team", before: people },
  { name: "team-invite", path: "/team?invite=true", before: people, act: dialog },
  {
    name: "team-invite-faults",
    path: "/team?invite=true",
    before: people,
    act: async (page) => {
      await page.getByRole("textbox", { name: team.invite.emails }).fill("nobody");
      await press(page, team.invite.send(0));
      await page.getByText(team.invite.wrong("nobody")).waitFor();
    },
  },
  {
    name: "team-invite-refused",
    path: "/team?invite=true",
    wrong: answered(409),
    act: async (page) => {
      await page.route("**/api/v1/invitations", (route) =>
        route.fulfill({
          status: 409,
          json: { error: new Refusal(409, "conflict", "They are in the team already.").error },
        }),
      );
      await page.getByRole("textbox", { name: team.invite.emails }).fill("grace@example.com");
      await press(page, team.invite.send(1));
      await page.getByText(team.invite.notSent).waitFor();
    },
  },
  {
    name: "team-menu",
    path: "/team",
    before: people,
    act: async (page) => {
      await press(page, aboutGrace);
      await page.getByRole("menu").waitFor();
    },
  },
  {
    name: "team-change-role",
    path: "/team",
    before: people,
    act: choosing(aboutGrace, team.members.changeRole),
  },
  {
    name: "team-remove",
    path: "/team",
    before: people,
    act: choosing(aboutGrace, team.members.remove),
  },
  {
    name: "team-withdraw",
    path: "/team",
    before: people,
    act: choosing(team.invitations.actions(invitation?.email ?? ""), team.invitations.withdraw),
  },
  { name: "team-none-found", path: "/team?q=nobody-by-that-name" },
  { name: "team-roles-own", path: "/team/roles", before: people },
  { name: "team-role-make", path: "/team/roles", act: opening(team.roles.make) },
  {
    name: "team-role-edit",
    path: "/team/roles",
    before: people,
    act: choosing(team.roles.actions(ownRole.name), team.roles.edit),
  },
  {
    name: "team-sso-set-up",
    path: "/team/settings",
    before: withSso(sso.none),
    act: opening(team.sso.setUp),
  },
  {
    name: "team-sso-unverified",
    path: "/team/settings",
    before: answering({
      "v1/team/sso": sso.unverified,
      "v1/team/sso/verify-domain": new Refusal(
        409,
        "conflict",
        `There is no TXT record at ${sso.unverified.provider.dns.name} that says ${sso.unverified.provider.dns.text}. Add it, wait until it is known, then try again.`,
      ),
    }),
    wrong: answered(409),
    act: async (page) => {
      await press(page, team.sso.verify);
      await page.getByRole("alert").waitFor();
    },
  },
  { name: "team-sso-verified", path: "/team/settings", before: withSso(sso.verified) },
  {
    name: "team-sso-remove",
    path: "/team/settings",
    before: withSso(sso.verified),
    act: opening(team.sso.remove),
  },
  { name: "team-delete", path: "/team/settings", act: opening(team.settings.deleteTitle) },
  {
    name: "connection-access",
    path: ({ connections }) => `/connections/${connections.fixture}?tab=access`,
  },
  {
    name: "connection-access-some",
    path: ({ connections }) => `/connections/${connections.fixture}?tab=access`,
    before: people,
    act: async (page) => {
      await page.getByRole("radio", { name: team.access.restricted }).click();
      await page.getByText(team.access.nobodyChosen).waitFor();
    },
  },
  { name: "keys-all", path: "/keys", before: withKeys },
  { name: "keys-empty", path: "/keys", before: answering({ "v1/api-keys": pageOf([]) }) },
  { name: "keys-make", path: "/keys", act: opening(keys.make) },
  {
    name: "keys-make-faults",
    path: "/keys",
    act: async (page) => {
      await opening(keys.make)(page);
      await page.getByText(keys.scopes.custom).click();
      await page.getByRole("textbox", { name: keys.form.addresses }).fill("the office");
      await press(page, keys.form.confirm);
      await page.getByText(keys.form.nameMissing).waitFor();
    },
  },
  {
    name: "keys-shown",
    path: "/keys",
    act: async (page) => {
      await opening(keys.make)(page);
      await page.getByRole("textbox", { name: keys.form.name }).fill("Shown once");
      await press(page, keys.form.confirm);
      await page.getByText(keys.shown.once).waitFor();
    },
  },
  { name: "keys-edit", path: "/keys", act: choosing(firstKey, keys.edit) },
  { name: "keys-rotate", path: "/keys", act: choosing(firstKey, keys.rotate) },
  { name: "keys-revoke", path: "/keys", before: withKeys, act: choosing(aboutKey, keys.revoke) },
  { name: "clients-grants", path: "/clients", before: withClients },
  {
    name: "clients-cut-off",
    path: "/clients",
    before: withClients,
    act: opening(keys.grants.cutOffWhat(grant?.client.name ?? "")),
  },
  { name: "clients-machine-make", path: "/clients", act: opening(keys.machines.make) },
  { name: "consent", path: request, before: asking(consent.verified) },
  {
    name: "consent-some",
    path: request,
    before: asking(consent.verified),
    act: (page) => page.getByRole("radio", { name: sayConsent.someConnections }).click(),
  },
  { name: "consent-unknown-local", path: request, before: asking(consent.local) },
  { name: "consent-loading", path: request, before: asking(never), waiting: true },
  {
    name: "consent-refused",
    path: request,
    before: asking(
      new Refusal(400, "invalid_input", "The app that sent you here is not registered here."),
    ),
    wrong: answered(400),
    act: (page) => page.getByRole("alert").waitFor(),
  },
  { name: "consent-no-team", path: request, before: asking({ ...consent.verified, teams: [] }) },
  { name: "consent-no-request", path: "/consent" },
  {
    name: "audit-empty",
    path: "/audit",
    before: answering({ "v1/audit": { ...pageOf([]), keptForDays: 365 } }),
  },
  { name: "audit-none-found", path: "/audit?subject=nothing-like-it" },
  { name: "audit-custom-range", path: "/audit?since=2026-01-01T00:00:00.000Z" },
  { name: "audit-entry", path: `/audit?entry=${entry.id}`, before: withEntry, act: dialog },
  { name: "audit-entry-gone", path: "/audit?entry=aud_gone", act: dialog },
  {
    name: "audit-verified",
    path: "/audit",
    act: async (page) => {
      await opening(audit.verify.label)(page);
      await press(page, audit.verify.start);
      await page
        .getByText(/^The chain is whole/)
        .first()
        .waitFor();
    },
  },
  {
    name: "audit-broken",
    path: "/audit",
    before: answering({ "v1/audit/verify": broken }),
    act: async (page) => {
      await opening(audit.verify.label)(page);
      await press(page, audit.verify.start);
      await page.getByText(audit.verify.brokenHint).waitFor();
    },
  },
  {
    name: "team-switcher",
    path: "/",
    before: answering({ "v1/account": account }),
    act: inNavigation(team.switcher.more),
  },
  { name: "person-menu", path: "/", act: inNavigation(team.person.more) },
];

async function dialog(page: Page): Promise<void> {
  await page.getByRole("dialog").waitFor();
}
