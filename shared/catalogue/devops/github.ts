import { bearerOf } from "../endpoints/fields";
import type { ManifestData } from "../manifest";

const authorizeUrl = "https://github.com/login/oauth/authorize";
const tokenUrl = "https://github.com/login/oauth/access_token";
/** Its errors come with status 200, and as a form unless JSON is asked for. */
const errors = {
  successWhen: [{ pointer: "/access_token", is: "present" as const }],
  errorPointer: "/error",
};
const revoke = {
  url: "https://api.github.com/applications/{app.clientId}/token",
  method: "DELETE",
  auth: "basic",
  body: "json",
  params: { access_token: "{token}" },
  which: "access",
} as const;
const scopes = [
  { scope: "read:user", label: "See your profile", required: true },
  { scope: "repo", label: "Read and change your repositories, private ones too" },
  { scope: "public_repo", label: "Read and change your public repositories only", default: false },
  { scope: "read:org", label: "See your organizations and teams" },
  { scope: "workflow", label: "Change workflows of GitHub Actions", default: false },
  { scope: "read:packages", label: "Download packages", default: false },
  { scope: "gist", label: "Write gists", default: false },
  { scope: "notifications", label: "Read your notifications", default: false },
  { scope: "admin:repo_hook", label: "Set up webhooks of repositories", default: false },
];

export const github = {
  id: "github",
  name: "GitHub",
  category: "devops",
  description: "Repositories, issues, pull requests, actions and releases on GitHub.",
  websiteUrl: "https://github.com",
  docsUrl: "https://docs.github.com/en/apps/oauth-apps/building-oauth-apps/authorizing-oauth-apps",
  auth: [
    {
      kind: "oauth2_code",
      id: "oauth",
      label: "Sign in with GitHub",
      authorizeUrl,
      tokenUrl,
      ...errors,
      pkce: "optional",
      expiry: { kind: "never" },
      revoke,
      scopes,
      grantedScopeHeader: "X-OAuth-Scopes",
      app: {
        where: {
          text: "GitHub → Settings → Developer settings → OAuth apps → New OAuth app",
          url: "https://github.com/settings/developers",
        },
        notes: [
          "Enter the redirect URI as the authorization callback URL.",
          "An organization may have to approve the app before it shows its private repositories.",
        ],
      },
    },
    {
      kind: "oauth2_code",
      id: "oauth-app-user",
      label: "Sign in through a GitHub App",
      description:
        "As yourself, in what the GitHub App may do. Its tokens end after eight hours; the hub renews them.",
      authorizeUrl,
      tokenUrl,
      ...errors,
      pkce: "optional",
      rotation: "strict",
      refreshTokenSeconds: 15_897_600,
      revoke,
      sendScope: false,
      app: {
        where: {
          text: "GitHub → Settings → Developer settings → GitHub Apps → New GitHub App",
          url: "https://github.com/settings/apps",
        },
        notes: [
          "Enter the redirect URI as the callback URL.",
          "Leave Expire user authorization tokens switched on.",
          "What the app may do is chosen under Permissions, not at consent.",
        ],
      },
    },
    {
      kind: "bearer",
      id: "token",
      label: "Fine-grained token",
      description:
        "For the repositories and permissions you choose at GitHub. Classic tokens work too.",
      fields: [
        {
          name: "token",
          label: "Token",
          pattern: "^(github_pat_|gh[a-z]_)\\S+$|^[0-9a-f]{40}$",
          help: "Shown once, when it is made.",
          where: {
            text: "GitHub → Settings → Developer settings → Personal access tokens → Fine-grained tokens",
            url: "https://github.com/settings/personal-access-tokens/new",
          },
        },
      ],
      present: bearerOf("token"),
    },
    {
      kind: "signed_jwt",
      id: "app",
      label: "GitHub App as itself",
      description:
        "One installation of a GitHub App. The hub makes a token for an hour each time, with the app's key.",
      fields: [
        {
          name: "appId",
          label: "App ID or client ID",
          input: "text",
          where: {
            text: "GitHub → Settings → Developer settings → GitHub Apps → the app → General",
            url: "https://github.com/settings/apps",
          },
        },
        {
          name: "privateKey",
          label: "Private key (PEM)",
          input: "multiline",
          help: "The whole file, from -----BEGIN to -----END.",
          where: { text: "The app → General → Private keys → Generate a private key" },
        },
      ],
      algorithms: ["RS256"],
      key: "{secret.privateKey}",
      claims: { iss: "{secret.appId}" },
      lifetimeSeconds: 540,
      exchange: {
        tokenUrl: "https://api.github.com/app/installations/{installationId}/access_tokens",
        tokenBody: "json",
        accept: "application/vnd.github+json",
        clientAuth: "none",
        tokenPointers: ["/token"],
        expiry: { kind: "fixed", seconds: 3600 },
      },
      sendScope: false,
      // An installation is nobody, so it has no /user.
      test: {
        url: "/installation/repositories",
        query: { per_page: "1" },
        account: "/repositories/0/owner/login",
      },
    },
    {
      kind: "oauth2_device",
      id: "device",
      label: "Enter a code at GitHub",
      description: "For a browser that cannot come back to this hub.",
      deviceUrl: "https://github.com/login/device/code",
      tokenUrl,
      ...errors,
      clientAuth: "none",
      expiry: { kind: "never" },
      scopes,
      grantedScopeHeader: "X-OAuth-Scopes",
      app: {
        where: {
          text: "GitHub → Settings → Developer settings → OAuth apps → the app",
          url: "https://github.com/settings/developers",
        },
        notes: ["Switch on Enable Device Flow."],
      },
    },
  ],
  params: [
    {
      name: "installationId",
      label: "Installation ID",
      help: "The number at the end of the address of the installation's page.",
      example: "48123456",
      pattern: "^[0-9]+$",
      where: {
        text: "GitHub → Settings → Applications → Installed GitHub Apps → Configure",
        url: "https://github.com/settings/installations",
      },
      methods: ["app"],
    },
  ],
  request: {
    base: "https://api.github.com",
    headers: { Accept: "application/vnd.github+json", "X-GitHub-Api-Version": "2022-11-28" },
  },
  test: { url: "/user", account: "/login" },
  errors: {
    messagePointers: ["/message"],
    rateLimitHeaders: { remaining: "X-RateLimit-Remaining", reset: "X-RateLimit-Reset" },
  },
} satisfies ManifestData;
