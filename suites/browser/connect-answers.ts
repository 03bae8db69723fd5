// What a hub would answer about connectors, sign-ins at vendors and apps there, for states that take a vendor to play.
import type { ConnectFlow } from "../../shared/contracts/connect-flows.ts";
import type { Connection } from "../../shared/contracts/connections.ts";
import type {
  Connector,
  ConnectorMethod,
  ConnectorSummary,
  OAuthApp,
} from "../../shared/contracts/connectors.ts";
import { pageOf } from "./team-answers.ts";

const redirectUri = "http://localhost:8787/oauth/callback";

const consent: ConnectorMethod = {
  id: "oauth",
  kind: "oauth2_code",
  label: "Sign in with Salesforce",
  description: null,
  flow: "consent",
  executedBy: "edge",
  fields: [],
  scopes: [
    {
      scope: "api",
      label: "Read and change records through the API",
      required: true,
      default: true,
    },
    {
      scope: "refresh_token",
      label: "Stay signed in until somebody revokes it",
      required: true,
      default: true,
    },
    { scope: "openid", label: "Know who you are", required: false, default: true },
    { scope: "wave_api", label: "Read analytics", required: false, default: false },
    { scope: "chatter_api", label: "Read and write in Chatter", required: false, default: false },
    { scope: "content", label: "Read and change files", required: false, default: false },
    { scope: "eclair_api", label: "Read charts and maps", required: false, default: false },
  ],
  app: {
    where: {
      text: "In Salesforce, Setup, App Manager, New External Client App.",
      url: "https://login.salesforce.com",
    },
    notes: ["Enable OAuth, and choose the scopes you want to allow.", "Require PKCE."],
    redirectUri,
    configured: "team",
  },
};
const signed: ConnectorMethod = {
  id: "jwt",
  kind: "signed_jwt",
  label: "Service account with a key",
  description: "For programs: no person signs in. It needs a connected app with a certificate.",
  flow: "form",
  executedBy: "edge",
  fields: [
    {
      name: "clientId",
      label: "Consumer key",
      input: "text",
      required: true,
      where: { text: "App Manager, your app, Manage Consumer Details." },
    },
    {
      name: "privateKey",
      label: "Private key",
      help: "PEM, of the certificate the app was given.",
      input: "multiline",
      required: true,
    },
    { name: "apiKey", label: "Second key", input: "secret", required: false },
  ],
  scopes: [],
  app: null,
};

const summary: ConnectorSummary = {
  id: "salesforce",
  name: "Salesforce",
  category: "crm",
  description: "Customers, leads, opportunities and cases.",
  websiteUrl: "https://www.salesforce.com",
  docsUrl: "https://developer.salesforce.com/docs",
  kinds: ["oauth2_code", "signed_jwt"],
};
export const salesforce: Connector = {
  ...summary,
  params: [
    {
      name: "loginHost",
      label: "Where you sign in",
      help: "Sandboxes sign in elsewhere.",
      source: "user",
      required: true,
      default: "login.salesforce.com",
      choices: [
        { value: "login.salesforce.com", label: "Production" },
        { value: "test.salesforce.com", label: "Sandbox" },
      ],
    },
    {
      name: "myDomain",
      label: "My Domain",
      help: "Only where your company signs in through its own.",
      source: "user",
      required: false,
      example: "acme.my.salesforce.com",
      pattern: "[a-z0-9-]+\\.my\\.salesforce\\.com",
    },
  ],
  methods: [consent, signed],
};
export const withoutApp: Connector = {
  ...salesforce,
  methods: [
    { ...consent, app: { ...consent.app, configured: null } as typeof consent.app },
    signed,
  ],
};

const others: [name: string, category: ConnectorSummary["category"], description: string][] = [
  ["MCP server", "mcp", "Any server that speaks the Model Context Protocol."],
  ["Shopify", "e-commerce", "Products, orders and customers of one shop."],
  ["GitHub", "devops", "Repositories, issues and pull requests."],
  ["Google Workspace", "productivity", "Mail, calendars, files and documents."],
  ["Slack", "communication", "Channels, messages and people."],
  ["Xero", "finance", "Invoices, contacts and accounts."],
  ["Personio", "hr", "People, absences and documents."],
  ["PostgreSQL", "databases", "Any table a database login may read."],
  [
    "Microsoft Dynamics 365 Business Central",
    "erp",
    "Finance, purchasing, sales and stock of a company, in one system with a very long name.",
  ],
];
export const connectors = pageOf([
  summary,
  ...others.map(([name, category, description]) => ({
    ...summary,
    id: name === "MCP server" ? "mcp" : name.toLowerCase().replaceAll(" ", "-"),
    name,
    category,
    description,
  })),
]);

export const flow: ConnectFlow = {
  id: "flo_01k5x8a1qv2h7c9d4e6f8g0h2j",
  status: "waiting",
  connector: "salesforce",
  authorizeUrl: "http://127.0.0.1:9/authorize",
  device: null,
  choices: null,
  connectionId: null,
  connection: null,
  error: null,
  expiresAt: 4_102_444_800_000,
};
export const withDevice: ConnectFlow = {
  ...flow,
  authorizeUrl: null,
  device: {
    userCode: "WDJB-MJHT",
    verificationUri: "https://vendor.example/device",
    intervalSeconds: 5,
  },
};
export const choosing: ConnectFlow = {
  ...flow,
  status: "choosing",
  choices: {
    param: "site",
    label: "Site",
    options: [
      { value: "acme", name: "Acme" },
      {
        value: "acme-eu",
        name: "Acme Europe, the one with the long name for the whole of the continent",
      },
    ],
  },
};
export const denied: ConnectFlow = {
  ...flow,
  status: "failed",
  error: {
    code: "denied",
    message: "Access was not allowed at the vendor. Start again, and allow it there.",
  },
};

export const apps: OAuthApp[] = [
  {
    connector: "salesforce",
    clientId:
      "3MVG9lKcPoNINVBIPJjdw1J9LLM82HnFVVX19KY1uA5mu0QqEWhqKpoW3svG3XHrXDiCQjK1mdgAvhCscA9GE",
    hasSecret: true,
    source: "team",
    redirectUri,
    createdAt: 1_793_232_000_000,
    updatedAt: 1_793_232_000_000,
  },
  {
    connector: "github",
    clientId: "Iv1.8a61f9b3a7aba766",
    hasSecret: true,
    source: "deployment",
    redirectUri,
    createdAt: null,
    updatedAt: null,
  },
];

/** What signing in there makes. */
export const connection: Connection = {
  id: "con_01k5x8a1qv2h7c9d4e6f8g0h2z",
  slug: "salesforce",
  name: "Salesforce",
  connector: "salesforce",
  status: "connected",
  owner: { kind: "team", personId: null },
  auth: {
    method: "oauth",
    kind: "oauth2_code",
    label: "Sign in with Salesforce",
    scopes: ["api", "refresh_token", "openid"],
    missingScopes: ["chatter_api"],
    fieldNames: [],
    account: "ada@acme.example",
    refreshes: true,
    expiresAt: null,
    consentedAt: 1_793_232_000_000,
    rotateEveryDays: null,
    rotatedAt: 1_793_232_000_000,
    rotationDueAt: null,
  },
  params: { loginHost: "login.salesforce.com" },
  config: { url: "https://acme.my.salesforce.com", transport: "auto", headerNames: [] },
  server: null,
  capabilities: {},
  counts: { tools: 0, resources: 0, prompts: 0 },
  warnings: [],
  restricted: false,
  needsSecondFactor: false,
  responseTimeMs: 87,
  lastError: null,
  lastSyncedAt: null,
  errorCount: 0,
  createdBy: null,
  createdFrom: { address: null, userAgent: null },
  lastUsedAt: null,
  createdAt: 1_793_232_000_000,
  updatedAt: 1_793_232_000_000,
};
