import {
  api,
  client,
  clientFields,
  privateKey,
  publicKey,
  tenant,
  type Documented,
} from "./documented";
import type { PartialQuirks, Route } from "../quirks";

const login = (of: string) => `https://login.microsoftonline.com/${of}/oauth2/v2.0`;
const certificate = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
const rotating = {
  clientAuth: "post",
  rotation: "rolling",
  expiresIn: 3599,
  type: "json",
} as const;

/** No refresh token without `offline_access`; a new one each time, while the old ones live on. */
function code(of: string, scope: string): PartialQuirks {
  return {
    authorize: {
      at: `${login(of)}/authorize`,
      params: { response_mode: "query" },
      scopes: { scope },
    },
    token: { at: `${login(of)}/token`, ...rotating, refreshTokens: { scope: "offline_access" } },
    revoke: null,
  };
}

const app = (resource: string): PartialQuirks => ({
  token: {
    at: `${login(tenant)}/token`,
    ...rotating,
    params: { grant_type: "client_credentials", scope: resource },
    refreshTokens: "never",
  },
  revoke: null,
});

function signed(resource: string): PartialQuirks {
  const { token } = app(resource);
  return {
    token: {
      ...token,
      clientAuth: "none",
      params: {
        ...token?.params,
        client_id: client.id,
        client_assertion_type: certificate,
      },
    },
    jwt: {
      key: publicKey,
      algorithm: "RS256",
      in: "client_assertion",
      claims: { iss: client.id, sub: client.id, aud: `${login(tenant)}/token` },
    },
    revoke: null,
  };
}
const certificateFields = {
  clientId: client.id,
  thumbprint: "84 E0 5C 1D 98 BC E3 A5 42 1D 22 5B 14 0B 36 E8 6A 3D 51 34".replaceAll(" ", ""),
  privateKey,
};

/** A person, a program with a secret and one with a certificate, before the same API. */
function family(
  connector: string,
  told: {
    resource: string;
    scopes: string[];
    route: Route;
    appRoute?: Route;
    only?: string[];
  },
): Documented[] {
  const { resource, scopes, route, appRoute = route } = told;
  const all: Documented[] = [
    {
      connector,
      method: "oauth",
      params: { tenant: "common" },
      scopes,
      vendor: { ...code("common", scopes.join(" ")), ...api(route) },
      quirks: [
        "tenant in the address",
        "offline_access needed",
        "rolling refresh token",
        "no revocation",
      ],
    },
    {
      connector,
      method: "app",
      params: { tenant },
      fields: clientFields,
      vendor: { ...app(resource), ...api(appRoute) },
      quirks: ["tenant in the address", "{resource}/.default"],
    },
    {
      connector,
      method: "certificate",
      params: { tenant },
      fields: certificateFields,
      vendor: { ...signed(resource), ...api(appRoute) },
      quirks: ["JWT signed with a certificate's key in place of a secret"],
    },
  ];
  return all.filter(({ method }) => !told.only || told.only.includes(method));
}

const dynamicsHost = "acme.crm4.dynamics.com";
const odata = { "odata-version": "4.0", accept: "application/json" };

function dynamics(
  method: string,
  told: { of: string; resource: string; route: Route; params: Record<string, string> },
): Documented[] {
  const { of, resource, route, params } = told;
  const scope = `offline_access ${resource}/.default`;
  return [
    {
      connector: "dynamics365",
      method: method === "" ? "oauth" : method,
      params: { ...params, tenant: of },
      vendor: { ...code(of, scope), ...api(route) },
      quirks: ["scope made from the environment's host", "one token per resource", "OData headers"],
    },
    {
      connector: "dynamics365",
      method: method === "" ? "app" : `${method}-app`,
      params: { ...params, tenant },
      fields: clientFields,
      vendor: { ...app(`${resource}/.default`), ...api(route) },
      quirks: ["{environment}/.default"],
    },
  ];
}

export const microsoft: Documented[] = [
  ...dynamics("", {
    of: "common",
    resource: `https://${dynamicsHost}`,
    params: { environmentHost: dynamicsHost },
    route: {
      at: `https://${dynamicsHost}/api/data/v9.2/WhoAmI`,
      headers: odata,
      answer: { UserId: "u-1" },
    },
  }),
  ...dynamics("finance", {
    of: "common",
    resource: "https://acme.operations.dynamics.com",
    params: { environmentHost: "acme.operations.dynamics.com" },
    route: {
      at: "https://acme.operations.dynamics.com/data/Companies",
      headers: odata,
      answer: { value: [{ Name: "Acme" }] },
    },
  }),
  ...dynamics("business-central", {
    of: tenant,
    resource: "https://api.businesscentral.dynamics.com",
    params: { environmentName: "production" },
    route: {
      at: `https://api.businesscentral.dynamics.com/v2.0/${tenant}/production/api/v2.0/companies`,
      answer: { value: [{ name: "Acme" }] },
    },
  }),
  ...family("microsoft-365", {
    resource: "https://graph.microsoft.com/.default",
    scopes: ["offline_access", "User.Read", "Mail.Read"],
    route: {
      at: "https://graph.microsoft.com/v1.0/me",
      answer: { userPrincipalName: "ada@acme.com" },
    },
    appRoute: {
      at: "https://graph.microsoft.com/v1.0/organization",
      answer: { value: [{ displayName: "Acme" }] },
    },
  }),
  {
    connector: "microsoft-365",
    method: "device",
    params: { tenant: "common" },
    scopes: ["offline_access", "User.Read"],
    vendor: {
      device: { at: `${login("common")}/devicecode` },
      token: {
        ...rotating,
        at: `${login("common")}/token`,
        clientAuth: "none",
        refreshTokens: { scope: "offline_access" },
      },
      revoke: null,
      ...api({
        at: "https://graph.microsoft.com/v1.0/me",
        answer: { userPrincipalName: "ada@acme.com" },
      }),
    },
    quirks: ["code for a device", "public client"],
  },
  ...family("microsoft-teams", {
    resource: "https://graph.microsoft.com/.default",
    scopes: ["offline_access", "Team.ReadBasic.All"],
    route: {
      at: "https://graph.microsoft.com/v1.0/me/joinedTeams",
      answer: { value: [{ displayName: "Sales" }] },
    },
    appRoute: {
      at: "https://graph.microsoft.com/v1.0/organization",
      answer: { value: [{ displayName: "Acme" }] },
    },
  }),
  ...family("power-bi", {
    resource: "https://analysis.windows.net/powerbi/api/.default",
    scopes: ["offline_access", "https://analysis.windows.net/powerbi/api/.default"],
    route: {
      at: "https://api.powerbi.com/v1.0/myorg/groups",
      query: { $top: "1" },
      answer: { value: [{ name: "Board" }] },
    },
  }),
  ...family("azure", {
    resource: "https://management.azure.com/.default",
    scopes: [],
    only: ["app", "certificate"],
    route: {
      at: "https://management.azure.com/subscriptions",
      query: { "api-version": "2022-12-01" },
      answer: { value: [{ displayName: "Pay as you go" }] },
    },
  }),
  {
    connector: "azure",
    method: "oauth",
    params: { tenant: "common" },
    vendor: {
      ...code("common", "offline_access https://management.azure.com/user_impersonation"),
      ...api({
        at: "https://management.azure.com/subscriptions",
        query: { "api-version": "2022-12-01" },
        answer: { value: [{ displayName: "Pay as you go" }] },
      }),
    },
    quirks: ["api-version in every call", "scope of one resource"],
  },
];
