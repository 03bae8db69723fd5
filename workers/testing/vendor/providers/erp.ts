import {
  api,
  basicOf,
  clientFields,
  client,
  keyed,
  privateKey,
  publicKey,
  type Documented,
} from "./documented";

const netsuiteToken =
  "https://1234567-sb1.suitetalk.api.netsuite.com/services/rest/auth/oauth2/v1/token";
const netsuiteApi = api({
  method: "POST",
  at: "https://1234567-sb1.suitetalk.api.netsuite.com/services/rest/query/v1/suiteql",
  headers: { prefer: "transient", "content-type": "application/json" },
  answer: { items: [{ id: "1" }] },
});
const sapApi = {
  at: "https://my300000-api.s4hana.cloud.sap/sap/opu/odata/sap/API_PRODUCT_SRV/A_Product",
  query: { $top: "1", $format: "json" },
  headers: { "sap-client": "100" },
  answer: { d: { results: [] } },
};
const sapParams = { apiServer: "my300000-api.s4hana.cloud.sap", client: "100" };
const intacct = "https://api.intacct.com/ia/api/v1";

export const erp: Documented[] = [
  {
    connector: "netsuite",
    method: "oauth",
    params: { accountId: "1234567_SB1" },
    scopes: ["rest_webservices"],
    vendor: {
      authorize: {
        at: "https://1234567-sb1.app.netsuite.com/app/login/oauth2/authorize.nl",
        params: { prompt: "consent" },
        scopes: { scope: "rest_webservices" },
        extra: { company: "1234567_SB1", entity: "12", role: "3" },
      },
      token: { at: netsuiteToken, rotation: "none", clientAuth: "any" },
      revoke: { at: netsuiteToken.replace("token", "revoke"), auth: "post" },
      ...netsuiteApi,
    },
    account: { company: "1234567_SB1", entity: "12", role: "3" },
    quirks: [
      "account in every host, in lower case with hyphens",
      "two hosts for signing in and for tokens",
      "company, entity and role in the redirect",
    ],
  },
  {
    connector: "netsuite",
    method: "certificate",
    params: { accountId: "1234567_SB1" },
    fields: { clientId: client.id, certificateId: "cert-1", privateKey },
    vendor: {
      token: {
        at: netsuiteToken,
        clientAuth: "none",
        params: {
          grant_type: "client_credentials",
          client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        },
        refreshTokens: "never",
      },
      // RS256 is being retired.
      jwt: {
        key: publicKey,
        algorithm: "PS256",
        in: "client_assertion",
        claims: { iss: client.id, aud: netsuiteToken },
      },
      ...netsuiteApi,
    },
    quirks: ["JWT in client_assertion, PS256"],
  },
  keyed("odoo", "api-key", {
    params: { host: "acme.odoo.com", database: "acme" },
    fields: { apiKey: "odoo-key" },
    headers: { authorization: "Bearer odoo-key", "x-odoo-database": "acme" },
    route: {
      method: "POST",
      at: "https://acme.odoo.com/json/2/res.users/context_get",
      answer: { uid: 2 },
    },
    quirks: ["database in a header"],
  }),
  keyed("odoo", "json-rpc", {
    params: { host: "erp.acme.com", database: "acme" },
    fields: { login: "ada@acme.com", apiKey: "odoo-key" },
    route: {
      method: "POST",
      at: "https://erp.acme.com/jsonrpc",
      answer: { jsonrpc: "2.0", result: 2 },
    },
    quirks: ["credential in the body", "errors with 200"],
  }),
  {
    connector: "sage-intacct",
    method: "oauth",
    vendor: {
      authorize: { at: `${intacct}/oauth2/authorize` },
      token: { at: `${intacct}/oauth2/token`, clientAuth: "post" },
      revoke: { at: `${intacct}/oauth2/revoke`, auth: "post" },
      ...api({ at: `${intacct}/services/core/model`, answer: {} }),
    },
    quirks: ["no scopes"],
  },
  {
    connector: "sage-intacct",
    method: "client-credentials",
    fields: { ...clientFields, username: "ada@acme|paris" },
    vendor: {
      token: {
        at: `${intacct}/oauth2/token`,
        clientAuth: "post",
        params: { grant_type: "client_credentials", username: "ada@acme|paris" },
        refreshTokens: "never",
      },
      ...api({ at: `${intacct}/services/core/model`, answer: {} }),
    },
    quirks: ["user@company|entity beside the client"],
  },
  keyed("sap-s4hana", "basic", {
    params: sapParams,
    fields: { username: "HUB", password: "pässword:1" },
    headers: basicOf("HUB:pässword:1"),
    route: sapApi,
    quirks: ["sap-client header", "a password in UTF-8, with a colon"],
  }),
  {
    connector: "sap-s4hana",
    method: "client-credentials",
    params: { ...sapParams, subdomain: "acme-prod", region: "eu10" },
    fields: clientFields,
    vendor: {
      token: {
        at: "https://acme-prod.authentication.eu10.hana.ondemand.com/oauth/token",
        clientAuth: "basic",
        params: { grant_type: "client_credentials" },
        refreshTokens: "never",
      },
      ...api(sapApi),
    },
    quirks: ["subaccount and region in the token's host", "secret in the header"],
  },
];
