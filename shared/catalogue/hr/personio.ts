import { clientFields } from "../endpoints/fields";
import type { ManifestData } from "../manifest";

const where = {
  text: "Personio → Settings → Integrations → API credentials → Generate new credentials",
  url: "https://developer.personio.de",
};

export const personio = {
  id: "personio",
  name: "Personio",
  category: "hr",
  description: "Employees, absences, attendance and recruiting of a Personio company.",
  websiteUrl: "https://www.personio.com",
  docsUrl: "https://developer.personio.de",
  params: [
    {
      name: "partnerId",
      label: "Partner ID",
      required: false,
      default: "",
      help: "Only for partners of Personio.",
      pattern: "^[\\w-]*$",
    },
    {
      name: "appId",
      label: "App ID",
      required: false,
      default: "",
      help: "A name for your integration, which Personio shows in its logs.",
      pattern: "^[\\w-]*$",
    },
  ],
  auth: [
    {
      kind: "oauth2_client_credentials",
      id: "client-credentials",
      label: "API credentials",
      fields: clientFields(where),
      tokenUrl: "https://api.personio.de/v2/auth/token",
      sendScope: false,
    },
    {
      kind: "session",
      id: "v1",
      label: "API credentials for version 1",
      description: "For what version 2 of the API does not have yet.",
      fields: clientFields(where),
      login: {
        method: "POST",
        url: "https://api.personio.de/v1/auth",
        body: { client_id: "{secret.clientId}", client_secret: "{secret.clientSecret}" },
      },
      tokenPointers: ["/data/token"],
      successWhen: [{ pointer: "/success", equals: true }],
      lifetimeSeconds: 86_400,
      test: {
        url: "/v1/company/employees",
        query: { limit: "1" },
        successWhen: [{ pointer: "/success", equals: true }],
      },
    },
  ],
  request: {
    base: "https://api.personio.de",
    headers: { "X-Personio-Partner-ID": "{partnerId}", "X-Personio-App-ID": "{appId}" },
  },
  test: { url: "/v2/persons", query: { limit: "1" } },
  errors: { messagePointers: ["/error/message", "/errors/0/detail"] },
} satisfies ManifestData;
