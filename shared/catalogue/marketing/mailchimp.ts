import { bearerOf } from "../endpoints/fields";
import type { ManifestData } from "../manifest";

const dataCentre = "^[a-z]{2,3}[0-9]{1,3}$";

export const mailchimp = {
  id: "mailchimp",
  name: "Mailchimp",
  category: "marketing",
  description: "Audiences, campaigns, automations and reports of a Mailchimp account.",
  websiteUrl: "https://mailchimp.com",
  docsUrl: "https://mailchimp.com/developer/",
  params: [
    {
      name: "dc",
      label: "Data centre",
      source: "discovered",
      pattern: dataCentre,
      methods: ["oauth"],
    },
    {
      name: "dc",
      label: "Data centre",
      help: "What stands after the hyphen at the end of the key.",
      example: "us21",
      pattern: dataCentre,
      methods: ["api-key"],
    },
  ],
  auth: [
    {
      kind: "oauth2_code",
      id: "oauth",
      label: "Sign in with Mailchimp",
      authorizeUrl: "https://login.mailchimp.com/oauth2/authorize",
      tokenUrl: "https://login.mailchimp.com/oauth2/token",
      pkce: "optional",
      // Its `expires_in` is 0, and means never.
      expiry: { kind: "never" },
      sendScope: false,
      app: {
        where: {
          text: "Mailchimp → your name → Profile → Extras → Registered apps → Register an app",
          url: "https://us1.admin.mailchimp.com/account/oauth2/",
        },
        notes: [
          "Enter the redirect URI. Access cannot be narrowed: an app may do what you may do.",
        ],
      },
    },
    {
      kind: "bearer",
      id: "api-key",
      label: "API key",
      fields: [
        {
          name: "apiKey",
          label: "API key",
          pattern: "^[0-9a-f]{32}-[a-z]{2,3}[0-9]{1,3}$",
          help: "32 characters, a hyphen and the data centre. Shown once, when it is made.",
          where: {
            text: "Mailchimp → your name → Profile → Extras → API keys",
            url: "https://us1.admin.mailchimp.com/account/api/",
          },
        },
      ],
      present: bearerOf("apiKey"),
    },
  ],
  request: { base: "https://{dc}.api.mailchimp.com" },
  discover: [
    {
      param: "dc",
      label: "Data centre",
      request: {
        url: "https://login.mailchimp.com/oauth2/metadata",
        headers: { Authorization: "OAuth {token}" },
      },
      value: "/dc",
      name: "/accountname",
      pick: "first",
      methods: ["oauth"],
    },
  ],
  test: { url: "/3.0/", query: { fields: "account_name" }, account: "/account_name" },
  errors: { messagePointers: ["/detail", "/title"] },
} satisfies ManifestData;
