import type { ManifestData } from "../manifest";

/** Of account 1234567_SB1 the host is 1234567-sb1. */
const account = "{accountId|lower|replace:_:-}";
const api = `https://${account}.suitetalk.api.netsuite.com`;
const tokenUrl = `${api}/services/rest/auth/oauth2/v1/token`;
const integrations = { text: "NetSuite → Setup → Integration → Manage Integrations → New" };

export const netsuite = {
  id: "netsuite",
  name: "NetSuite",
  category: "erp",
  description: "Records, transactions and SuiteQL queries of an Oracle NetSuite account.",
  websiteUrl: "https://www.netsuite.com",
  docsUrl: "https://docs.oracle.com/en/cloud/saas/netsuite/ns-online-help/",
  params: [
    {
      name: "accountId",
      label: "Account ID",
      help: "A sandbox has _SB1 and so on at its end.",
      example: "1234567_SB1",
      pattern: "^[A-Za-z0-9]+([_-][A-Za-z0-9]+)*$",
      where: { text: "NetSuite → Setup → Company → Company Information → Account ID" },
    },
    {
      name: "company",
      label: "Account, in NetSuite's words",
      source: "callback",
      required: false,
      pattern: "^[A-Za-z0-9_-]*$",
      methods: ["oauth"],
    },
    { name: "role", label: "Role", source: "callback", required: false, methods: ["oauth"] },
    { name: "entity", label: "Person", source: "callback", required: false, methods: ["oauth"] },
  ],
  auth: [
    {
      kind: "oauth2_code",
      id: "oauth",
      label: "Sign in with NetSuite",
      description:
        "NetSuite wants somebody to sign in again every seven days. A certificate has no such end.",
      authorizeUrl: `https://${account}.app.netsuite.com/app/login/oauth2/authorize.nl`,
      authorizeParams: { prompt: "consent" },
      tokenUrl,
      pkce: "required",
      captureCallback: { company: "company", role: "role", entity: "entity" },
      expiry: { kind: "answer", defaultSeconds: 3600 },
      refreshTokenSeconds: 604_800,
      revoke: { url: `${api}/services/rest/auth/oauth2/v1/revoke` },
      scopes: [
        {
          scope: "rest_webservices",
          label: "Read and change records and run queries",
          required: true,
        },
        { scope: "restlets", label: "Call RESTlets", default: false },
      ],
      app: {
        where: integrations,
        notes: [
          "Switch on OAuth 2.0 under Setup → Company → Enable Features → SuiteCloud first.",
          "Choose Authorization Code Grant and REST Web Services, and enter the redirect URI.",
          "Client ID and client secret are shown once, when the integration is saved.",
        ],
      },
    },
    {
      kind: "signed_jwt",
      id: "certificate",
      label: "Client credentials with a certificate",
      description:
        "The hub signs in as the user and role the certificate was mapped to. Nobody has to sign in again.",
      fields: [
        { name: "clientId", label: "Client ID", input: "text", where: integrations },
        {
          name: "certificateId",
          label: "Certificate ID",
          input: "text",
          where: { text: "NetSuite → Setup → Integration → OAuth 2.0 Client Credentials Setup" },
        },
        {
          name: "privateKey",
          label: "Private key (PEM)",
          input: "multiline",
          help: "Belongs to the certificate that was uploaded: RSA of 3072 or 4096 bits, or P-256.",
        },
      ],
      algorithms: ["PS256", "ES256"],
      key: "{secret.privateKey}",
      header: { kid: "{secret.certificateId}" },
      claims: { iss: "{secret.clientId}", aud: tokenUrl, scope: "rest_webservices" },
      lifetimeSeconds: 600,
      exchange: {
        tokenUrl,
        assertionParam: "client_assertion",
        tokenParams: {
          grant_type: "client_credentials",
          client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        },
        clientAuth: "none",
        expiry: { kind: "answer", defaultSeconds: 3600 },
      },
      sendScope: false,
    },
  ],
  request: { base: api },
  test: {
    method: "POST",
    url: "/services/rest/query/v1/suiteql",
    headers: { Prefer: "transient" },
    body: { q: "SELECT id FROM employee FETCH FIRST 1 ROWS ONLY" },
  },
  errors: { messagePointers: ["/o:errorDetails/0/detail", "/title"] },
} satisfies ManifestData;
