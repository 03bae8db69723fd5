import { bearerOf, clientFields } from "../endpoints/fields";
import { uuidPattern } from "../endpoints/hosts";
import type { ManifestData } from "../manifest";

const principal = {
  text: "Databricks → Settings → Identity and access → Service principals → the principal → Secrets → Generate secret",
};

export const databricks = {
  id: "databricks",
  name: "Databricks",
  category: "data",
  description: "Jobs, clusters, SQL warehouses and Unity Catalog of a Databricks workspace.",
  websiteUrl: "https://www.databricks.com",
  docsUrl: "https://docs.databricks.com/api",
  params: [
    {
      name: "host",
      label: "Workspace",
      help: "The host in the address of the workspace, without https://.",
      example: "adb-1234567890123456.7.azuredatabricks.net",
      pattern:
        "^[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*\\.(databricks\\.com|azuredatabricks\\.net|databricks\\.azure\\.us|databricks\\.azure\\.cn|databricks\\.us|databricks\\.mil)$",
      methods: ["service-principal", "token", "oauth"],
    },
    {
      name: "accountId",
      label: "Account ID",
      pattern: uuidPattern,
      where: {
        text: "Databricks account console → your name",
        url: "https://accounts.cloud.databricks.com",
      },
      methods: ["account"],
    },
  ],
  auth: [
    {
      kind: "oauth2_client_credentials",
      id: "service-principal",
      label: "Service principal",
      fields: clientFields(principal),
      tokenUrl: "https://{host}/oidc/v1/token",
      clientAuth: "basic",
      scopes: [
        { scope: "all-apis", label: "Everything the service principal may do", required: true },
      ],
    },
    {
      kind: "oauth2_code",
      id: "oauth",
      label: "Sign in with Databricks",
      authorizeUrl: "https://{host}/oidc/v1/authorize",
      tokenUrl: "https://{host}/oidc/v1/token",
      clientAuth: "basic",
      pkce: "required",
      rotation: "rolling",
      scopes: [
        { scope: "all-apis", label: "Everything you may do", required: true },
        { scope: "offline_access", label: "Stay signed in", required: true },
      ],
      app: {
        where: {
          text: "Databricks account console → Settings → App connections → Add connection",
          url: "https://accounts.cloud.databricks.com",
        },
        notes: ["Enter the redirect URI, choose the scope All APIs and Generate a client secret."],
      },
    },
    {
      kind: "bearer",
      id: "token",
      label: "Personal access token",
      fields: [
        {
          name: "token",
          label: "Token",
          help: "Shown once, when it is made.",
          where: {
            text: "Databricks → Settings → Developer → Access tokens → Manage → Generate new token",
          },
        },
      ],
      present: bearerOf("token"),
    },
    {
      kind: "oauth2_client_credentials",
      id: "account",
      label: "Service principal of the account",
      description: "For the account console on AWS: workspaces, people and billing, but no data.",
      fields: clientFields({
        text: "Databricks account console → User management → Service principals → the principal → Generate secret",
        url: "https://accounts.cloud.databricks.com",
      }),
      tokenUrl: "https://accounts.cloud.databricks.com/oidc/accounts/{accountId}/v1/token",
      clientAuth: "basic",
      scopes: [
        { scope: "all-apis", label: "Everything the service principal may do", required: true },
      ],
      base: "https://accounts.cloud.databricks.com",
      test: { url: "/api/2.0/accounts/{accountId}/workspaces", account: "/0/workspace_name" },
    },
  ],
  request: { base: "https://{host}" },
  test: { url: "/api/2.0/preview/scim/v2/Me", account: "/userName" },
  errors: { messagePointers: ["/message"] },
} satisfies ManifestData;
