import type { ManifestData } from "../manifest";

export const sapSuccessfactors = {
  id: "sap-successfactors",
  name: "SAP SuccessFactors",
  category: "hr",
  description: "Employees, positions, goals and learning of SAP SuccessFactors, through OData.",
  websiteUrl: "https://www.sap.com/products/hcm.html",
  docsUrl: "https://api.sap.com",
  params: [
    {
      name: "apiServer",
      label: "API server",
      help: "Each data centre has its own.",
      example: "api55.sapsf.eu",
      pattern:
        "^[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*\\.(sapsf\\.(com|eu|cn)|successfactors\\.(com|eu)|sapcloud\\.cn)$",
      where: { text: "SAP Help → List of API servers in SAP SuccessFactors" },
    },
    {
      name: "companyId",
      label: "Company ID",
      pattern: "^[A-Za-z0-9]+$",
      where: { text: "SuccessFactors → your picture → Show version information" },
    },
  ],
  auth: [
    {
      kind: "oauth2_client_credentials",
      id: "saml-bearer",
      label: "SAML assertion",
      description:
        "An assertion your identity provider or SAP's tool signed for one user. The hub trades it for a token each time.",
      fields: [
        {
          name: "clientId",
          label: "API key",
          input: "text",
          where: {
            text: "SuccessFactors → Admin Center → Manage OAuth2 Client Applications → the application",
          },
        },
        {
          name: "assertion",
          label: "SAML assertion (base64)",
          input: "multiline",
          pattern: "^[A-Za-z0-9+/=_\\s-]+$",
          help: "It names the user, the company's API server and the API key, and lives as long as it says. After that, replace it here.",
        },
      ],
      tokenUrl: "https://{apiServer}/oauth/token",
      clientAuth: "none",
      tokenParams: {
        grant_type: "urn:ietf:params:oauth:grant-type:saml2-bearer",
        client_id: "{secret.clientId}",
        company_id: "{companyId}",
        assertion: "{secret.assertion}",
        // Without it the answer is the token before, with what is left of its life.
        new_token: "true",
      },
      expiry: { kind: "answer", defaultSeconds: 86_400 },
      sendScope: false,
    },
  ],
  request: { base: "https://{apiServer}", headers: { Accept: "application/json" } },
  test: { url: "/odata/v2/User", query: { $top: "1", $format: "json" } },
  errors: { messagePointers: ["/error/message/value", "/error/message"] },
} satisfies ManifestData;
