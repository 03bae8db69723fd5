import { clientFields } from "../endpoints/fields";
import type { ManifestData } from "../manifest";

const tokenUrl = "https://api.intacct.com/ia/api/v1/oauth2/token";
const where = {
  text: "Sage Intacct developer portal → My applications",
  url: "https://developer.sage.com/intacct/",
};

export const sageIntacct = {
  id: "sage-intacct",
  name: "Sage Intacct",
  category: "erp",
  description: "General ledger, payables, receivables and projects of a Sage Intacct company.",
  websiteUrl: "https://www.sage.com/sage-business-cloud/intacct/",
  docsUrl: "https://developer.sage.com/intacct/",
  auth: [
    {
      kind: "oauth2_code",
      id: "oauth",
      label: "Sign in with Sage Intacct",
      authorizeUrl: "https://api.intacct.com/ia/api/v1/oauth2/authorize",
      tokenUrl,
      pkce: "optional",
      revoke: { url: "https://api.intacct.com/ia/api/v1/oauth2/revoke" },
      sendScope: false,
      app: {
        where,
        notes: [
          "Enter the redirect URI when the application is registered.",
          "An administrator authorizes the application's client ID under Company → Security → Authorized client applications.",
        ],
      },
    },
    {
      kind: "oauth2_client_credentials",
      id: "client-credentials",
      label: "Client credentials",
      description: "The application signs in as a Web Services user.",
      fields: [
        ...clientFields(where),
        {
          name: "username",
          label: "Web Services user",
          input: "text",
          pattern: "^[^@|\\s]+@[^@|\\s]+(\\|[^@|\\s]+)?$",
          help: "User, then @ and the company ID; for one entity of it, | and the entity ID after that.",
          example: "integration@acme|100",
        },
      ],
      tokenUrl,
      tokenParams: { username: "{secret.username}" },
      sendScope: false,
    },
  ],
  request: { base: "https://api.intacct.com" },
  test: { url: "/ia/api/v1/services/core/model" },
  errors: { messagePointers: ["/ia::result/ia::error/message"] },
} satisfies ManifestData;
