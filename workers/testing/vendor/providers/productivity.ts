import { api, keyed, type Documented } from "./documented";

const neverEnds = { expiresIn: null, refreshTokens: "never" } as const;
const notionHeaders = { "notion-version": "2022-06-28" };
const notionRoute = {
  at: "https://api.notion.com/v1/users/me",
  headers: notionHeaders,
  answer: { name: "Hub" },
};
const airtableRoute = {
  at: "https://api.airtable.com/v0/meta/whoami",
  answer: { email: "ada@acme.com" },
};
const mailchimpRoute = {
  at: "https://us19.api.mailchimp.com/3.0/",
  answer: { account_name: "Acme" },
};
const vercelRoute = {
  at: "https://api.vercel.com/v2/user",
  query: { teamId: "team_1" },
  answer: { user: { username: "ada" } },
};
const digitalOceanRoute = {
  at: "https://api.digitalocean.com/v2/account",
  answer: { account: { email: "ada@acme.com" } },
};
const doToken = `dop_v1_${"a".repeat(64)}`;
const cloudflareAnswer = {
  success: true,
  errors: [],
  result: { id: "t-1", email: "ada@acme.com" },
};

export const productivity: Documented[] = [
  {
    connector: "notion",
    method: "oauth",
    vendor: {
      authorize: {
        at: "https://api.notion.com/v1/oauth/authorize",
        params: { owner: "user" },
        refuses: ["scope"],
      },
      token: {
        at: "https://api.notion.com/v1/oauth/token",
        clientAuth: "basic",
        body: "json",
        expiresIn: null,
        rotation: "rolling",
        answer: { workspace_id: "w-1", workspace_name: "Acme", bot_id: "b-1" },
      },
      revoke: { at: "https://api.notion.com/v1/oauth/revoke", auth: "basic", body: "json" },
      ...api(notionRoute),
    },
    account: { workspaceId: "w-1" },
    quirks: [
      "secret in the header and JSON in the body",
      "owner=user",
      "workspace in the answer",
      "Notion-Version",
    ],
  },
  keyed("notion", "internal", {
    fields: { token: "ntn_1234" },
    headers: { authorization: "Bearer ntn_1234" },
    route: notionRoute,
  }),
  {
    connector: "airtable",
    method: "oauth",
    scopes: ["data.records:read", "schema.bases:read"],
    vendor: {
      authorize: {
        at: "https://airtable.com/oauth2/v1/authorize",
        pkce: "required",
        scopes: { scope: "data.records:read schema.bases:read" },
      },
      token: {
        at: "https://airtable.com/oauth2/v1/token",
        clientAuth: "basic",
        expiresIn: 3600,
        rotation: "strict",
      },
      revoke: null,
      ...api(airtableRoute),
    },
    quirks: ["PKCE and a long state required", "secret in the header", "single-use refresh token"],
  },
  keyed("airtable", "token", {
    fields: { token: "patABC.123" },
    headers: { authorization: "Bearer patABC.123" },
    route: airtableRoute,
  }),
  {
    connector: "vercel",
    method: "oauth",
    params: { integration: "plugboard" },
    vendor: {
      authorize: {
        at: "https://vercel.com/integrations/plugboard/new",
        refuses: ["scope"],
        extra: { configurationId: "icfg_1", next: "https://vercel.com/next" },
      },
      token: {
        at: "https://api.vercel.com/v2/oauth/access_token",
        clientAuth: "post",
        ...neverEnds,
        answer: { team_id: "team_1", user_id: "u-1" },
      },
      revoke: null,
      ...api(vercelRoute),
    },
    account: { teamId: "team_1" },
    quirks: ["integration in the address", "team in the answer, and then in every query", "no end"],
  },
  keyed("vercel", "token", {
    params: { teamId: "team_1" },
    fields: { token: "vercel-token" },
    headers: { authorization: "Bearer vercel-token" },
    route: vercelRoute,
  }),
  {
    connector: "mailchimp",
    method: "oauth",
    vendor: {
      authorize: { at: "https://login.mailchimp.com/oauth2/authorize", refuses: ["scope"] },
      token: {
        at: "https://login.mailchimp.com/oauth2/token",
        clientAuth: "post",
        ...neverEnds,
        expiresIn: 0,
        omit: ["scope"],
      },
      revoke: null,
      api: {
        headers: { authorization: "Bearer {token}" },
        routes: [
          {
            at: "https://login.mailchimp.com/oauth2/metadata",
            credential: { authorization: "OAuth {token}" },
            answer: {
              dc: "us19",
              accountname: "Acme",
              api_endpoint: "https://us19.api.mailchimp.com",
            },
          },
          mailchimpRoute,
        ],
      },
    },
    account: { dc: "us19" },
    quirks: ["data centre found out with OAuth in place of Bearer", "expires_in 0 for no end"],
  },
  keyed("mailchimp", "api-key", {
    params: { dc: "us19" },
    fields: { apiKey: `${"a".repeat(32)}-us19` },
    headers: { authorization: `Bearer ${"a".repeat(32)}-us19` },
    route: mailchimpRoute,
  }),
  keyed("activecampaign", "api-key", {
    params: { host: "acme.api-us1.com" },
    fields: { apiKey: "ac-key" },
    headers: { "api-token": "ac-key" },
    route: {
      at: "https://acme.api-us1.com/api/3/users/me",
      answer: { user: { email: "ada@acme.com" } },
    },
    quirks: ["Api-Token", "account's host"],
  }),
  keyed("sendgrid", "api-key", {
    params: { host: "api.eu.sendgrid.com", subuser: "acme" },
    fields: { apiKey: "SG.1234.5678" },
    headers: { authorization: "Bearer SG.1234.5678" },
    route: {
      at: "https://api.eu.sendgrid.com/v3/scopes",
      headers: { "on-behalf-of": "acme" },
      answer: { scopes: ["mail.send"] },
    },
    quirks: ["host of the EU", "on-behalf-of"],
  }),
  {
    connector: "digitalocean",
    method: "oauth",
    scopes: ["read"],
    vendor: {
      authorize: {
        at: "https://cloud.digitalocean.com/v1/oauth/authorize",
        scopes: { scope: "read" },
      },
      token: {
        at: "https://cloud.digitalocean.com/v1/oauth/token",
        clientAuth: "post",
        expiresIn: 2_592_000,
        rotation: "strict",
      },
      revoke: {
        at: "https://cloud.digitalocean.com/v1/oauth/revoke",
        auth: "bearer",
        takes: "access",
      },
      ...api(digitalOceanRoute),
    },
    quirks: ["thirty days' life", "revoked with the token itself"],
  },
  keyed("digitalocean", "token", {
    fields: { token: doToken },
    headers: { authorization: `Bearer ${doToken}` },
    route: digitalOceanRoute,
  }),
  keyed("cloudflare", "token", {
    fields: { token: "cf-token" },
    headers: { authorization: "Bearer cf-token" },
    route: {
      at: "https://api.cloudflare.com/client/v4/user/tokens/verify",
      answer: cloudflareAnswer,
    },
    quirks: ["success: false"],
  }),
  keyed("cloudflare", "account-token", {
    params: { accountId: "0123456789abcdef0123456789abcdef" },
    fields: { token: "cf-token" },
    headers: { authorization: "Bearer cf-token" },
    route: {
      at: "https://api.cloudflare.com/client/v4/accounts/0123456789abcdef0123456789abcdef/tokens/verify",
      answer: cloudflareAnswer,
    },
    quirks: ["account's tokens are verified elsewhere"],
  }),
  keyed("cloudflare", "global-key", {
    fields: { email: "ada@acme.com", apiKey: "global" },
    headers: { "x-auth-email": "ada@acme.com", "x-auth-key": "global" },
    route: { at: "https://api.cloudflare.com/client/v4/user", answer: cloudflareAnswer },
    quirks: ["two headers"],
  }),
];
