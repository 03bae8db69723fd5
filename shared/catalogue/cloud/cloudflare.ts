import { bearerOf } from "../endpoints/fields";
import type { ManifestData } from "../manifest";

const success = [{ pointer: "/success", equals: true }];

export const cloudflare = {
  id: "cloudflare",
  name: "Cloudflare",
  category: "cloud",
  description: "Zones, DNS, Workers, R2 and the rest of a Cloudflare account.",
  websiteUrl: "https://www.cloudflare.com",
  docsUrl: "https://developers.cloudflare.com/api/",
  params: [
    {
      name: "accountId",
      label: "Account ID",
      pattern: "^[0-9a-f]{32}$",
      where: {
        text: "Cloudflare dashboard → the account → Copy account ID",
        url: "https://dash.cloudflare.com",
      },
      methods: ["account-token"],
    },
  ],
  auth: [
    {
      kind: "bearer",
      id: "token",
      label: "API token",
      description: "Made by you, with the permissions and zones you choose.",
      fields: [
        {
          name: "token",
          label: "Token",
          help: "Shown once, when it is made. Not the global API key.",
          where: {
            text: "Cloudflare dashboard → My Profile → API Tokens → Create Token",
            url: "https://dash.cloudflare.com/profile/api-tokens",
          },
        },
      ],
      present: bearerOf("token"),
    },
    {
      kind: "bearer",
      id: "account-token",
      label: "API token of the account",
      description: "Belongs to the account and stays when people leave.",
      fields: [
        {
          name: "token",
          label: "Token",
          help: "Shown once, when it is made.",
          where: {
            text: "Cloudflare dashboard → Manage Account → Account API Tokens → Create Token",
            url: "https://dash.cloudflare.com/?to=/:account/api-tokens",
          },
        },
      ],
      present: bearerOf("token"),
      test: {
        url: "/client/v4/accounts/{accountId}/tokens/verify",
        successWhen: success,
        account: "/result/id",
      },
    },
    {
      kind: "api_key",
      id: "global-key",
      label: "Global API key",
      description: "May do everything you may do. A token is better.",
      fields: [
        { name: "email", label: "E-mail address", input: "text", example: "ana@example.com" },
        {
          name: "apiKey",
          label: "Global API key",
          where: {
            text: "Cloudflare dashboard → My Profile → API Tokens → Global API Key → View",
            url: "https://dash.cloudflare.com/profile/api-tokens",
          },
        },
      ],
      present: [
        { in: "header", name: "X-Auth-Email", template: "{secret.email}" },
        { in: "header", name: "X-Auth-Key", template: "{secret.apiKey}" },
      ],
      test: { url: "/client/v4/user", successWhen: success, account: "/result/email" },
    },
  ],
  request: { base: "https://api.cloudflare.com" },
  test: { url: "/client/v4/user/tokens/verify", successWhen: success, account: "/result/id" },
  errors: { successWhen: success, messagePointers: ["/errors/0/message"] },
} satisfies ManifestData;
