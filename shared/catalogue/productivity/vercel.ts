import { bearerOf } from "../endpoints/fields";
import type { ManifestData } from "../manifest";

const teamPattern = "^(team_[A-Za-z0-9]+)?$";

export const vercel = {
  id: "vercel",
  name: "Vercel",
  category: "productivity",
  description: "Projects, deployments, domains and logs of a Vercel team.",
  websiteUrl: "https://vercel.com",
  docsUrl: "https://vercel.com/docs/rest-api",
  params: [
    {
      name: "teamId",
      label: "Team ID",
      required: false,
      default: "",
      help: "Without it, calls go to your personal account.",
      example: "team_a1b2c3d4",
      pattern: teamPattern,
      where: {
        text: "Vercel → the team → Settings → General → Team ID",
        url: "https://vercel.com/dashboard",
      },
      methods: ["token"],
    },
    {
      name: "teamId",
      label: "Team ID",
      source: "token",
      required: false,
      default: "",
      pattern: teamPattern,
      methods: ["oauth"],
    },
    {
      name: "integration",
      label: "Integration",
      help: "The last part of the integration's address (URL slug).",
      example: "acme-plugboard",
      pattern: "^[a-z0-9-]+$",
      methods: ["oauth"],
    },
  ],
  auth: [
    {
      kind: "bearer",
      id: "token",
      label: "Access token",
      fields: [
        {
          name: "token",
          label: "Token",
          help: "Shown once, when it is made. Choose the team as its scope, and an end.",
          where: {
            text: "Vercel → Account Settings → Tokens → Create token",
            url: "https://vercel.com/account/settings/tokens",
          },
        },
      ],
      present: bearerOf("token"),
    },
    {
      kind: "oauth2_code",
      id: "oauth",
      label: "Install an integration",
      authorizeUrl: "https://vercel.com/integrations/{integration}/new",
      tokenUrl: "https://api.vercel.com/v2/oauth/access_token",
      pkce: "forbidden",
      expiry: { kind: "never" },
      capture: { teamId: "/team_id" },
      sendScope: false,
      app: {
        where: {
          text: "Vercel → the team → Integrations → Integration console → Create",
          url: "https://vercel.com/dashboard/integrations/console",
        },
        notes: [
          "Enter the redirect URI as the redirect URL.",
          "What the integration may do is chosen under API scopes, not at consent.",
        ],
      },
    },
  ],
  request: { base: "https://api.vercel.com", query: { teamId: "{teamId}" } },
  test: { url: "/v2/user", account: "/user/username" },
  errors: {
    messagePointers: ["/error/message"],
    rateLimitHeaders: { remaining: "X-RateLimit-Remaining", reset: "X-RateLimit-Reset" },
  },
} satisfies ManifestData;
