import type { ManifestData } from "../manifest";

export const bamboohr = {
  id: "bamboohr",
  name: "BambooHR",
  category: "hr",
  description: "Employees, time off, hiring and reports of a BambooHR company.",
  websiteUrl: "https://www.bamboohr.com",
  docsUrl: "https://documentation.bamboohr.com",
  params: [
    {
      name: "subdomain",
      label: "Company",
      help: "What stands before .bamboohr.com in your address.",
      example: "acme",
      pattern: "^[A-Za-z0-9][A-Za-z0-9_-]*$",
    },
  ],
  auth: [
    {
      kind: "api_key",
      id: "api-key",
      label: "API key",
      description: "It may do what you may do.",
      fields: [
        {
          name: "apiKey",
          label: "API key",
          help: "Shown once, when it is made.",
          where: { text: "BambooHR → your name → API Keys → Add New Key" },
        },
      ],
      // The key is the name; any password will do.
      present: [
        { in: "header", name: "Authorization", template: "Basic {secret.apiKey|append::x|base64}" },
      ],
    },
    {
      kind: "oauth2_code",
      id: "oauth",
      label: "Sign in with BambooHR",
      authorizeUrl: "https://{subdomain}.bamboohr.com/authorize.php",
      authorizeParams: { request: "authorize" },
      tokenUrl: "https://{subdomain}.bamboohr.com/token.php",
      tokenParams: { request: "token" },
      refreshParams: { request: "token" },
      pkce: "optional",
      scopes: [
        { scope: "openid", label: "See who you are", required: true },
        { scope: "offline_access", label: "Stay signed in", required: true },
        { scope: "field", label: "See which fields there are", required: true },
        { scope: "employee", label: "Read employees" },
        { scope: "employee_directory", label: "Read the directory" },
        { scope: "time_off", label: "Read time off", default: false },
        { scope: "time_off.write", label: "Ask for and change time off", default: false },
        { scope: "employee.write", label: "Change employees", default: false },
      ],
      app: {
        where: {
          text: "BambooHR developer portal → My apps → Create application",
          url: "https://developers.bamboohr.com",
        },
        notes: ["Enter the redirect URI and choose the scopes below."],
      },
    },
  ],
  request: {
    base: "https://{subdomain}.bamboohr.com",
    // XML comes else.
    headers: { Accept: "application/json" },
  },
  test: { url: "/api/v1/meta/fields" },
} satisfies ManifestData;
