import type { ManifestData } from "../manifest";

const where = { text: "ActiveCampaign → Settings → Developer → API access" };

export const activecampaign = {
  id: "activecampaign",
  name: "ActiveCampaign",
  category: "marketing",
  description: "Contacts, lists, automations and deals of an ActiveCampaign account.",
  websiteUrl: "https://www.activecampaign.com",
  docsUrl: "https://developers.activecampaign.com",
  params: [
    {
      name: "host",
      label: "Host",
      help: "The host in the API URL, without https://.",
      example: "acme.api-us1.com",
      pattern: "^[A-Za-z0-9-]+\\.(api-[a-z]{2}[0-9]+\\.com|activehosted\\.com)$",
      where,
    },
  ],
  auth: [
    {
      kind: "api_key",
      id: "api-key",
      label: "API key",
      description: "It may do what its person may do.",
      fields: [{ name: "apiKey", label: "API key", where }],
      present: [{ in: "header", name: "Api-Token", template: "{secret.apiKey}" }],
    },
  ],
  request: { base: "https://{host}" },
  test: { url: "/api/3/users/me", account: "/user/email" },
  errors: { messagePointers: ["/errors/0/title", "/message"] },
} satisfies ManifestData;
