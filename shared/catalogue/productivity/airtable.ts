import { bearerOf } from "../endpoints/fields";
import type { ManifestData } from "../manifest";

export const airtable = {
  id: "airtable",
  name: "Airtable",
  category: "productivity",
  description: "Bases, tables and records of Airtable.",
  websiteUrl: "https://airtable.com",
  docsUrl: "https://airtable.com/developers/web/api/oauth-reference",
  auth: [
    {
      kind: "oauth2_code",
      id: "oauth",
      label: "Sign in with Airtable",
      authorizeUrl: "https://airtable.com/oauth2/v1/authorize",
      tokenUrl: "https://airtable.com/oauth2/v1/token",
      clientAuth: "basic",
      pkce: "required",
      expiry: { kind: "answer", defaultSeconds: 3600 },
      // Who shows an old one loses the whole sign-in.
      rotation: "strict",
      refreshTokenSeconds: 5_184_000,
      scopes: [
        { scope: "user.email:read", label: "See your address", required: true },
        { scope: "data.records:read", label: "Read records" },
        { scope: "data.records:write", label: "Add and change records" },
        { scope: "schema.bases:read", label: "See which tables and fields there are" },
        { scope: "schema.bases:write", label: "Change tables and fields", default: false },
        { scope: "data.recordComments:read", label: "Read comments", default: false },
        { scope: "data.recordComments:write", label: "Write comments", default: false },
        { scope: "webhook:manage", label: "Set up webhooks", default: false },
      ],
      app: {
        where: {
          text: "Airtable → Builder hub → OAuth integrations → Register new OAuth integration",
          url: "https://airtable.com/create/oauth",
        },
        notes: ["Enter the redirect URI, Generate client secret and choose the scopes below."],
      },
    },
    {
      kind: "bearer",
      id: "token",
      label: "Personal access token",
      description: "For the bases and scopes you choose.",
      fields: [
        {
          name: "token",
          label: "Token",
          pattern: "^pat[A-Za-z0-9]+\\.\\S+$",
          help: "Shown once, when it is made. It begins with pat.",
          where: {
            text: "Airtable → Builder hub → Personal access tokens → Create token",
            url: "https://airtable.com/create/tokens",
          },
        },
      ],
      present: bearerOf("token"),
    },
  ],
  request: { base: "https://api.airtable.com" },
  test: { url: "/v0/meta/whoami", account: "/email" },
  errors: { messagePointers: ["/error/message", "/error/type"] },
} satisfies ManifestData;
