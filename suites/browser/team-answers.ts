// A team in the middle of its life, as the hub would tell of it.
import type { Account } from "../../shared/contracts/account.ts";
import type { AuditEntry, AuditVerdict } from "../../shared/contracts/audit.ts";
import type { ClientGrant, ConsentAsked, MachineClient } from "../../shared/contracts/grants.ts";
import type { Invitation, TeamMember, TeamRole } from "../../shared/contracts/members.ts";
import type { ApiKey } from "../../shared/contracts/teams.ts";
import type { SsoProvider, SsoState } from "../../shared/contracts/sso.ts";
import { permissions, permissionsOf, roles } from "../../shared/roles.ts";

const day = 86_400_000;
const now = Date.now();
const id = (prefix: string, last: string) => `${prefix}_01k5x8a1qv2h7c9d4e6f8g0h2${last}`;
export const pageOf = <Item>(items: Item[]) => ({ items, nextCursor: null });

const me = { id: id("per", "a"), name: "Owner" };
const colleague = { id: id("per", "b"), name: "Grace" };
const longName =
  "A person whose name goes on and on, far beyond what a line of a list has room for";

export const members: TeamMember[] = [
  {
    ...me,
    email: "owner@example.com",
    role: "owner",
    roleName: "owner",
    createdAt: now - 90 * day,
    secondFactor: true,
    lastSeenAt: now,
    you: true,
  },
  {
    ...colleague,
    email: "grace@example.com",
    role: id("rol", "a"),
    roleName: "Support agent",
    createdAt: now - 20 * day,
    secondFactor: false,
    lastSeenAt: now - 2 * day,
    you: false,
  },
  {
    id: id("per", "c"),
    name: longName,
    email: "somebody.with.a.rather.long.address@a-long-subdomain.example.com",
    role: "viewer",
    roleName: "viewer",
    createdAt: now - day,
    secondFactor: false,
    lastSeenAt: null,
    you: false,
  },
];

export const invitations: Invitation[] = [
  {
    id: id("inv", "a"),
    email: "colleague@example.com",
    role: "operator",
    roleName: "operator",
    invitedBy: me,
    createdAt: now - day,
    expiresAt: now + 6 * day,
  },
];

export const ownRole: TeamRole = {
  id: id("rol", "a"),
  name: "Support agent",
  description: "Runs tools and looks at what came back.",
  builtIn: false,
  permissions: ["connections.read", "tools.read", "tools.call", "executions.read"],
  members: 1,
};
export const builtInRoles: TeamRole[] = roles.map((role) => ({
  id: role,
  name: role,
  description: "One of the roles every team has.",
  builtIn: true,
  permissions: permissions.filter((permission) => permissionsOf(role).has(permission)),
  members: role === "owner" ? 1 : 0,
}));

export const account: Account = {
  person: { ...me, email: "owner@example.com", emailVerified: true, image: null },
  session: { id: id("ses", "a"), expiresAt: now + 7 * day, secondFactorAt: null },
  teamId: id("team", "a"),
  teams: [
    { id: id("team", "a"), name: "Support", role: "owner" },
    { id: id("team", "b"), name: "Research and development", role: "viewer" },
    { id: id("team", "c"), name: longName, role: "member" },
  ],
  secondFactor: { enabled: true },
  hasPassword: true,
  providers: [],
};

const key: ApiKey = {
  id: id("key", "a"),
  name: "Nightly report",
  prefix: "pb_8fK2xQ",
  personId: me.id,
  personName: me.name,
  scopes: ["tools.read", "tools.call"],
  allowedAddresses: ["203.0.113.0/24", "2001:db8::/32"],
  createdAt: now - 80 * day,
  expiresAt: now + 10 * day,
  replacedBy: null,
  lastUsed: { at: now - 3_600_000, address: "203.0.113.7", userAgent: "curl/8.9.1" },
};
export const apiKeys: ApiKey[] = [
  key,
  {
    ...key,
    id: id("key", "b"),
    name: "Old laptop",
    prefix: "pb_kk20Zz",
    scopes: null,
    allowedAddresses: null,
    expiresAt: now + day,
    replacedBy: key.id,
    lastUsed: null,
  },
  {
    ...key,
    id: id("key", "c"),
    name: longName,
    prefix: "pb_77aaQQ",
    personId: colleague.id,
    personName: colleague.name,
    scopes: ["connections.read", "audit.read", "tools.write"],
    expiresAt: now - day,
  },
];

export const grants: ClientGrant[] = [
  {
    id: id("gra", "a"),
    client: {
      id: "https://client.example/metadata",
      name: "Desk assistant",
      redirectHost: "client.example",
    },
    person: me,
    resource: "http://localhost:8787/mcp",
    scopes: ["tools.read", "tools.call"],
    connections: null,
    createdAt: now - 3 * day,
    lastSeen: { at: now - 60_000, address: "203.0.113.7", userAgent: "desk/1.0" },
    you: true,
  },
  {
    id: id("gra", "b"),
    client: { id: "app", name: longName, redirectHost: "127.0.0.1" },
    person: colleague,
    resource: "http://localhost:8787/mcp",
    scopes: ["tools.read"],
    connections: [id("con", "a"), id("con", "b")],
    createdAt: now - 9 * day,
    lastSeen: null,
    you: false,
  },
];
export const machines: MachineClient[] = [
  {
    id: id("mac", "a"),
    name: "Nightly build",
    scopes: ["tools.read", "tools.call"],
    connections: null,
    createdBy: me,
    createdAt: now - 3 * day,
    lastSeen: null,
  },
];

const asked: ConsentAsked = {
  handle: "handle",
  client: {
    id: "https://client.example/metadata",
    name: "Desk assistant",
    domain: "client.example",
    uri: "https://client.example",
    redirectHost: "client.example",
    local: false,
  },
  resource: "http://localhost:8787/mcp",
  scopes: [
    { name: "tools.read", needed: true, granted: false },
    { name: "tools.call", needed: false, granted: false },
  ],
  teams: [
    { id: id("team", "a"), name: "Support", role: "owner", scopes: ["tools.read", "tools.call"] },
    { id: id("team", "b"), name: "Research", role: "viewer", scopes: ["tools.read"] },
  ],
  currentTeamId: id("team", "a"),
  connections: ["Tickets", "Wiki", longName].map((name, index) => ({
    teamId: id("team", "a"),
    id: id("con", String(index)),
    name,
  })),
};
export const consent = {
  verified: asked,
  local: {
    ...asked,
    client: {
      ...asked.client,
      name: longName,
      domain: null,
      redirectHost: "127.0.0.1:3000",
      local: true,
    },
  },
};

export const entry: AuditEntry = {
  id: id("aud", "a"),
  at: now - 3_600_000,
  actor: { kind: "user", id: me.id, personId: me.id },
  action: "connection.update",
  subjectId: id("con", "a"),
  requestId: id("req", "a"),
  seq: 37,
  address: "203.0.113.7",
  userAgent: "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0",
  details: { headersReplaced: false },
  before: { name: "Support tickets", url: "https://tickets.example/mcp", disabled: false },
  after: { name: "Tickets", url: "https://tickets.example/mcp", disabled: true },
  hash: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
};
export const broken: AuditVerdict = {
  ok: false,
  checked: 36,
  from: 0,
  to: 36,
  done: false,
  fault: { seq: 37, id: entry.id, reason: "Entry 37 was changed after it was written." },
};

const provider: SsoProvider = {
  issuer: "https://login.example.com",
  clientId: "plugboard",
  domain: "example.com",
  defaultRole: "member",
  dns: {
    name: "_plugboard.example.com",
    text: "plugboard-domain=8fK2xQ0aZ7mB3nC5vL9pR1tY6uW4sD2g",
  },
  domainVerifiedAt: null,
};
const redirectUri = "https://hub.example.com/api/auth/sso/callback";
export const sso = {
  none: { redirectUri, provider: null },
  unverified: { redirectUri, provider },
  verified: { redirectUri, provider: { ...provider, domainVerifiedAt: now - day } },
} satisfies Record<string, SsoState>;
