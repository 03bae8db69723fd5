import {
  api,
  basicOf,
  clientFields,
  keyed,
  privateKey,
  publicKey,
  uuid,
  type Documented,
} from "./documented";

const snowflake = "https://myorg-account-1.snowflakecomputing.com";
const statements = (type: string) => ({
  method: "POST",
  at: `${snowflake}/api/v2/statements`,
  headers: { "x-snowflake-authorization-token-type": type, "content-type": "application/json" },
  answer: { data: [["HUB"]] },
});
const databricks = "https://dbc-1234.cloud.databricks.com";
const me = { at: `${databricks}/api/2.0/preview/scim/v2/Me`, answer: { userName: "ada@acme.com" } };

export const data: Documented[] = [
  {
    connector: "snowflake",
    method: "oauth",
    params: { account: "MYORG-ACCOUNT_1" },
    scopes: ["refresh_token"],
    vendor: {
      authorize: { at: `${snowflake}/oauth/authorize`, scopes: { scope: "refresh_token" } },
      token: {
        at: `${snowflake}/oauth/token-request`,
        clientAuth: "basic",
        expiresIn: 600,
        refreshTokens: { scope: "refresh_token" },
      },
      revoke: null,
      ...api(statements("OAUTH")),
    },
    quirks: [
      "account in the host, with hyphens",
      "refresh_token as a scope",
      "kind of token in a header",
    ],
  },
  {
    connector: "snowflake",
    method: "key-pair",
    params: { account: "MYORG-ACCOUNT_1" },
    fields: { user: "hub", privateKey },
    vendor: {
      jwt: {
        key: publicKey,
        algorithm: "RS256",
        in: "api",
        claims: { sub: "MYORG-ACCOUNT_1.HUB" },
      },
      ...api(statements("KEYPAIR_JWT")),
    },
    quirks: ["JWT as the token itself", "key's fingerprint in it"],
  },
  keyed("snowflake", "token", {
    params: { account: "MYORG-ACCOUNT_1" },
    fields: { token: "pat-1234" },
    headers: { authorization: "Bearer pat-1234" },
    route: statements("PROGRAMMATIC_ACCESS_TOKEN"),
    quirks: ["kind of token in a header"],
  }),
  {
    connector: "databricks",
    method: "service-principal",
    params: { host: "dbc-1234.cloud.databricks.com" },
    scopes: ["all-apis"],
    fields: clientFields,
    vendor: {
      token: {
        at: `${databricks}/oidc/v1/token`,
        clientAuth: "basic",
        params: { grant_type: "client_credentials", scope: "all-apis" },
        refreshTokens: "never",
      },
      ...api(me),
    },
    quirks: ["workspace's host", "secret in the header", "scope all-apis"],
  },
  {
    connector: "databricks",
    method: "oauth",
    params: { host: "dbc-1234.cloud.databricks.com" },
    scopes: ["all-apis", "offline_access"],
    vendor: {
      authorize: {
        at: `${databricks}/oidc/v1/authorize`,
        pkce: "required",
        scopes: { scope: "all-apis offline_access" },
      },
      token: {
        at: `${databricks}/oidc/v1/token`,
        clientAuth: "basic",
        rotation: "rolling",
        refreshTokens: { scope: "offline_access" },
      },
      revoke: null,
      ...api(me),
    },
    quirks: ["PKCE required"],
  },
  {
    connector: "databricks",
    method: "account",
    params: { accountId: uuid },
    scopes: ["all-apis"],
    fields: clientFields,
    vendor: {
      token: {
        at: `https://accounts.cloud.databricks.com/oidc/accounts/${uuid}/v1/token`,
        clientAuth: "basic",
        params: { grant_type: "client_credentials", scope: "all-apis" },
        refreshTokens: "never",
      },
      ...api({
        at: `https://accounts.cloud.databricks.com/api/2.0/accounts/${uuid}/workspaces`,
        answer: [{ workspace_name: "Acme" }],
      }),
    },
    quirks: ["account in the token's address"],
  },
  keyed("databricks", "token", {
    params: { host: "dbc-1234.cloud.databricks.com" },
    fields: { token: "dapi1234" },
    headers: { authorization: "Bearer dapi1234" },
    route: me,
  }),
  {
    connector: "tableau",
    method: "personal-access-token",
    params: { host: "10ax.online.tableau.com", version: "3.26", site: "acme" },
    fields: { tokenName: "hub", tokenSecret: "tableau-secret" },
    vendor: {
      login: {
        at: "https://10ax.online.tableau.com/api/3.26/auth/signin",
        headers: { accept: "application/json" },
        body: {
          credentials: {
            personalAccessTokenName: "hub",
            personalAccessTokenSecret: "tableau-secret",
            site: { contentUrl: "acme" },
          },
        },
        answer: { credentials: { site: { id: uuid } } },
        tokenAt: "/credentials/token",
      },
      ...api(
        {
          at: "https://10ax.online.tableau.com/api/3.26/sessions/current",
          headers: { accept: "application/json" },
          answer: { session: { user: { name: "hub" } } },
        },
        { headers: { "x-tableau-auth": "{token}" } },
      ),
    },
    account: { siteId: uuid },
    quirks: ["login with a token's name and secret", "site found in its answer", "X-Tableau-Auth"],
  },
  keyed("elasticsearch", "basic", {
    params: { host: "search.acme.com", port: "8443" },
    fields: { username: "hub", password: "secret" },
    headers: basicOf("hub:secret"),
    route: {
      at: "https://search.acme.com:8443/_security/_authenticate",
      answer: { username: "hub" },
    },
    quirks: ["a port of its own"],
  }),
  keyed("redis", "upstash", {
    params: { restHost: "eu1-acme-1.upstash.io" },
    fields: { token: "upstash-token" },
    headers: { authorization: "Bearer upstash-token" },
    route: { at: "https://eu1-acme-1.upstash.io/ping", answer: { result: "PONG" } },
    quirks: ["a database by HTTP"],
  }),
  keyed("elasticsearch", "api-key", {
    params: { host: "acme.es.eu-west-1.aws.found.io", port: "443" },
    fields: { apiKey: "aWQ6a2V5" },
    headers: { authorization: "ApiKey aWQ6a2V5" },
    route: {
      at: "https://acme.es.eu-west-1.aws.found.io/_security/_authenticate",
      answer: { username: "hub" },
    },
    quirks: ["ApiKey in place of Bearer"],
  }),
];
