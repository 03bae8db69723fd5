import type { ManifestData } from "../manifest";

const host = "https://{account|lower|replace:_:-}.snowflakecomputing.com";
/** The SQL API wants to hear which kind of token it is shown. */
const present = (token: string, type: string) => [
  { in: "header" as const, name: "Authorization", template: `Bearer ${token}` },
  { in: "header" as const, name: "X-Snowflake-Authorization-Token-Type", template: type },
];
/** The account without its region, as the names of users have it. */
const user = "{account|until:.|upper}.{secret.user|upper}";

export const snowflake = {
  id: "snowflake",
  name: "Snowflake",
  category: "data",
  description: "Databases, warehouses and SQL statements of a Snowflake account.",
  websiteUrl: "https://www.snowflake.com",
  docsUrl: "https://docs.snowflake.com/en/developer-guide/sql-api/",
  params: [
    {
      name: "account",
      label: "Account",
      help: "What stands before .snowflakecomputing.com: organization, hyphen, account.",
      example: "acme-prod",
      pattern: "^[A-Za-z0-9][A-Za-z0-9_-]*(\\.[A-Za-z0-9_-]+)*$",
      where: {
        text: "Snowsight → your name → Account → View account details → Account/Server URL",
      },
    },
  ],
  auth: [
    {
      kind: "signed_jwt",
      id: "key-pair",
      label: "Key pair",
      description:
        "A service user with a public key. The hub signs a token with the private one each hour.",
      fields: [
        {
          name: "user",
          label: "User",
          input: "text",
          example: "PLUGBOARD",
          where: { text: "Snowsight → Admin → Users & Roles" },
        },
        {
          name: "privateKey",
          label: "Private key (PEM)",
          input: "multiline",
          help: "RSA of 2048 bits or more, without a passphrase. Its public key is set with ALTER USER … SET RSA_PUBLIC_KEY.",
        },
      ],
      algorithms: ["RS256"],
      key: "{secret.privateKey}",
      claims: {
        // Snowflake writes the fingerprint in base64, not base64url; of 32 bytes it ends in one sign.
        iss: `${user}.SHA256:{thumbprint|replace:-:+|replace:_:/}=`,
        sub: user,
      },
      lifetimeSeconds: 3540,
      present: present("{token}", "KEYPAIR_JWT"),
      sendScope: false,
    },
    {
      kind: "bearer",
      id: "token",
      label: "Programmatic access token",
      fields: [
        {
          name: "token",
          label: "Token",
          help: "Shown once, when it is made. It ends on the day chosen there.",
          where: {
            text: "Snowsight → Admin → Users & Roles → the user → Programmatic access tokens",
          },
        },
      ],
      present: present("{secret.token}", "PROGRAMMATIC_ACCESS_TOKEN"),
    },
    {
      kind: "oauth2_code",
      id: "oauth",
      label: "Sign in with Snowflake",
      authorizeUrl: `${host}/oauth/authorize`,
      tokenUrl: `${host}/oauth/token-request`,
      clientAuth: "basic",
      pkce: "optional",
      present: present("{token}", "OAUTH"),
      scopes: [
        { scope: "refresh_token", label: "Stay signed in", required: true },
        {
          scope: "session:role:PUBLIC",
          label: "Use the role PUBLIC in place of your default role",
          default: false,
        },
      ],
      app: {
        where: {
          text: "A worksheet in Snowsight, as ACCOUNTADMIN: CREATE SECURITY INTEGRATION … TYPE = OAUTH OAUTH_CLIENT = CUSTOM",
          url: "https://docs.snowflake.com/en/user-guide/oauth-custom",
        },
        notes: [
          "OAUTH_CLIENT_TYPE is 'CONFIDENTIAL', OAUTH_REDIRECT_URI the redirect URI, OAUTH_ISSUE_REFRESH_TOKENS is TRUE.",
          "SELECT SYSTEM$SHOW_OAUTH_CLIENT_SECRETS('…') shows client ID and client secret.",
          "The app is good for this one account.",
        ],
      },
    },
  ],
  request: { base: host, headers: { Accept: "application/json" } },
  test: {
    method: "POST",
    url: "/api/v2/statements",
    body: { statement: "select current_user()" },
    account: "/data/0/0",
  },
  errors: { messagePointers: ["/message"] },
} satisfies ManifestData;
