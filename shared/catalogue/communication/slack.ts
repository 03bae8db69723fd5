import { bearerOf } from "../endpoints/fields";
import type { ManifestData } from "../manifest";

const apps = {
  text: "api.slack.com → Your apps → Create new app",
  url: "https://api.slack.com/apps",
};
/** Slack says what went wrong in an answer with status 200. */
const ok = [{ pointer: "/ok", equals: true }];
const shape = {
  authorizeUrl: "https://slack.com/oauth/v2/authorize",
  tokenUrl: "https://slack.com/api/oauth.v2.access",
  successWhen: ok,
  errorPointer: "/error",
  pkce: "forbidden",
  // Only where the app has token rotation switched on; else there is neither an end nor a refresh token.
  rotation: "strict",
  capture: { workspaceId: "/team/id", workspace: "/team/name", enterpriseId: "/enterprise/id" },
  revoke: {
    url: "https://slack.com/api/auth.revoke",
    auth: "bearer",
    params: {},
    which: "access",
    successWhen: ok,
  },
  scopeSeparator: ",",
  grantedScopeHeader: "X-OAuth-Scopes",
} as const;

const people = ["oauth", "oauth-user"];

export const slack = {
  id: "slack",
  name: "Slack",
  category: "communication",
  description: "Channels, messages, files and people of a Slack workspace.",
  websiteUrl: "https://slack.com",
  docsUrl: "https://docs.slack.dev",
  params: [
    { name: "workspace", label: "Workspace", source: "token", required: false, methods: people },
    {
      name: "workspaceId",
      label: "Workspace ID",
      source: "token",
      required: false,
      methods: people,
    },
    {
      name: "enterpriseId",
      label: "Organization ID",
      source: "token",
      required: false,
      methods: people,
    },
  ],
  auth: [
    {
      kind: "oauth2_code",
      id: "oauth",
      label: "Add to Slack as a bot",
      ...shape,
      successWhen: [...ok],
      revoke: { ...shape.revoke, successWhen: [...ok] },
      scopes: [
        { scope: "channels:read", label: "See public channels" },
        { scope: "channels:history", label: "Read public channels it was added to" },
        { scope: "chat:write", label: "Send messages as the bot" },
        { scope: "users:read", label: "See the people of the workspace" },
        { scope: "users:read.email", label: "See people's addresses", default: false },
        { scope: "groups:read", label: "See private channels it was added to", default: false },
        { scope: "groups:history", label: "Read private channels it was added to", default: false },
        { scope: "im:history", label: "Read direct messages to the bot", default: false },
        { scope: "files:read", label: "Read files", default: false },
        { scope: "files:write", label: "Add and delete files", default: false },
        { scope: "reactions:write", label: "Add and take away reactions", default: false },
      ],
      app: {
        where: apps,
        notes: [
          "Enter the redirect URI under OAuth & Permissions → Redirect URLs.",
          "Add those below under Bot Token Scopes.",
          "Client ID and client secret stand under Basic Information → App Credentials.",
        ],
      },
    },
    {
      kind: "oauth2_code",
      id: "oauth-user",
      label: "Sign in with Slack as yourself",
      description: "Sees and writes what you see and write, under your name.",
      ...shape,
      successWhen: [...ok],
      revoke: { ...shape.revoke, successWhen: [...ok] },
      tokenPointers: ["/authed_user/access_token", "/access_token"],
      refreshTokenPointers: ["/authed_user/refresh_token", "/refresh_token"],
      expiry: { kind: "answer", pointer: "/authed_user/expires_in" },
      scopes: [
        { scope: "channels:read", label: "See public channels", param: "user_scope" },
        { scope: "channels:history", label: "Read public channels", param: "user_scope" },
        { scope: "groups:read", label: "See your private channels", param: "user_scope" },
        { scope: "groups:history", label: "Read your private channels", param: "user_scope" },
        { scope: "im:history", label: "Read your direct messages", param: "user_scope" },
        { scope: "search:read", label: "Search messages and files", param: "user_scope" },
        { scope: "users:read", label: "See the people of the workspace", param: "user_scope" },
        { scope: "chat:write", label: "Send messages as you", param: "user_scope", default: false },
        {
          scope: "users.profile:write",
          label: "Change your status and profile",
          param: "user_scope",
          default: false,
        },
      ],
      app: {
        where: apps,
        notes: [
          "Enter the redirect URI under OAuth & Permissions → Redirect URLs.",
          "Add those below under User Token Scopes.",
        ],
      },
    },
    {
      kind: "bearer",
      id: "token",
      label: "Token of an app",
      description: "From an app that is installed in your workspace already.",
      fields: [
        {
          name: "token",
          label: "Token",
          pattern: "^xox[a-z]([-.]\\S+)$",
          help: "A bot token begins with xoxb, a user token with xoxp.",
          where: {
            text: "api.slack.com → Your apps → the app → OAuth & Permissions → OAuth Tokens",
            url: "https://api.slack.com/apps",
          },
        },
      ],
      present: bearerOf("token"),
    },
  ],
  request: { base: "https://slack.com" },
  test: { method: "POST", url: "/api/auth.test", successWhen: ok, account: "/user" },
  errors: { successWhen: ok, messagePointers: ["/error"] },
} satisfies ManifestData;
