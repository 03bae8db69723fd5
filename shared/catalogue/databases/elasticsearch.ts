import { hostPattern } from "../endpoints/hosts";
import type { ManifestData } from "../manifest";

export const elasticsearch = {
  id: "elasticsearch",
  name: "Elasticsearch",
  category: "databases",
  description: "Indices, documents and searches of an Elasticsearch cluster.",
  websiteUrl: "https://www.elastic.co/elasticsearch",
  docsUrl: "https://www.elastic.co/docs/api/doc/elasticsearch",
  params: [
    {
      name: "host",
      label: "Host",
      help: "Without https://.",
      example: "acme.es.eu-central-1.aws.elastic.cloud",
      pattern: hostPattern,
      where: {
        text: "Elastic Cloud → the deployment → Copy endpoint",
        url: "https://cloud.elastic.co",
      },
    },
    {
      name: "port",
      label: "Port",
      default: "443",
      help: "443 or 9243 in Elastic Cloud, mostly 9200 elsewhere.",
      pattern: "^[0-9]{1,5}$",
    },
  ],
  auth: [
    {
      kind: "api_key",
      id: "api-key",
      label: "API key",
      fields: [
        {
          name: "apiKey",
          label: "API key (encoded)",
          pattern: "^[A-Za-z0-9+/=_-]+$",
          help: "Choose Encoded, not JSON or Beats: one line of letters and digits.",
          where: { text: "Kibana → Stack Management → Security → API keys → Create API key" },
        },
      ],
      present: [{ in: "header", name: "Authorization", template: "ApiKey {secret.apiKey}" }],
    },
    {
      kind: "basic",
      id: "basic",
      label: "Name and password",
      fields: [
        { name: "username", label: "Name", input: "text", example: "elastic" },
        { name: "password", label: "Password" },
      ],
    },
  ],
  request: { base: "https://{host}:{port}", headers: { Accept: "application/json" } },
  test: { url: "/_security/_authenticate", account: "/username" },
  errors: { messagePointers: ["/error/reason", "/error"] },
} satisfies ManifestData;
