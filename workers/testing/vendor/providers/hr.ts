import { api, basicOf, client, clientFields, keyed, type Documented } from "./documented";

const workdayToken = "https://wd2-impl-services1.workday.com/ccx/oauth2/acme/token";
const workdayParams = { tokenHost: "wd2-impl-services1.workday.com", tenant: "acme" };
const workers = api({
  at: "https://wd2-impl-services1.workday.com/ccx/api/staffing/v6/acme/workers",
  query: { limit: "1" },
  answer: { data: [] },
});
const bambooFields = {
  at: "https://acme.bamboohr.com/api/v1/meta/fields",
  headers: { accept: "application/json" },
  answer: [],
};
const sapsf = "https://api55.sapsf.eu";

export const hr: Documented[] = [
  {
    connector: "workday",
    method: "oauth",
    params: { ...workdayParams, authorizeHost: "impl.workday.com" },
    vendor: {
      authorize: { at: "https://impl.workday.com/acme/authorize" },
      token: { at: workdayToken, clientAuth: "basic" },
      revoke: null,
      ...workers,
    },
    quirks: ["two hosts and the tenant in the path", "secret in the header"],
  },
  {
    connector: "workday",
    method: "client-credentials",
    params: workdayParams,
    fields: clientFields,
    vendor: {
      token: {
        at: workdayToken,
        clientAuth: "basic",
        params: { grant_type: "client_credentials" },
        refreshTokens: "never",
      },
      ...workers,
    },
    quirks: ["secret in the header"],
  },
  {
    connector: "workday",
    method: "refresh-token",
    params: workdayParams,
    fields: { ...clientFields, longLivedToken: "typed-refresh-token" },
    vendor: {
      token: {
        at: workdayToken,
        clientAuth: "basic",
        params: { grant_type: "refresh_token" },
        typedRefreshToken: "typed-refresh-token",
      },
      ...workers,
    },
    quirks: ["refresh token made by hand, which never ends"],
  },
  keyed("bamboohr", "api-key", {
    params: { subdomain: "acme" },
    fields: { apiKey: "bamboo-key" },
    headers: basicOf("bamboo-key:x"),
    route: bambooFields,
    quirks: ["key as a user's name", "XML unless JSON is asked for"],
  }),
  {
    connector: "bamboohr",
    method: "oauth",
    params: { subdomain: "acme" },
    scopes: ["openid", "offline_access", "employee"],
    vendor: {
      authorize: {
        at: "https://acme.bamboohr.com/authorize.php",
        params: { request: "authorize" },
        scopes: { scope: "openid offline_access employee" },
      },
      token: {
        at: "https://acme.bamboohr.com/token.php",
        clientAuth: "post",
        params: { request: "token" },
        refreshParams: { request: "token" },
        refreshTokens: { scope: "offline_access" },
      },
      revoke: null,
      ...api(bambooFields),
    },
    quirks: ["request=authorize and request=token", "company in the host"],
  },
  {
    connector: "personio",
    method: "client-credentials",
    params: { partnerId: "PARTNER", appId: "APP" },
    fields: clientFields,
    vendor: {
      token: {
        at: "https://api.personio.de/v2/auth/token",
        clientAuth: "post",
        params: { grant_type: "client_credentials" },
        refreshTokens: "never",
      },
      ...api({
        at: "https://api.personio.de/v2/persons",
        query: { limit: "1" },
        headers: { "x-personio-partner-id": "PARTNER", "x-personio-app-id": "APP" },
        answer: { _data: [] },
      }),
    },
    quirks: ["partner's headers"],
  },
  {
    connector: "personio",
    method: "v1",
    fields: clientFields,
    vendor: {
      login: {
        at: "https://api.personio.de/v1/auth",
        body: { client_id: client.id, client_secret: client.secret },
        answer: { success: true },
        tokenAt: "/data/token",
      },
      ...api({
        at: "https://api.personio.de/v1/company/employees",
        query: { limit: "1" },
        answer: { success: true, data: [] },
      }),
    },
    quirks: ["login for a token", "success: false with 200"],
  },
  {
    connector: "sap-successfactors",
    method: "saml-bearer",
    params: { apiServer: "api55.sapsf.eu", companyId: "ACME" },
    fields: { clientId: client.id, assertion: "PHNhbWw6QXNzZXJ0aW9uLz4=" },
    vendor: {
      token: {
        at: `${sapsf}/oauth/token`,
        clientAuth: "none",
        params: {
          grant_type: "urn:ietf:params:oauth:grant-type:saml2-bearer",
          client_id: client.id,
          company_id: "ACME",
          assertion: "PHNhbWw6QXNzZXJ0aW9uLz4=",
          new_token: "true",
        },
        refreshTokens: "never",
      },
      ...api({
        at: `${sapsf}/odata/v2/User`,
        query: { $top: "1", $format: "json" },
        answer: { d: { results: [] } },
      }),
    },
    quirks: ["SAML assertion for a token", "company beside it", "server per data centre"],
  },
];
