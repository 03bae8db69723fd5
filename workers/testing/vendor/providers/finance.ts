import { api, client, clientFields, keyed, uuid, type Documented } from "./documented";
import type { PartialQuirks } from "../quirks";

/** Signed in to with a hybrid flow, which is answered in the query all the same; every call names the app. */
function datev(told: { login: string; token: string; platform: string }): PartialQuirks {
  const { login, token, platform } = told;
  return {
    authorize: {
      at: `https://login.datev.de/${login}/authorize`,
      pkce: "required",
      nonce: true,
      params: { response_type: "code id_token", response_mode: "query" },
      extra: { id_token: "ey.not.read" },
    },
    token: {
      at: `${token}/token`,
      clientAuth: "basic",
      rotation: "strict",
      endsOldToken: true,
      idToken: { issuer: `https://login.datev.de/${login}`, claims: {} },
    },
    revoke: { at: `${token}/revoke`, auth: "basic" },
    ...api({
      at: `https://accounting-clients.api.datev.de/${platform}/v2/clients`,
      headers: { "x-datev-client-id": client.id },
      answer: [{ name: "Acme" }],
    }),
  };
}

const xeroRoute = {
  at: "https://api.xero.com/api.xro/2.0/Organisation",
  headers: { "xero-tenant-id": uuid },
  answer: { Organisations: [{ Name: "Acme" }] },
};
const xeroTenants = (...tenantIds: string[]) => ({
  at: "https://api.xero.com/connections",
  answer: tenantIds.map((tenantId) => ({ tenantId, tenantName: `Org ${tenantId.slice(0, 2)}` })),
});
const otherUuid = "22222222-1111-2222-3333-444444444444";
const sage = "https://api.accounting.sage.com/v3.1";

export const finance: Documented[] = [
  {
    connector: "quickbooks",
    method: "oauth",
    scopes: ["com.intuit.quickbooks.accounting"],
    vendor: {
      authorize: {
        at: "https://appcenter.intuit.com/connect/oauth2",
        scopes: { scope: "com.intuit.quickbooks.accounting" },
        extra: { realmId: "9130350000000001" },
      },
      token: {
        at: "https://oauth.platform.intuit.com/oauth2/v1/tokens/bearer",
        clientAuth: "basic",
        rotation: "rolling",
        answer: { x_refresh_token_expires_in: 8_726_400 },
      },
      revoke: {
        at: "https://developer.api.intuit.com/v2/oauth2/tokens/revoke",
        auth: "basic",
        body: "json",
      },
      ...api({
        at: "https://quickbooks.api.intuit.com/v3/company/9130350000000001/companyinfo/9130350000000001",
        headers: { accept: "application/json" },
        answer: { CompanyInfo: { CompanyName: "Acme" } },
      }),
    },
    account: { realmId: "9130350000000001" },
    quirks: ["realmId in the redirect", "rolling refresh token", "XML unless JSON is asked for"],
  },
  {
    connector: "xero",
    method: "oauth",
    scopes: ["offline_access", "accounting.settings"],
    vendor: {
      authorize: {
        at: "https://login.xero.com/identity/connect/authorize",
        scopes: { scope: "offline_access accounting.settings" },
      },
      token: {
        at: "https://identity.xero.com/connect/token",
        clientAuth: "basic",
        expiresIn: 1800,
        rotation: "rolling",
        refreshTokens: { scope: "offline_access" },
      },
      revoke: { at: "https://identity.xero.com/connect/revocation", auth: "basic" },
      api: {
        headers: { authorization: "Bearer {token}" },
        routes: [xeroTenants(otherUuid, uuid), xeroRoute],
      },
    },
    choose: uuid,
    account: { tenantId: uuid },
    quirks: [
      "tenant found out after consent, and chosen",
      "tenant in a header",
      "half an hour's life",
    ],
  },
  {
    connector: "xero",
    method: "custom-connection",
    scopes: ["accounting.settings"],
    fields: clientFields,
    vendor: {
      token: {
        at: "https://identity.xero.com/connect/token",
        clientAuth: "basic",
        params: { grant_type: "client_credentials", scope: "accounting.settings" },
        refreshTokens: "never",
      },
      api: {
        headers: { authorization: "Bearer {token}" },
        routes: [xeroTenants(uuid), xeroRoute],
      },
    },
    account: { tenantId: uuid },
    quirks: ["one tenant, found out"],
  },
  {
    connector: "datev",
    method: "oauth",
    vendor: datev({ login: "openid", token: "https://api.datev.de", platform: "platform" }),
    account: { clientId: client.id },
    quirks: [
      "response_type=code id_token",
      "nonce",
      "PKCE required",
      "single-use refresh token",
      "app's id in a header",
    ],
  },
  {
    connector: "datev",
    method: "oauth-sandbox",
    vendor: datev({
      login: "openidsandbox",
      token: "https://sandbox-api.datev.de",
      platform: "platform-sandbox",
    }),
    account: { clientId: client.id },
    quirks: ["hosts of the sandbox"],
  },
  {
    connector: "stripe",
    method: "oauth",
    scopes: ["read_write"],
    vendor: {
      authorize: {
        at: "https://connect.stripe.com/oauth/authorize",
        scopes: { scope: "read_write" },
      },
      token: {
        at: "https://connect.stripe.com/oauth/token",
        clientAuth: "post",
        expiresIn: null,
        answer: { stripe_user_id: "acct_1Acme", livemode: false },
      },
      // The platform's secret key signs in, as everywhere in its API.
      revoke: {
        at: "https://connect.stripe.com/oauth/deauthorize",
        auth: "none",
        tokenParam: null,
        params: { client_id: client.id, stripe_user_id: "acct_1Acme" },
        headers: { authorization: `Bearer ${client.secret ?? ""}` },
        answer: { stripe_user_id: "acct_1Acme" },
      },
      ...api({ at: "https://api.stripe.com/v1/balance", answer: { object: "balance" } }),
    },
    account: { stripeUserId: "acct_1Acme" },
    quirks: ["stripe_user_id in the answer", "token without an end", "deauthorized by account"],
  },
  keyed("stripe", "restricted-key", {
    params: { account: "acct_1Acme" },
    fields: { token: "rk_test_1234" },
    headers: { authorization: "Bearer rk_test_1234", "stripe-account": "acct_1Acme" },
    route: { at: "https://api.stripe.com/v1/balance", answer: { object: "balance" } },
    quirks: ["Stripe-Account header"],
  }),
  keyed("lexoffice", "api-key", {
    fields: { apiKey: "lex-key" },
    headers: { authorization: "Bearer lex-key" },
    route: {
      at: "https://api.lexware.io/v1/profile",
      headers: { accept: "application/json" },
      answer: { companyName: "Acme" },
    },
    quirks: ["host renamed to api.lexware.io"],
  }),
  {
    connector: "sage-accounting",
    method: "oauth",
    params: { country: "de" },
    scopes: ["full_access"],
    vendor: {
      authorize: {
        at: "https://www.sageone.com/oauth2/auth/central",
        params: { filter: "apiv3.1", country: "de" },
        scopes: { scope: "full_access" },
      },
      token: {
        at: "https://oauth.accounting.sage.com/token",
        clientAuth: "post",
        expiresIn: 300,
        rotation: "strict",
      },
      revoke: { at: "https://oauth.accounting.sage.com/revoke", auth: "post" },
      api: {
        headers: { authorization: "Bearer {token}" },
        routes: [
          {
            at: `${sage}/businesses`,
            answer: { $items: [{ id: "b-1", displayed_as: "Acme" }] },
          },
          { at: `${sage}/financial_settings`, headers: { "x-business": "b-1" }, answer: {} },
        ],
      },
    },
    account: { business: "b-1" },
    quirks: [
      "filter=apiv3.1",
      "five minutes' life",
      "single-use refresh token",
      "X-Business header",
    ],
  },
];
