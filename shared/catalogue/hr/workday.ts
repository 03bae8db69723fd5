import { clientFields } from "../endpoints/fields";
import type { ManifestData } from "../manifest";

const tokenUrl = "https://{tokenHost}/ccx/oauth2/{tenant}/token";
const host = "^[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*\\.(workday|myworkday|myworkdaygov)\\.com$";
const clients = { text: "Workday → View API Clients" };

export const workday = {
  id: "workday",
  name: "Workday",
  category: "hr",
  description: "Workers, organizations, time off and staffing of a Workday tenant.",
  websiteUrl: "https://www.workday.com",
  docsUrl: "https://community.workday.com",
  params: [
    {
      name: "authorizeHost",
      label: "Sign-in host",
      help: "The host of the authorization endpoint.",
      example: "impl.workday.com",
      pattern: host,
      where: { ...clients, text: "Workday → View API Clients → Authorization Endpoint" },
      methods: ["oauth"],
    },
    {
      name: "tokenHost",
      label: "API host",
      help: "The host of the token endpoint. It is another than the one people sign in at.",
      example: "wd2-impl-services1.workday.com",
      pattern: host,
      where: { ...clients, text: "Workday → View API Clients → Token Endpoint" },
    },
    {
      name: "tenant",
      label: "Tenant",
      example: "acme_pt1",
      pattern: "^[A-Za-z0-9_-]+$",
      where: { text: "In your Workday address, after the host" },
    },
  ],
  auth: [
    {
      kind: "oauth2_code",
      id: "oauth",
      label: "Sign in with Workday",
      authorizeUrl: "https://{authorizeHost}/{tenant}/authorize",
      tokenUrl,
      clientAuth: "basic",
      pkce: "optional",
      sendScope: false,
      app: {
        where: { text: "Workday → Register API Client" },
        notes: [
          "Choose Authorization Code Grant and Bearer, and enter the redirect URI.",
          "What the client may do is chosen under Scope (Functional Areas), not at consent.",
        ],
      },
    },
    {
      kind: "oauth2_client_credentials",
      id: "refresh-token",
      label: "API client for integrations",
      description: "An integration system user with a refresh token that does not end.",
      fields: [
        ...clientFields({ text: "Workday → View API Clients → API Clients for Integrations" }),
        {
          name: "longLivedToken",
          label: "Refresh token",
          where: { text: "The API client → Manage Refresh Tokens for Integrations" },
        },
      ],
      tokenUrl,
      clientAuth: "basic",
      tokenParams: { grant_type: "refresh_token", refresh_token: "{secret.longLivedToken}" },
      sendScope: false,
    },
    {
      kind: "oauth2_client_credentials",
      id: "client-credentials",
      label: "Client credentials",
      fields: clientFields({ text: "Workday → View API Clients → the client" }),
      tokenUrl,
      clientAuth: "basic",
      sendScope: false,
    },
  ],
  request: { base: "https://{tokenHost}/ccx/api" },
  test: { url: "/staffing/v6/{tenant}/workers", query: { limit: "1" } },
  errors: { messagePointers: ["/error", "/errors/0/error"] },
} satisfies ManifestData;
