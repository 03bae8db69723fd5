import { bearerOf } from "../endpoints/fields";
import type { ManifestData } from "../manifest";

export const sendgrid = {
  id: "sendgrid",
  name: "SendGrid",
  category: "marketing",
  description: "Sends e-mails, and has templates, contacts and statistics, with Twilio SendGrid.",
  websiteUrl: "https://sendgrid.com",
  docsUrl: "https://www.twilio.com/docs/sendgrid",
  params: [
    {
      name: "host",
      label: "Region",
      default: "api.sendgrid.com",
      pattern: "^api\\.(eu\\.)?sendgrid\\.com$",
      choices: [
        { value: "api.sendgrid.com", label: "Global" },
        { value: "api.eu.sendgrid.com", label: "Europe, for subusers of the EU region" },
      ],
    },
    {
      name: "subuser",
      label: "Subuser",
      required: false,
      default: "",
      help: "For a parent account that acts for one of its subusers.",
      pattern: "^[\\x21-\\x7e]*$",
    },
  ],
  auth: [
    {
      kind: "bearer",
      id: "api-key",
      label: "API key",
      fields: [
        {
          name: "apiKey",
          label: "API key",
          pattern: "^SG\\.\\S+$",
          help: "Shown once, when it is made. Restricted access is enough: choose what it is to do.",
          where: {
            text: "SendGrid → Settings → API Keys → Create API Key",
            url: "https://app.sendgrid.com/settings/api_keys",
          },
        },
      ],
      present: bearerOf("apiKey"),
    },
  ],
  request: { base: "https://{host}", headers: { "on-behalf-of": "{subuser}" } },
  test: { url: "/v3/scopes", successWhen: [{ pointer: "/scopes", is: "present" }] },
  errors: {
    messagePointers: ["/errors/0/message"],
    rateLimitHeaders: { remaining: "X-RateLimit-Remaining", reset: "X-RateLimit-Reset" },
  },
} satisfies ManifestData;
