import type { ManifestData } from "../manifest";

export const quickbooks = {
  id: "quickbooks",
  name: "QuickBooks Online",
  category: "finance",
  description: "Invoices, bills, payments, customers and reports of a QuickBooks Online company.",
  websiteUrl: "https://quickbooks.intuit.com",
  docsUrl: "https://developer.intuit.com",
  params: [
    {
      name: "environment",
      label: "Kind of company",
      default: "quickbooks",
      pattern: "^(sandbox-)?quickbooks$",
      choices: [
        { value: "quickbooks", label: "A real company" },
        {
          value: "sandbox-quickbooks",
          label: "A sandbox company, with the app's development keys",
        },
      ],
    },
    {
      name: "realmId",
      label: "Company ID",
      source: "callback",
      pattern: "^[0-9]{10,19}$",
    },
  ],
  auth: [
    {
      kind: "oauth2_code",
      id: "oauth",
      label: "Connect to QuickBooks",
      authorizeUrl: "https://appcenter.intuit.com/connect/oauth2",
      tokenUrl: "https://oauth.platform.intuit.com/oauth2/v1/tokens/bearer",
      clientAuth: "basic",
      pkce: "optional",
      captureCallback: { realmId: "realmId" },
      expiry: { kind: "answer", defaultSeconds: 3600 },
      // A new one about once a day; the one before it lives on for a day.
      rotation: "rolling",
      refreshTokenSeconds: 8_640_000,
      revoke: {
        url: "https://developer.api.intuit.com/v2/oauth2/tokens/revoke",
        auth: "basic",
        body: "json",
      },
      scopes: [
        {
          scope: "com.intuit.quickbooks.accounting",
          label: "Read and change the books",
          required: true,
        },
        { scope: "com.intuit.quickbooks.payment", label: "Take payments", default: false },
        { scope: "openid", label: "See who you are", default: false },
      ],
      app: {
        where: {
          text: "Intuit Developer → My Hub → App dashboard → Create an app",
          url: "https://developer.intuit.com/app/developer/dashboard",
        },
        notes: [
          "Enter the redirect URI under Settings → Redirect URIs, for development and production apart.",
          "Choose the scope com.intuit.quickbooks.accounting.",
          "Development keys open sandbox companies only, production keys real ones only.",
        ],
      },
    },
  ],
  request: {
    base: "https://{environment}.api.intuit.com",
    headers: { Accept: "application/json" },
  },
  test: {
    url: "/v3/company/{realmId}/companyinfo/{realmId}",
    successWhen: [{ pointer: "/Fault", is: "absent" }],
    account: "/CompanyInfo/CompanyName",
  },
  errors: {
    successWhen: [{ pointer: "/Fault", is: "absent" }],
    messagePointers: ["/Fault/Error/0/Detail", "/Fault/Error/0/Message"],
  },
} satisfies ManifestData;
