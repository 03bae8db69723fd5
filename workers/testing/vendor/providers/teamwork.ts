import {
  api,
  basicOf,
  client,
  keyed,
  privateKey,
  publicKey,
  uuid,
  type Documented,
} from "./documented";
import type { PartialQuirks } from "../quirks";

const slackToken = {
  at: "https://slack.com/api/oauth.v2.access",
  clientAuth: "post",
  errors: "ok-false",
  expiresIn: null,
  refreshTokens: "never",
  answer: { team: { id: "T1", name: "Acme" }, enterprise: null },
} as const;
const slackRevoke = {
  at: "https://slack.com/api/auth.revoke",
  auth: "bearer",
  tokenParam: null,
  takes: "access",
  answer: { ok: true, revoked: true },
} as const;
const authTest = {
  method: "POST",
  at: "https://slack.com/api/auth.test",
  answer: { ok: true, user: "hub" },
};

const cloudId = "11111111-2222-3333-4444-555555555555";
function atlassian(connector: "jira" | "confluence", scope: string, path: string): Documented[] {
  const cloud = `https://api.atlassian.com/ex/${connector}`;
  const answer = { displayName: "Ada" };
  const serverPath = connector === "jira" ? "/rest/api/2/myself" : "/rest/api/user/current";
  const server = `https://${connector}.acme.com`;
  return [
    {
      connector,
      method: "oauth",
      scopes: ["offline_access", scope],
      vendor: {
        authorize: {
          at: "https://auth.atlassian.com/authorize",
          params: { audience: "api.atlassian.com", prompt: "consent" },
          scopes: { scope: `offline_access ${scope}` },
        },
        token: {
          at: "https://auth.atlassian.com/oauth/token",
          clientAuth: "post",
          rotation: "rolling",
          refreshTokens: { scope: "offline_access" },
        },
        revoke: null,
        api: {
          headers: { authorization: "Bearer {token}" },
          routes: [
            {
              at: "https://api.atlassian.com/oauth/token/accessible-resources",
              answer: [
                { id: uuid, name: "first" },
                { id: cloudId, name: "second" },
              ],
            },
            { at: `${cloud}/${cloudId}${path}`, answer },
          ],
        },
      },
      choose: cloudId,
      account: { cloudId },
      quirks: [
        "audience",
        "site found out after consent, and chosen",
        "site in the path",
        "rolling refresh token",
        "no revocation",
      ],
    },
    keyed(connector, "api-token", {
      params: { site: "acme" },
      fields: { username: "ada@acme.com", password: "token" },
      headers: basicOf("ada@acme.com:token"),
      route: { at: `https://acme.atlassian.net${path}`, answer },
      quirks: ["site in the host"],
    }),
    {
      connector,
      method: "server-oauth",
      params: { host: `${connector}.acme.com` },
      scopes: ["READ"],
      vendor: {
        authorize: { at: `${server}/rest/oauth2/latest/authorize`, scopes: { scope: "READ" } },
        token: {
          at: `${server}/rest/oauth2/latest/token`,
          clientAuth: "post",
          rotation: "strict",
        },
        revoke: { at: `${server}/rest/oauth2/latest/revoke`, auth: "post" },
        ...api({ at: `${server}${serverPath}`, answer }),
      },
      quirks: ["server of one's own", "single-use refresh token"],
    },
    keyed(connector, "server-token", {
      params: { host: `${connector}.acme.com` },
      fields: { token: "pat" },
      headers: { authorization: "Bearer pat" },
      route: { at: `${server}${serverPath}`, answer },
    }),
  ];
}

const githubUser = {
  at: "https://api.github.com/user",
  headers: {
    accept: "application/vnd.github+json",
    "x-github-api-version": "2022-11-28",
    "user-agent": "Plugboard",
  },
  answer: { login: "ada" },
};
const githubRevoke = {
  at: `https://api.github.com/applications/${client.id}/token`,
  method: "DELETE",
  auth: "basic",
  body: "json",
  tokenParam: "access_token",
  takes: "access",
  status: 204,
  answer: null,
} as const;
const githubToken = {
  at: "https://github.com/login/oauth/access_token",
  clientAuth: "post",
  errors: "200-error",
  type: "form-unless-asked",
} as const;
const neverEnds = { expiresIn: null, refreshTokens: "never" } as const;

const gitlab = "https://gitlab.acme.com";
const gitlabToken: PartialQuirks["token"] = {
  at: `${gitlab}/oauth/token`,
  expiresIn: 7200,
  rotation: "strict",
  endsOldToken: true,
};
const gitlabUser = { at: `${gitlab}/api/v4/user`, answer: { username: "ada" } };

export const teamwork: Documented[] = [
  {
    connector: "slack",
    method: "oauth",
    scopes: ["channels:read", "chat:write"],
    vendor: {
      authorize: {
        at: "https://slack.com/oauth/v2/authorize",
        pkce: "forbidden",
        scopes: { scope: "channels:read,chat:write" },
      },
      token: { ...slackToken, tokenType: "bot" },
      revoke: slackRevoke,
      ...api(authTest),
    },
    account: { workspaceId: "T1", workspace: "Acme" },
    quirks: [
      "ok: false with 200",
      "commas between scopes",
      "token of kind bot",
      "no end",
      "revoked with the token itself",
    ],
  },
  {
    connector: "slack",
    method: "oauth-user",
    scopes: ["channels:read", "search:read"],
    vendor: {
      authorize: {
        at: "https://slack.com/oauth/v2/authorize",
        pkce: "forbidden",
        refuses: ["scope"],
        scopes: { user_scope: "channels:read,search:read" },
      },
      token: { ...slackToken, tokenAt: "/authed_user/access_token", omit: ["token_type"] },
      revoke: slackRevoke,
      ...api(authTest),
    },
    account: { workspaceId: "T1" },
    quirks: ["user_scope", "token in authed_user"],
  },
  keyed("slack", "token", {
    fields: { token: "xoxb-1-2-3" },
    headers: { authorization: "Bearer xoxb-1-2-3" },
    route: authTest,
  }),
  ...atlassian("jira", "read:jira-work", "/rest/api/3/myself"),
  ...atlassian("confluence", "search:confluence", "/wiki/rest/api/user/current"),
  {
    connector: "github",
    method: "oauth",
    scopes: ["repo", "read:org"],
    vendor: {
      authorize: {
        at: "https://github.com/login/oauth/authorize",
        scopes: { scope: "repo read:org" },
      },
      token: { ...githubToken, ...neverEnds },
      revoke: githubRevoke,
      ...api(githubUser),
    },
    quirks: [
      "form unless JSON is asked for",
      "errors with 200",
      "no end",
      "revoked by DELETE",
      "User-Agent needed",
    ],
  },
  {
    connector: "github",
    method: "oauth-app-user",
    vendor: {
      authorize: { at: "https://github.com/login/oauth/authorize", refuses: ["scope"] },
      token: { ...githubToken, expiresIn: 28_800, rotation: "strict" },
      revoke: githubRevoke,
      ...api(githubUser),
    },
    quirks: ["eight hours' life, refresh token used once"],
  },
  {
    connector: "github",
    method: "device",
    scopes: ["repo"],
    vendor: {
      device: { at: "https://github.com/login/device/code" },
      token: { ...githubToken, ...neverEnds, clientAuth: "none" },
      ...api(githubUser),
    },
    quirks: ["code for a device", "waiting is an error with 200"],
  },
  {
    connector: "github",
    method: "app",
    params: { installationId: "42" },
    fields: { appId: "4711", privateKey },
    vendor: {
      token: {
        at: "https://api.github.com/app/installations/42/access_tokens",
        body: "json",
        status: 201,
        headers: { accept: "application/vnd.github+json" },
        tokenAt: "/token",
        omit: ["expires_in", "token_type"],
        expiry: { at: "/expires_at", as: "iso" },
        refreshTokens: "never",
      },
      jwt: { key: publicKey, algorithm: "RS256", in: "bearer", claims: { iss: "4711" } },
      ...api({
        at: "https://api.github.com/installation/repositories",
        answer: { repositories: [{ owner: { login: "acme" } }] },
      }),
    },
    quirks: ["JWT in the header for a token", "answered with 201", "a date for the end"],
  },
  keyed("github", "token", {
    fields: { token: "ghp_0123456789012345678901234567890123456789" },
    headers: { authorization: "Bearer ghp_0123456789012345678901234567890123456789" },
    route: githubUser,
  }),
  {
    connector: "gitlab",
    method: "oauth",
    params: { host: "gitlab.acme.com" },
    scopes: ["read_user", "read_api"],
    vendor: {
      authorize: {
        at: `${gitlab}/oauth/authorize`,
        scopes: { scope: "read_user read_api" },
      },
      token: gitlabToken,
      revoke: { at: `${gitlab}/oauth/revoke`, auth: "post" },
      ...api(gitlabUser),
    },
    quirks: ["server of one's own", "refresh ends both old tokens at once"],
  },
  {
    connector: "gitlab",
    method: "device",
    params: { host: "gitlab.acme.com" },
    scopes: ["read_user"],
    vendor: {
      device: { at: `${gitlab}/oauth/authorize_device` },
      token: gitlabToken,
      revoke: { at: `${gitlab}/oauth/revoke`, auth: "post" },
      ...api(gitlabUser),
    },
    quirks: ["code for a device"],
  },
  keyed("gitlab", "token", {
    params: { host: "gitlab.acme.com" },
    fields: { apiKey: "glpat-1234" },
    headers: { "private-token": "glpat-1234" },
    route: gitlabUser,
    quirks: ["PRIVATE-TOKEN"],
  }),
];
