import { bearerOf } from "../endpoints/fields";
import { hostPattern } from "../endpoints/hosts";
import type { ManifestData } from "../manifest";

const where = { text: "Odoo → your picture → My Profile → Account Security → New API Key" };

export const odoo = {
  id: "odoo",
  name: "Odoo",
  category: "erp",
  description: "Sales, stock, accounting and every other model of an Odoo database.",
  websiteUrl: "https://www.odoo.com",
  docsUrl: "https://www.odoo.com/documentation/19.0/developer/reference/external_api.html",
  params: [
    {
      name: "host",
      label: "Host",
      help: "Of your Odoo, without https://.",
      example: "acme.odoo.com",
      pattern: hostPattern,
    },
    {
      name: "database",
      label: "Database",
      required: false,
      default: "",
      help: "Only where one host has several.",
      pattern: "^[\\w.-]*$",
      methods: ["api-key"],
    },
    {
      name: "database",
      label: "Database",
      example: "acme",
      pattern: "^[\\w.-]+$",
      where: {
        text: "Odoo → Settings → Activate the developer mode; or /web/database/manager of your host",
      },
      methods: ["json-rpc"],
    },
  ],
  auth: [
    {
      kind: "api_key",
      id: "api-key",
      label: "API key (Odoo 19 and later)",
      fields: [{ name: "apiKey", label: "API key", help: "Shown once, when it is made.", where }],
      present: [
        ...bearerOf("apiKey"),
        { in: "header", name: "X-Odoo-Database", template: "{database}" },
      ],
    },
    {
      kind: "api_key",
      id: "json-rpc",
      label: "API key (before Odoo 19)",
      description: "Its JSON-RPC wants the key in the body of each request.",
      fields: [
        { name: "login", label: "Login", input: "text", example: "ana@example.com" },
        { name: "apiKey", label: "API key", help: "Shown once, when it is made.", where },
      ],
      present: [],
      test: {
        method: "POST",
        url: "/jsonrpc",
        body: {
          jsonrpc: "2.0",
          method: "call",
          params: {
            service: "common",
            method: "login",
            args: ["{database}", "{secret.login}", "{secret.apiKey}"],
          },
        },
        // A wrong key is no error there: the answer is false in place of the person's number.
        successWhen: [
          { pointer: "/error", is: "absent" },
          { pointer: "/result", is: "truthy" },
        ],
      },
    },
  ],
  request: { base: "https://{host}" },
  test: { method: "POST", url: "/json/2/res.users/context_get", body: {}, account: "/uid" },
  errors: {
    successWhen: [{ pointer: "/error", is: "absent" }],
    messagePointers: ["/error/data/message", "/error/message", "/message"],
  },
} satisfies ManifestData;
