import { labelPattern } from "../endpoints/hosts";
import type { ManifestData } from "../manifest";

export const pipedrive = {
  id: "pipedrive",
  name: "Pipedrive",
  category: "crm",
  description: "Deals, people, organizations and activities of a Pipedrive company.",
  websiteUrl: "https://www.pipedrive.com",
  docsUrl: "https://developers.pipedrive.com",
  params: [
    {
      name: "apiDomain",
      label: "Address of the company",
      source: "token",
      pattern: "^https://[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*\\.pipedrive\\.com$",
      hostSuffixes: [".pipedrive.com"],
      methods: ["oauth"],
    },
    {
      name: "company",
      label: "Company",
      help: "What stands before .pipedrive.com in your address.",
      example: "acme",
      pattern: labelPattern,
      methods: ["api-token"],
    },
  ],
  auth: [
    {
      kind: "oauth2_code",
      id: "oauth",
      label: "Sign in with Pipedrive",
      authorizeUrl: "https://oauth.pipedrive.com/oauth/authorize",
      tokenUrl: "https://oauth.pipedrive.com/oauth/token",
      clientAuth: "basic",
      pkce: "forbidden",
      expiry: { kind: "answer", defaultSeconds: 3600 },
      refreshTokenSeconds: 5_184_000,
      capture: { apiDomain: "/api_domain" },
      revoke: { url: "https://oauth.pipedrive.com/oauth/revoke" },
      sendScope: false,
      app: {
        where: {
          text: "Pipedrive Developer Hub → Create an app",
          url: "https://app.pipedrive.com/developer-hub",
        },
        notes: [
          "Enter the redirect URI as the callback URL.",
          "What the app may do is chosen under OAuth & access scopes, not at consent.",
        ],
      },
    },
    {
      kind: "api_key",
      id: "api-token",
      label: "API token",
      fields: [
        {
          name: "apiKey",
          label: "API token",
          help: "It may do what you may do.",
          where: {
            text: "Pipedrive → your picture → Company settings → Personal preferences → API",
            url: "https://app.pipedrive.com/settings/api",
          },
        },
      ],
      present: [{ in: "header", name: "x-api-token", template: "{secret.apiKey}" }],
      base: "https://{company}.pipedrive.com/api",
    },
  ],
  request: { base: "{apiDomain}/api" },
  test: {
    url: "/v1/users/me",
    successWhen: [{ pointer: "/success", equals: true }],
    account: "/data/email",
  },
  errors: {
    successWhen: [{ pointer: "/success", equals: true }],
    messagePointers: ["/error"],
    rateLimitHeaders: { remaining: "x-ratelimit-remaining", reset: "x-ratelimit-reset" },
  },
} satisfies ManifestData;
