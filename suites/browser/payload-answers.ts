// What a hub would answer whose members, clients and mails are all hostile: every payload in every place of these pages.
import type { Account, Session } from "../../shared/contracts/account.ts";
import type { AuthMethods, Outbox, Passkey } from "../../shared/contracts/auth.ts";
import type { AuditEntry } from "../../shared/contracts/audit.ts";
import type { ConnectFlow } from "../../shared/contracts/connect-flows.ts";
import type { Connection } from "../../shared/contracts/connections.ts";
import type { OAuthApp } from "../../shared/contracts/connectors.ts";
import type { ClientGrant, ConsentAsked, MachineClient } from "../../shared/contracts/grants.ts";
import type {
  Invitation,
  MyInvitations,
  ShownInvitation,
  TeamMember,
  TeamRole,
} from "../../shared/contracts/members.ts";
import type { Notice } from "../../shared/contracts/notices.ts";
import type { Secret } from "../../shared/contracts/secrets.ts";
import type { SsoState } from "../../shared/contracts/sso.ts";
import type { ApiKey } from "../../shared/contracts/teams.ts";
import * as connect from "./connect-answers.ts";
import * as identity from "./identity-answers.ts";
import * as life from "./life-answers.ts";
import { payloads, type Payload } from "./payloads.ts";
import * as team from "./team-answers.ts";

/** A first of each kind is what the others are like. */
const like = <Item>(
  [first]: readonly Item[],
  change: (payload: Payload) => Partial<Item>,
): Item[] => payloads.map((payload) => ({ ...(first as Item), ...change(payload) }));
const person = ({ id, text }: Payload) => ({ id: `per_${id}`, name: text });
const seen = ({ text }: Payload) => ({ at: Date.now(), address: text, userAgent: text });

const members = like<TeamMember>(team.members.slice(1), ({ id, text }) => ({
  id: `per_${id}`,
  name: text,
  email: text,
  role: text,
  roleName: text,
}));
const invitations = like<Invitation>(team.invitations, (payload) => ({
  id: `inv_${payload.id}`,
  email: payload.text,
  role: payload.text,
  roleName: payload.text,
  invitedBy: person(payload),
}));
const roles = like<TeamRole>([team.ownRole], ({ id, text }) => ({
  id: `rol_${id}`,
  name: text,
  description: text,
}));
const keys = like<ApiKey>(team.apiKeys, (payload) => ({
  id: `key_${payload.id}`,
  name: payload.text,
  prefix: payload.text,
  personName: payload.text,
  allowedAddresses: [payload.text],
  lastUsed: seen(payload),
}));
const grants = like<ClientGrant>(team.grants, (payload) => ({
  id: `gra_${payload.id}`,
  client: { id: payload.text, name: payload.text, redirectHost: payload.text },
  person: person(payload),
  resource: payload.text,
  connections: [payload.text],
  lastSeen: seen(payload),
  you: false,
}));
const machines = like<MachineClient>(team.machines, (payload) => ({
  id: `mac_${payload.id}`,
  name: payload.text,
  createdBy: person(payload),
  lastSeen: seen(payload),
}));
const entryOf = ({ id, text }: Payload): AuditEntry => ({
  ...team.entry,
  id: `aud_${id}`,
  seq: id,
  actor: { kind: "user", id: text, personId: text },
  action: id % 2 ? text : team.entry.action,
  subjectId: text,
  requestId: text,
  address: text,
  userAgent: text,
  details: { [text]: text, more: [{ [text]: text }] },
  before: { [text]: text, name: text },
  after: { [text]: `${text} `, name: { [text]: text } },
  hash: text,
});
const auditOf = (entries: AuditEntry[]) => ({ ...team.pageOf(entries), keptForDays: 365 });
const sessions = like<Session>(identity.sessions.items.slice(1), ({ id, text }) => ({
  id: `ses_${id}`,
  address: text,
  userAgent: text,
}));
const passkeys = like<Passkey>(identity.passkeys, ({ id, text }) => ({
  id: `pas_${id}`,
  name: text,
}));
const myInvitations: MyInvitations = {
  items: like(identity.invitations.items, ({ id, text }) => ({
    id: `inv_${id}`,
    team: { id: `team_${id}`, name: text },
    role: text,
    invitedBy: text,
  })),
};
const outbox: Outbox = {
  items: like(identity.outbox.items, ({ id, text }) => ({
    id: `mail_${id}`,
    to: text,
    subject: text,
    text: `${text}\n\n${text.replaceAll(/\s/g, "")}\nhttps://${text}\n`,
  })),
};
const secrets = like<Secret>(life.secrets.items, ({ id, text }) => ({
  id: `sec_${id}`,
  description: text,
  lastFour: text,
  usedBy: [{ kind: "connection", id: text, name: text }],
}));
const notices = like<Notice>(life.notices.items, ({ id, text }) => ({
  id: `ntc_${id}`,
  title: text,
  text,
  path: text,
  subjectId: text,
}));
const apps = like<OAuthApp>(connect.apps, ({ id, text }) => ({
  connector: `connector-${id}`,
  clientId: text,
}));
const flow: ConnectFlow = {
  ...connect.choosing,
  choices: {
    param: "site",
    label: "Site",
    options: payloads.map(({ id, text }) => ({ value: `${id}`, name: text })),
  },
};
const methods: AuthMethods = {
  ...identity.methods,
  providers: payloads.slice(0, 40).map(({ id, text }) => ({ id: `p${id}`, name: text })),
};

/** Lists with a row for each payload, by path below `/api`. */
export const hostileLists = {
  "v1/members": team.pageOf(members),
  "v1/invitations": team.pageOf(invitations),
  "v1/roles": { items: roles },
  "v1/api-keys": team.pageOf(keys),
  "v1/client-grants": team.pageOf(grants),
  "v1/machine-clients": team.pageOf(machines),
  "v1/oauth-apps": team.pageOf(apps),
  [`v1/connect-flows/${flow.id}`]: flow,
  "v1/secrets": team.pageOf(secrets),
  "v1/notices": team.pageOf(notices),
  "v1/audit": auditOf(payloads.map(entryOf)),
  "v1/account/sessions": { items: sessions },
  "v1/account/invitations": myInvitations,
  "auth/passkey/list-user-passkeys": passkeys,
  "auth/outbox": outbox,
  "auth/methods": methods,
};

/** What a page shows one of, with this payload. */
export function hostileAnswers(payload: Payload) {
  const { text } = payload;
  const account: Account = {
    ...team.account,
    person: { ...team.account.person, name: text, email: text, image: text },
    teams: like(team.account.teams, ({ id, text: name }) => ({
      id: `team_${id}`,
      name,
      role: name,
    })),
    providers: [{ id: text, name: text }],
  };
  const consent: ConsentAsked = {
    ...team.consent.verified,
    client: {
      id: text,
      name: text,
      domain: payload.id % 2 ? text : null,
      uri: text,
      redirectHost: text,
      local: false,
    },
    resource: text,
    teams: team.consent.verified.teams.map((one) => ({ ...one, name: text, role: text })),
    connections: team.consent.verified.connections.map((one) => ({ ...one, name: text })),
  };
  const invitation: ShownInvitation = {
    ...identity.shownInvitation,
    team: { id: "team_1", name: text },
    email: text,
    role: text,
    invitedBy: text,
  };
  const sso: SsoState = {
    redirectUri: text,
    provider: {
      ...team.sso.unverified.provider,
      issuer: text,
      clientId: text,
      domain: text,
      dns: { name: text, text },
    },
  };
  const { auth } = connect.connection;
  const connection: Connection = {
    ...connect.connection,
    name: text,
    auth: { ...auth, account: text, scopes: [text], missingScopes: [text] },
  };
  return {
    [`v1/connections/${connection.id}`]: connection,
    "v1/audit": auditOf([entryOf(payload)]),
    "v1/account": account,
    "v1/team/sso": sso,
    "auth/consent": consent,
    "auth/invitation": invitation,
  };
}
