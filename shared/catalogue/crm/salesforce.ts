import type { ManifestData } from "../manifest";

const setup = {
  text: "Salesforce → Setup → External Client App Manager → New External Client App",
};
const tokenUrl = "https://{loginHost}/services/oauth2/token";
/** No answer says when a session ends; the org's settings do. */
const session = { expiry: { kind: "unknown" }, capture: { instanceUrl: "/instance_url" } } as const;

export const salesforce = {
  id: "salesforce",
  name: "Salesforce",
  category: "crm",
  description: "Accounts, contacts, opportunities and every other object of a Salesforce org.",
  websiteUrl: "https://www.salesforce.com",
  docsUrl: "https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/",
  params: [
    {
      name: "loginHost",
      label: "Sign-in address",
      default: "login.salesforce.com",
      help: "login.salesforce.com for production, test.salesforce.com for a sandbox, or your My Domain. Not the address of the Lightning pages.",
      example: "acme.my.salesforce.com",
      pattern: "^[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*\\.(salesforce\\.com|sfcrmproducts\\.cn)$",
      where: { text: "Salesforce → Setup → My Domain → Current My Domain URL" },
    },
    {
      name: "instanceUrl",
      label: "Address of the org",
      source: "token",
      pattern: "^https://[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+$",
      hostSuffixes: [".salesforce.com", ".force.com", ".cloudforce.com", ".sfcrmproducts.cn"],
    },
  ],
  auth: [
    {
      kind: "oauth2_code",
      id: "oauth",
      label: "Sign in with Salesforce",
      authorizeUrl: "https://{loginHost}/services/oauth2/authorize",
      authorizeParams: { prompt: "consent" },
      tokenUrl,
      pkce: "required",
      ...session,
      revoke: { url: "https://{loginHost}/services/oauth2/revoke", auth: "none" },
      rotation: "rolling",
      scopes: [
        { scope: "api", label: "Read and change data through the API", required: true },
        { scope: "refresh_token", label: "Stay signed in", required: true },
        { scope: "openid", label: "See who you are", required: true },
        { scope: "chatter_api", label: "Read and write Chatter posts", default: false },
        { scope: "wave_api", label: "Use CRM Analytics", default: false },
        { scope: "full", label: "Everything you may do yourself", default: false },
      ],
      app: {
        where: setup,
        notes: [
          "Switch on OAuth and enter the redirect URI as the callback URL.",
          "Add the scopes api, refresh_token and openid, and those you choose below.",
          "Leave Require Proof Key for Code Exchange switched on.",
          "Client ID is the consumer key, client secret the consumer secret.",
        ],
      },
    },
    {
      kind: "signed_jwt",
      id: "jwt",
      label: "Key of an app",
      description:
        "The hub signs in as one user with a private key. Nobody has to consent in a browser.",
      fields: [
        { name: "clientId", label: "Consumer key", input: "text", where: setup },
        {
          name: "username",
          label: "User name",
          input: "text",
          help: "Of the user the hub acts as. An administrator must have admitted the user to the app beforehand.",
          example: "integration@acme.com",
        },
        {
          name: "privateKey",
          label: "Private key (PEM)",
          input: "multiline",
          help: "Belongs to the certificate that was uploaded to the app under Use digital signatures.",
        },
      ],
      algorithms: ["RS256"],
      key: "{secret.privateKey}",
      claims: { iss: "{secret.clientId}", sub: "{secret.username}", aud: "https://{loginHost}" },
      lifetimeSeconds: 180,
      exchange: {
        tokenUrl,
        assertionParam: "assertion",
        tokenParams: { grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer" },
        clientAuth: "none",
        ...session,
      },
      sendScope: false,
    },
    {
      kind: "oauth2_client_credentials",
      id: "client-credentials",
      label: "Client credentials",
      description:
        "The app signs in as the user it runs as. The sign-in address must be your My Domain.",
      fields: [
        { name: "clientId", label: "Consumer key", input: "text", where: setup },
        {
          name: "clientSecret",
          label: "Consumer secret",
          help: "Shown on the app's page under Settings → OAuth settings, after a code by mail.",
          where: setup,
        },
      ],
      tokenUrl,
      ...session,
      sendScope: false,
    },
  ],
  request: { base: "{instanceUrl}" },
  test: { url: "/services/oauth2/userinfo", account: "/preferred_username" },
  errors: { messagePointers: ["/0/message", "/error_description"] },
} satisfies ManifestData;
