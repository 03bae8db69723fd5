import {
  api,
  clientFields,
  client,
  keyed,
  privateKey,
  publicKey,
  type Documented,
} from "./documented";
import type { Route } from "../quirks";

const salesforceApi = "https://acme.my.salesforce.com";
const userinfo: Route = {
  at: `${salesforceApi}/services/oauth2/userinfo`,
  answer: { preferred_username: "ada@acme.com" },
};
const salesforceLogin = "https://acme.my.salesforce.com/services/oauth2";
const salesforceToken = {
  at: `${salesforceLogin}/token`,
  // Nobody says when it ends.
  expiresIn: null,
  answer: { instance_url: salesforceApi },
} as const;

const hubspotToken = {
  at: "https://api.hubapi.com/oauth/v3/token",
  clientAuth: "post",
  expiresIn: 1800,
  rotation: "none",
} as const;
const hubspotRoute: Route = {
  at: "https://api.hubapi.com/account-info/v3/details",
  answer: { portalId: 4711 },
};

const hubspot = (connector: string): Documented[] => [
  {
    connector,
    method: "oauth",
    scopes: ["oauth", "crm.objects.contacts.read"],
    vendor: {
      authorize: {
        at: "https://app.hubspot.com/oauth/authorize",
        scopes: { scope: "oauth", optional_scope: "crm.objects.contacts.read" },
      },
      token: hubspotToken,
      revoke: { at: "https://api.hubapi.com/oauth/v3/token/revoke", auth: "post" },
      ...api(hubspotRoute),
    },
    quirks: ["scope and optional_scope", "half an hour's life", "refresh token never changes"],
  },
  keyed(connector, "private-app", {
    fields: { token: "pat-eu1-1234" },
    headers: { authorization: "Bearer pat-eu1-1234" },
    route: hubspotRoute,
  }),
];

export const crm: Documented[] = [
  {
    connector: "salesforce",
    method: "oauth",
    params: { loginHost: "acme.my.salesforce.com" },
    scopes: ["api", "refresh_token"],
    vendor: {
      authorize: {
        at: `${salesforceLogin}/authorize`,
        pkce: "required",
        params: { prompt: "consent" },
        scopes: { scope: "api refresh_token" },
      },
      token: { ...salesforceToken, clientAuth: "post", refreshTokens: { scope: "refresh_token" } },
      revoke: { at: `${salesforceLogin}/revoke`, auth: "none" },
      ...api(userinfo),
    },
    account: { instanceUrl: salesforceApi },
    quirks: [
      "login host of the account",
      "PKCE required",
      "instance_url in the answer",
      "no expires_in",
    ],
  },
  {
    connector: "salesforce",
    method: "jwt",
    params: { loginHost: "acme.my.salesforce.com" },
    fields: { clientId: client.id, username: "ada@acme.com", privateKey },
    vendor: {
      token: {
        ...salesforceToken,
        clientAuth: "none",
        params: { grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer" },
        refreshTokens: "never",
      },
      jwt: {
        key: publicKey,
        algorithm: "RS256",
        in: "assertion",
        claims: { iss: client.id, sub: "ada@acme.com", aud: "https://acme.my.salesforce.com" },
      },
      ...api(userinfo),
    },
    account: { instanceUrl: salesforceApi },
    quirks: ["JWT for a token", "instance_url in the answer"],
  },
  {
    connector: "salesforce",
    method: "client-credentials",
    params: { loginHost: "acme.my.salesforce.com" },
    fields: clientFields,
    vendor: {
      token: {
        ...salesforceToken,
        params: { grant_type: "client_credentials" },
        refreshTokens: "never",
      },
      ...api(userinfo),
    },
    account: { instanceUrl: salesforceApi },
    quirks: ["instance_url in the answer"],
  },
  ...hubspot("hubspot"),
  ...hubspot("hubspot-marketing"),
  {
    connector: "pipedrive",
    method: "oauth",
    vendor: {
      authorize: {
        at: "https://oauth.pipedrive.com/oauth/authorize",
        pkce: "forbidden",
        refuses: ["scope"],
      },
      token: {
        at: "https://oauth.pipedrive.com/oauth/token",
        clientAuth: "basic",
        answer: { api_domain: "https://acme.pipedrive.com" },
      },
      revoke: { at: "https://oauth.pipedrive.com/oauth/revoke", auth: "basic" },
      ...api({
        at: "https://acme.pipedrive.com/api/v1/users/me",
        answer: { success: true, data: { email: "ada@acme.com" } },
      }),
    },
    account: { apiDomain: "https://acme.pipedrive.com" },
    quirks: ["api_domain in the answer", "secret in the header", "no scopes sent", "no PKCE"],
  },
  keyed("pipedrive", "api-token", {
    params: { company: "acme" },
    fields: { apiKey: "0123456789abcdef0123456789abcdef01234567" },
    headers: { "x-api-token": "0123456789abcdef0123456789abcdef01234567" },
    route: {
      at: "https://acme.pipedrive.com/api/v1/users/me",
      answer: { success: true, data: { email: "ada@acme.com" } },
    },
    quirks: ["header x-api-token"],
  }),
  {
    connector: "zoho-crm",
    method: "oauth",
    params: { accountsHost: "accounts.zoho.eu" },
    scopes: ["ZohoCRM.org.READ", "ZohoCRM.modules.ALL"],
    vendor: {
      authorize: {
        at: "https://accounts.zoho.eu/oauth/v2/auth",
        params: { access_type: "offline", prompt: "consent" },
        scopes: { scope: "ZohoCRM.org.READ,ZohoCRM.modules.ALL" },
        extra: { location: "eu", "accounts-server": "https://accounts.zoho.eu" },
      },
      token: {
        at: "https://accounts.zoho.eu/oauth/v2/token",
        clientAuth: "post",
        rotation: "none",
        errors: "200-error",
        answer: { api_domain: "https://www.zohoapis.eu" },
        refreshTokens: { param: "access_type", value: "offline" },
      },
      // The token is named in the address, by POST.
      revoke: {
        at: "https://accounts.zoho.eu/oauth/v2/token/revoke",
        auth: "none",
        body: "query",
        takes: "refresh",
      },
      ...api(
        {
          at: "https://www.zohoapis.eu/crm/v8/org",
          answer: { org: [{ company_name: "Acme" }] },
        },
        { headers: { authorization: "Zoho-oauthtoken {token}" } },
      ),
    },
    account: { accountsServer: "https://accounts.zoho.eu", apiDomain: "https://www.zohoapis.eu" },
    quirks: [
      "token endpoint named in the redirect",
      "api_domain in the answer",
      "errors with 200",
      "commas between scopes",
      "Zoho-oauthtoken in place of Bearer",
      "revoked in the address",
    ],
  },
];
