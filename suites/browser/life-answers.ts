// What a hub would answer about connections in every state of their life, secrets and notices.
import type { Connection } from "../../shared/contracts/connections.ts";
import type { Notice } from "../../shared/contracts/notices.ts";
import type { Secret, VaultState } from "../../shared/contracts/secrets.ts";
import { connection as salesforce } from "./connect-answers.ts";
import { pageOf } from "./team-answers.ts";

const hour = 3_600_000;
const day = 24 * hour;
const now = Date.now();
const id = (prefix: string, last: string) => `${prefix}_01k5x8a1qv2h7c9d4e6f8g0h2${last}`;

type Change = Partial<Omit<Connection, "auth">> & { auth?: Partial<Connection["auth"]> };
const like = ({ auth, ...change }: Change): Connection => ({
  ...salesforce,
  createdAt: now - 90 * day,
  lastUsedAt: now - 2 * hour,
  ...change,
  auth: { ...salesforce.auth, ...auth },
});

const refusedAt = { code: "upstream_unauthorized", at: now - hour };
const key: Partial<Connection["auth"]> = {
  method: "api-key",
  kind: "api_key",
  label: "API key",
  scopes: [],
  missingScopes: [],
  fieldNames: ["apiKey"],
  account: null,
  refreshes: false,
  consentedAt: null,
};
export const longName =
  "Microsoft Dynamics 365 Business Central of the subsidiary with the longest name";

export const signedIn = like({ id: id("con", "a"), name: "Sales", errorCount: 0 });
export const expiring = like({
  id: id("con", "b"),
  name: "Invoices",
  connector: "xero",
  status: "expiring",
  auth: { refreshes: false, expiresAt: now + 3 * day, account: "Acme Europe Ltd" },
});
export const needsReauth = like({
  id: id("con", "c"),
  name: longName,
  status: "needs_reauth",
  errorCount: 3,
  lastError: {
    ...refusedAt,
    message: "The vendor takes the refresh token no more. Sign in again.",
  },
});
export const pending = like({
  id: id("con", "d"),
  name: "Chat",
  connector: "slack",
  status: "pending",
  lastUsedAt: null,
  auth: {
    label: "Sign in with Slack",
    account: null,
    consentedAt: null,
    scopes: [],
    refreshes: false,
  },
});
export const failing = like({
  id: id("con", "e"),
  name: "Code",
  connector: "github",
  status: "error",
  errorCount: 4,
  lastError: {
    code: "upstream_unreachable",
    at: now - hour,
    message: "github did not answer within 15 seconds.",
  },
  owner: { kind: "person", personId: id("per", "a") },
});
export const due = like({
  id: id("con", "f"),
  name: "Shop",
  connector: "shopify",
  auth: {
    ...key,
    rotateEveryDays: 90,
    rotatedAt: now - 93 * day,
    rotationDueAt: now - 3 * day,
  },
});
export const revoked = like({
  id: id("con", "g"),
  name: "People",
  connector: "personio",
  status: "revoked",
  lastUsedAt: null,
  auth: { ...key, fieldNames: [] },
});
export const all = pageOf([signedIn, expiring, needsReauth, pending, failing, due, revoked]);

export const imported = {
  created: [{ id: pending.id, name: "Chat" }],
  skipped: [
    { name: "Sales", reason: "There is a connection of this name. Rename one of the two." },
    { name: longName, reason: "This hub knows no connector of the name dynamics-on-premises." },
  ],
};

const secret: Secret = {
  id: id("sec", "a"),
  name: "TICKETS_TOKEN",
  description: "Made in the support desk’s admin pages; ends in March.",
  lastFour: "c0de",
  usedBy: [
    { kind: "connection", id: signedIn.id, name: "Sales" },
    { kind: "connection", id: needsReauth.id, name: longName },
  ],
  uses: 3,
  createdBy: null,
  createdAt: now - 30 * day,
  updatedAt: now - 4 * day,
};
export const secrets = pageOf([
  secret,
  {
    ...secret,
    id: id("sec", "b"),
    name: "A_SECRET_WITH_A_NAME_AS_LONG_AS_NAMES_MAY_BE_WHICH_IS_64_LETTERS",
    description: null,
    lastFour: null,
    usedBy: [],
    uses: 0,
  },
]);
export const vault: VaultState = {
  masterKeyId: "k1",
  newestMasterKeyId: "k1",
  dataKeyId: id("dek", "a"),
  records: 41,
  rotation: {
    state: "none",
    done: 41,
    total: 41,
    startedAt: now - 2 * day,
    finishedAt: now - 2 * day,
  },
};
export const rotating: VaultState = {
  ...vault,
  newestMasterKeyId: "k2",
  rotation: { state: "running", done: 12, total: 41, startedAt: now - 9000, finishedAt: null },
};
export const check = {
  checked: 41,
  faults: [
    {
      credentialId: id("crd", "a"),
      kind: "connection",
      subjectId: signedIn.id,
      reason: "altered" as const,
    },
  ],
  cursor: null,
};

const notice: Notice = {
  id: id("ntc", "a"),
  kind: "connection.needs_reauth",
  title: `${longName} has to be signed in again`,
  text: "The connection runs nothing any more: what it signs in with has ended or was taken back. Sign in again; its tools and policies stay as they are.",
  path: `/connections/${needsReauth.id}`,
  subjectId: needsReauth.id,
  settled: false,
  read: false,
  createdAt: now - hour,
};
export const notices = pageOf<Notice>([
  notice,
  {
    ...notice,
    id: id("ntc", "b"),
    kind: "connection.expiring",
    title: "Invoices expires soon",
    text: "What the connection Invoices signs in with ends in three days, and the hub cannot renew it.",
    subjectId: expiring.id,
    path: `/connections/${expiring.id}`,
  },
  {
    ...notice,
    id: id("ntc", "c"),
    kind: "connection.rotation_due",
    title: "Replace the credential of Shop",
    text: "The credential of the connection Shop is to be replaced every 90 days, and that time is over.",
    subjectId: due.id,
    path: `/connections/${due.id}`,
  },
  {
    ...notice,
    id: id("ntc", "d"),
    kind: "connection.rotated",
    title: "The credential of Code was replaced",
    text: "The hub had the vendor make a new credential for the connection Code. Calls use it already.",
    subjectId: failing.id,
    path: `/connections/${failing.id}`,
    settled: true,
    read: true,
  },
]);
export const one = pageOf([notice]);
