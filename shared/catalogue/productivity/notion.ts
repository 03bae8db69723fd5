import { bearerOf } from "../endpoints/fields";
import type { ManifestData } from "../manifest";

const integrations = {
  text: "Notion → Settings → Integrations → Develop or manage integrations → New integration",
  url: "https://www.notion.so/profile/integrations",
};

export const notion = {
  id: "notion",
  name: "Notion",
  category: "productivity",
  description: "Pages, databases and comments of a Notion workspace.",
  websiteUrl: "https://www.notion.com",
  docsUrl: "https://developers.notion.com",
  params: [
    {
      name: "workspaceId",
      label: "Workspace ID",
      source: "token",
      required: false,
      methods: ["oauth"],
    },
    { name: "workspace", label: "Workspace", source: "token", required: false, methods: ["oauth"] },
  ],
  auth: [
    {
      kind: "oauth2_code",
      id: "oauth",
      label: "Sign in with Notion",
      description: "Notion asks which pages the hub may see. Others stay hidden, for searches too.",
      authorizeUrl: "https://api.notion.com/v1/oauth/authorize",
      authorizeParams: { owner: "user" },
      tokenUrl: "https://api.notion.com/v1/oauth/token",
      clientAuth: "basic",
      tokenBody: "json",
      pkce: "optional",
      // Older integrations get tokens without an end and no refresh token.
      rotation: "rolling",
      capture: { workspaceId: "/workspace_id", workspace: "/workspace_name" },
      revoke: { url: "https://api.notion.com/v1/oauth/revoke", body: "json", which: "access" },
      sendScope: false,
      app: {
        where: integrations,
        notes: [
          "Choose the type Public and enter the redirect URI.",
          "What the integration may do is chosen under Capabilities, not at consent.",
        ],
      },
    },
    {
      kind: "bearer",
      id: "internal",
      label: "Internal integration",
      description:
        "For one workspace. Share each page with the integration under Connections, or nothing is found.",
      fields: [
        {
          name: "token",
          label: "Internal integration secret",
          pattern: "^(ntn|secret)_\\S+$",
          where: {
            ...integrations,
            text: "Notion → Settings → Integrations → the integration → Configuration",
          },
        },
      ],
      present: bearerOf("token"),
    },
  ],
  request: { base: "https://api.notion.com", headers: { "Notion-Version": "2022-06-28" } },
  test: { url: "/v1/users/me", account: "/name" },
  errors: { messagePointers: ["/message"] },
} satisfies ManifestData;
