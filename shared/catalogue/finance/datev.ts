import type { AuthMethodData, ManifestData } from "../manifest";

const scopes = [
  { scope: "openid", label: "See who you are", required: true },
  { scope: "accounting:clients:read", label: "See the clients of the practice", required: true },
  { scope: "accounting:documents", label: "Read and hand over documents", default: false },
  { scope: "accounting:extf-files:import", label: "Hand over booking files", default: false },
  { scope: "accounting:dxso-jobs", label: "Hand over structured documents", default: false },
];

/** The sandbox is another sign-in, another token endpoint and another part of the API. */
function oauth(sandbox: boolean) {
  const api = sandbox ? "https://sandbox-api.datev.de" : "https://api.datev.de";
  return {
    kind: "oauth2_code",
    id: sandbox ? "oauth-sandbox" : "oauth",
    label: sandbox ? "Sign in to the sandbox" : "Sign in with DATEV",
    authorizeUrl: `https://login.datev.de/${sandbox ? "openidsandbox" : "openid"}/authorize`,
    // Only the code is used; DATEV sends it with an id token or not at all.
    authorizeParams: { response_type: "code id_token", response_mode: "query" },
    nonce: true,
    tokenUrl: `${api}/token`,
    clientAuth: "basic",
    pkce: "required",
    rotation: "strict",
    // Eleven hours, unless long-lived access was granted: then two years.
    refreshTokenSeconds: 39_600,
    captureClaims: { clientId: "/aud" },
    revoke: { url: `${api}/revoke` },
    scopes,
    app: {
      where: {
        text: "DATEV Developer Portal → My apps → Create app",
        url: "https://developer.datev.de",
      },
      notes: [
        "Enter the redirect URI and subscribe the app to the products it needs.",
        "Without long-lived access, which DATEV grants on request, somebody signs in again each day.",
      ],
    },
    base: `https://{product}.api.datev.de/${sandbox ? "platform-sandbox" : "platform"}`,
    test: {
      url: `https://accounting-clients.api.datev.de/${sandbox ? "platform-sandbox" : "platform"}/v2/clients`,
      account: "/0/name",
    },
  } satisfies AuthMethodData;
}

export const datev = {
  id: "datev",
  name: "DATEV",
  category: "finance",
  description: "Clients, documents and booking data of a tax practice at DATEV.",
  websiteUrl: "https://www.datev.de",
  docsUrl: "https://developer.datev.de",
  params: [
    {
      name: "product",
      label: "Product",
      default: "accounting-clients",
      help: "Each product of the API has a host of its own.",
      pattern: "^[a-z][a-z-]*$",
      choices: [
        { value: "accounting-clients", label: "Clients" },
        { value: "accounting-documents", label: "Documents" },
        { value: "accounting-extf-files", label: "Booking files (EXTF)" },
        { value: "accounting-dxso-jobs", label: "Structured documents (DXSO)" },
        { value: "accounting-data-exchange", label: "Data exchange" },
      ],
    },
    {
      name: "clientId",
      label: "Client ID of the app",
      source: "claims",
      pattern: "^[\\x21-\\x7e]+$",
    },
  ],
  auth: [oauth(false), oauth(true)],
  request: {
    base: "https://{product}.api.datev.de/platform",
    headers: { "X-DATEV-Client-Id": "{clientId}", Accept: "application/json" },
  },
  errors: { messagePointers: ["/error_description", "/message"] },
} satisfies ManifestData;
