import { clientFields } from "../endpoints/fields";
import type { ManifestData } from "../manifest";

const tokenUrl = "https://identity.xero.com/connect/token";
const apps = {
  text: "Xero Developer → My Apps → New app",
  url: "https://developer.xero.com/app/manage",
};
/** Apps made since 2026 choose by kind of document; older ones have `accounting.transactions` for all of them. */
const accounting = [
  { scope: "accounting.settings", label: "See the organisation and its accounts", required: true },
  { scope: "accounting.contacts", label: "Read and change contacts" },
  { scope: "accounting.invoices", label: "Read and change invoices" },
  { scope: "accounting.payments", label: "Read and change payments", default: false },
  {
    scope: "accounting.banktransactions",
    label: "Read and change bank transactions",
    default: false,
  },
  { scope: "accounting.manualjournals", label: "Read and change manual journals", default: false },
  { scope: "accounting.attachments", label: "Read and add attachments", default: false },
];

export const xero = {
  id: "xero",
  name: "Xero",
  category: "finance",
  description: "Invoices, contacts, payments and accounts of a Xero organisation.",
  websiteUrl: "https://www.xero.com",
  docsUrl: "https://developer.xero.com",
  params: [
    {
      name: "tenantId",
      label: "Organisation",
      source: "discovered",
      pattern: "^[0-9a-fA-F-]{36}$",
    },
  ],
  auth: [
    {
      kind: "oauth2_code",
      id: "oauth",
      label: "Sign in with Xero",
      authorizeUrl: "https://login.xero.com/identity/connect/authorize",
      tokenUrl,
      clientAuth: "basic",
      pkce: "optional",
      expiry: { kind: "answer", defaultSeconds: 1800 },
      // The one before lives on for half an hour, for an answer that was lost.
      rotation: "rolling",
      refreshTokenSeconds: 5_184_000,
      revoke: { url: "https://identity.xero.com/connect/revocation" },
      scopes: [
        { scope: "offline_access", label: "Stay signed in", required: true },
        { scope: "openid", label: "See who you are", required: true },
        ...accounting,
      ],
      app: {
        where: apps,
        notes: ["Choose the integration type Web app and enter the redirect URI."],
      },
    },
    {
      kind: "oauth2_client_credentials",
      id: "custom-connection",
      label: "Custom connection",
      description: "A paid connection of one organisation to one app, without a person.",
      fields: clientFields({
        ...apps,
        text: "Xero Developer → My Apps → the custom connection → Configuration",
      }),
      tokenUrl,
      clientAuth: "basic",
      expiry: { kind: "answer", defaultSeconds: 1800 },
      scopes: accounting,
    },
  ],
  request: {
    base: "https://api.xero.com",
    headers: { "xero-tenant-id": "{tenantId}", Accept: "application/json" },
  },
  discover: [
    {
      param: "tenantId",
      label: "Organisation",
      request: { url: "https://api.xero.com/connections" },
      value: "/tenantId",
      name: "/tenantName",
    },
  ],
  test: { url: "/api.xro/2.0/Organisation", account: "/Organisations/0/Name" },
  errors: {
    messagePointers: ["/Detail", "/Message", "/Elements/0/ValidationErrors/0/Message"],
    rateLimitHeaders: { remaining: "X-MinLimit-Remaining", reset: "Retry-After" },
  },
} satisfies ManifestData;
