import { bearerOf } from "../endpoints/fields";
import type { ManifestData } from "../manifest";

export const lexoffice = {
  id: "lexoffice",
  name: "Lexware Office",
  category: "finance",
  description: "Invoices, vouchers and contacts of Lexware Office, which was called lexoffice.",
  websiteUrl: "https://office.lexware.de",
  docsUrl: "https://developers.lexware.io/docs/",
  auth: [
    {
      kind: "bearer",
      id: "api-key",
      label: "API key",
      description: "The plan XL has it. A key ends after two years.",
      fields: [
        {
          name: "apiKey",
          label: "API key",
          help: "Shown once, when it is made.",
          where: {
            text: "Lexware Office → Settings → Public API → Create key",
            url: "https://app.lexware.de/addons/public-api",
          },
        },
      ],
      present: bearerOf("apiKey"),
    },
  ],
  request: { base: "https://api.lexware.io", headers: { Accept: "application/json" } },
  test: { url: "/v1/profile", account: "/companyName" },
  errors: { messagePointers: ["/message", "/IssueList/0/i18nKey"] },
} satisfies ManifestData;
