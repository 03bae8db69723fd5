import type { ManifestData } from "../manifest";

/** Each of Zoho's regions has its own domain; the redirect says which one somebody belongs to. */
const zohoDomain = "(com|eu|in|com\\.au|com\\.cn|jp|sa|uk)|zohocloud\\.ca";
const suffixes = [
  ".zoho.com",
  ".zoho.eu",
  ".zoho.in",
  ".zoho.com.au",
  ".zoho.com.cn",
  ".zoho.jp",
  ".zoho.sa",
  ".zoho.uk",
  ".zohocloud.ca",
];

export const zohoCrm = {
  id: "zoho-crm",
  name: "Zoho CRM",
  category: "crm",
  description: "Leads, contacts, deals and every other module of Zoho CRM.",
  websiteUrl: "https://www.zoho.com/crm/",
  docsUrl: "https://www.zoho.com/crm/developer/docs/api/v8/",
  params: [
    {
      name: "accountsHost",
      label: "Region",
      default: "accounts.zoho.com",
      help: "Where your app was registered. People of other regions are sent on, if the app has multi-DC switched on.",
      pattern: `^accounts\\.(zoho\\.${zohoDomain})$`,
      choices: [
        { value: "accounts.zoho.com", label: "United States (zoho.com)" },
        { value: "accounts.zoho.eu", label: "Europe (zoho.eu)" },
        { value: "accounts.zoho.uk", label: "United Kingdom (zoho.uk)" },
        { value: "accounts.zoho.in", label: "India (zoho.in)" },
        { value: "accounts.zoho.com.au", label: "Australia (zoho.com.au)" },
        { value: "accounts.zoho.jp", label: "Japan (zoho.jp)" },
        { value: "accounts.zohocloud.ca", label: "Canada (zohocloud.ca)" },
        { value: "accounts.zoho.sa", label: "Saudi Arabia (zoho.sa)" },
        { value: "accounts.zoho.com.cn", label: "China (zoho.com.cn)" },
      ],
    },
    {
      name: "accountsServer",
      label: "Where its tokens come from",
      source: "callback",
      pattern: `^https://accounts\\.(zoho\\.${zohoDomain})$`,
      hostSuffixes: suffixes,
    },
    { name: "location", label: "Region", source: "callback", required: false },
    {
      name: "apiDomain",
      label: "Address of the API",
      source: "token",
      pattern: "^https://www\\.zohoapis\\.(com|eu|in|com\\.au|com\\.cn|jp|sa|uk|ca)$",
      hostSuffixes: [
        ".zohoapis.com",
        ".zohoapis.eu",
        ".zohoapis.in",
        ".zohoapis.com.au",
        ".zohoapis.com.cn",
        ".zohoapis.jp",
        ".zohoapis.sa",
        ".zohoapis.uk",
        ".zohoapis.ca",
      ],
    },
  ],
  auth: [
    {
      kind: "oauth2_code",
      id: "oauth",
      label: "Sign in with Zoho",
      authorizeUrl: "https://{accountsHost}/oauth/v2/auth",
      authorizeParams: { access_type: "offline", prompt: "consent" },
      // Not where somebody was sent to consent, but where Zoho says the account lives.
      tokenUrl: "{accountsServer}/oauth/v2/token",
      captureCallback: { accountsServer: "accounts-server", location: "location" },
      capture: { apiDomain: "/api_domain" },
      successWhen: [{ pointer: "/access_token", is: "present" }],
      errorPointer: "/error",
      pkce: "optional",
      expiry: { kind: "answer", defaultSeconds: 3600 },
      // It wants the token in the address, and nothing in the body.
      revoke: {
        url: "{accountsServer}/oauth/v2/token/revoke?token={token|url}",
        auth: "none",
        params: {},
      },
      present: [{ in: "header", name: "Authorization", template: "Zoho-oauthtoken {token}" }],
      scopeSeparator: ",",
      scopes: [
        { scope: "ZohoCRM.org.READ", label: "See the organization", required: true },
        { scope: "ZohoCRM.modules.ALL", label: "Read and change records of all modules" },
        { scope: "ZohoCRM.settings.READ", label: "See modules and fields" },
        { scope: "ZohoCRM.users.READ", label: "See the people" },
        { scope: "ZohoCRM.coql.READ", label: "Run queries", default: false },
        { scope: "ZohoCRM.bulk.ALL", label: "Read and write in bulk", default: false },
      ],
      app: {
        where: {
          text: "Zoho API console of your region → Add client → Server-based applications",
          url: "https://api-console.zoho.com",
        },
        notes: [
          "Enter the redirect URI under Authorized redirect URIs.",
          "Switch on multi-DC under Settings, to let in accounts of other regions.",
        ],
      },
    },
  ],
  request: { base: "{apiDomain}" },
  test: { url: "/crm/v8/org", account: "/org/0/company_name" },
  errors: {
    messagePointers: ["/message", "/data/0/message"],
    rateLimitHeaders: { remaining: "X-RATELIMIT-REMAINING", reset: "X-RATELIMIT-RESET" },
  },
} satisfies ManifestData;
