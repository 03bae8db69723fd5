import { hostPattern } from "../endpoints/hosts";
import type { ManifestData } from "../manifest";

const tokenUrl = "https://{host}/oauth/token";
/** The old tokens are dead at once, the access token too. */
const tokens = {
  tokenUrl,
  rotation: "strict",
  expiry: { kind: "answer", defaultSeconds: 7200 },
  revoke: { url: "https://{host}/oauth/revoke" },
} as const;
const scopes = [
  { scope: "read_user", label: "See your profile", required: true },
  { scope: "read_api", label: "Read everything you can read" },
  { scope: "api", label: "Read and change everything you can", default: false },
  { scope: "read_repository", label: "Read repositories", default: false },
  { scope: "write_repository", label: "Change repositories", default: false },
  { scope: "read_registry", label: "Download container images", default: false },
];
const applications = {
  text: "GitLab → Edit profile → Applications → Add new application",
  url: "https://gitlab.com/-/user_settings/applications",
};

export const gitlab = {
  id: "gitlab",
  name: "GitLab",
  category: "devops",
  description:
    "Projects, issues, merge requests and pipelines on gitlab.com or a GitLab of your own.",
  websiteUrl: "https://about.gitlab.com",
  docsUrl: "https://docs.gitlab.com/api/oauth2/",
  params: [
    {
      name: "host",
      label: "Host",
      default: "gitlab.com",
      help: "Of your own GitLab, without https://.",
      example: "gitlab.example.com",
      pattern: hostPattern,
    },
  ],
  auth: [
    {
      kind: "oauth2_code",
      id: "oauth",
      label: "Sign in with GitLab",
      authorizeUrl: "https://{host}/oauth/authorize",
      ...tokens,
      pkce: "optional",
      scopes,
      app: {
        where: applications,
        notes: [
          "Enter the redirect URI, keep Confidential switched on and choose the scopes below.",
          "The client ID is called application ID.",
        ],
      },
    },
    {
      kind: "api_key",
      id: "token",
      label: "Access token",
      description: "Of yourself, a project or a group.",
      fields: [
        {
          name: "apiKey",
          label: "Access token",
          help: "Shown once, when it is made. GitLab ends it on the day chosen there.",
          where: {
            text: "GitLab → Edit profile → Access tokens → Add new token",
            url: "https://gitlab.com/-/user_settings/personal_access_tokens",
          },
        },
      ],
      present: [{ in: "header", name: "PRIVATE-TOKEN", template: "{secret.apiKey}" }],
      // With the scope `api` or `self_rotate`.
      rotate: {
        request: {
          method: "POST",
          url: "/api/v4/personal_access_tokens/self/rotate",
          body: { expires_at: "{until}" },
        },
        fields: { apiKey: "/token" },
        expiresAt: "/expires_at",
        longestDays: 364,
      },
    },
    {
      kind: "oauth2_device",
      id: "device",
      label: "Enter a code at GitLab",
      description: "For a browser that cannot come back to this hub.",
      deviceUrl: "https://{host}/oauth/authorize_device",
      ...tokens,
      scopes,
      app: {
        where: applications,
        notes: ["Choose the scopes below. A redirect URI is asked for but not used."],
      },
    },
  ],
  request: { base: "https://{host}" },
  test: { url: "/api/v4/user", account: "/username" },
  errors: {
    messagePointers: ["/message", "/error_description", "/error"],
    rateLimitHeaders: { remaining: "RateLimit-Remaining", reset: "RateLimit-Reset" },
  },
} satisfies ManifestData;
