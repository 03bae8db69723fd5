import type { ManifestData } from "../manifest";

export const sageAccounting = {
  id: "sage-accounting",
  name: "Sage Accounting",
  category: "finance",
  description: "Sales, purchases, contacts and ledgers of Sage Business Cloud Accounting.",
  websiteUrl: "https://www.sage.com",
  docsUrl: "https://developer.sage.com/accounting/",
  params: [
    {
      name: "country",
      label: "Country",
      required: false,
      default: "",
      help: "Two letters; Sage asks for it else.",
      example: "de",
      pattern: "^([a-z]{2})?$",
    },
    { name: "business", label: "Business", source: "discovered", pattern: "^[A-Za-z0-9-]+$" },
  ],
  auth: [
    {
      kind: "oauth2_code",
      id: "oauth",
      label: "Sign in with Sage",
      authorizeUrl: "https://www.sageone.com/oauth2/auth/central",
      authorizeParams: { filter: "apiv3.1", country: "{country}" },
      tokenUrl: "https://oauth.accounting.sage.com/token",
      pkce: "optional",
      expiry: { kind: "answer", defaultSeconds: 300 },
      rotation: "strict",
      refreshTokenSeconds: 2_678_400,
      revoke: { url: "https://oauth.accounting.sage.com/revoke" },
      scopes: [
        {
          scope: "full_access",
          label: "Read and change everything in the business",
          required: true,
        },
      ],
      app: {
        where: {
          text: "Sage Developer Self Service → Create app",
          url: "https://developerselfservice.sageone.com",
        },
        notes: ["Enter the redirect URI as the callback URL."],
      },
    },
  ],
  request: {
    base: "https://api.accounting.sage.com",
    headers: { "X-Business": "{business}", Accept: "application/json" },
  },
  discover: [
    {
      param: "business",
      label: "Business",
      request: { url: "/v3.1/businesses" },
      list: "/$items",
      value: "/id",
      name: "/displayed_as",
    },
  ],
  test: { url: "/v3.1/financial_settings" },
  errors: { messagePointers: ["/0/$message", "/$message"] },
} satisfies ManifestData;
