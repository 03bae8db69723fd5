import { bearerOf } from "../endpoints/fields";
import type { ManifestData } from "../manifest";

export const digitalocean = {
  id: "digitalocean",
  name: "DigitalOcean",
  category: "cloud",
  description: "Droplets, databases, domains and apps of a DigitalOcean team.",
  websiteUrl: "https://www.digitalocean.com",
  docsUrl: "https://docs.digitalocean.com/reference/api/",
  auth: [
    {
      kind: "bearer",
      id: "token",
      label: "Personal access token",
      fields: [
        {
          name: "token",
          label: "Token",
          pattern: "^(do[a-z]_v1_)?[0-9a-f]{64}$",
          help: "Shown once, when it is made. Choose custom scopes, and an end.",
          where: {
            text: "DigitalOcean → API → Tokens → Generate new token",
            url: "https://cloud.digitalocean.com/account/api/tokens",
          },
        },
      ],
      present: bearerOf("token"),
    },
    {
      kind: "oauth2_code",
      id: "oauth",
      label: "Sign in with DigitalOcean",
      authorizeUrl: "https://cloud.digitalocean.com/v1/oauth/authorize",
      tokenUrl: "https://cloud.digitalocean.com/v1/oauth/token",
      pkce: "optional",
      expiry: { kind: "answer", defaultSeconds: 2_592_000 },
      rotation: "strict",
      revoke: {
        url: "https://cloud.digitalocean.com/v1/oauth/revoke",
        auth: "bearer",
        which: "access",
      },
      scopes: [
        { scope: "read", label: "Read everything in the team", required: true },
        { scope: "write", label: "Change everything in the team", default: false },
      ],
      app: {
        where: {
          text: "DigitalOcean → API → OAuth Applications → Register OAuth Application",
          url: "https://cloud.digitalocean.com/account/api/applications",
        },
        notes: ["Enter the redirect URI as the callback URL."],
      },
    },
  ],
  request: { base: "https://api.digitalocean.com" },
  test: { url: "/v2/account", account: "/account/email" },
  errors: {
    messagePointers: ["/message"],
    rateLimitHeaders: { remaining: "ratelimit-remaining", reset: "ratelimit-reset" },
  },
} satisfies ManifestData;
