import { bearerOf } from "../endpoints/fields";
import type { AuthMethodData, ManifestData } from "../manifest";

/** What a header or query parameter may be called (RFC 9110). */
const tokenPattern = "^[A-Za-z0-9!#$&'*+.^_`|~-]{1,100}$";
const urlPattern = "^https?://[^\\s/?#@]+(/[^\\s?#]*)?$";

const jwtFields = [
  { name: "issuer", label: "Issuer (iss)", input: "text" as const, example: "plugboard" },
  {
    name: "subject",
    label: "Subject (sub)",
    input: "text" as const,
    required: false,
    default: "",
  },
  {
    name: "audience",
    label: "Audience (aud)",
    input: "text" as const,
    required: false,
    default: "",
    example: "https://api.example.com",
  },
  {
    name: "keyId",
    label: "Key ID (kid)",
    input: "text" as const,
    required: false,
    default: "",
  },
];
const claims = {
  iss: "{secret.issuer}",
  sub: "{secret.subject}",
  aud: "{secret.audience}",
};
const header = { kid: "{secret.keyId}" };
const algorithmField = (algorithms: readonly string[], label = "Algorithm") => ({
  name: "algorithm",
  label,
  input: "choice" as const,
  default: algorithms[0] ?? "",
  choices: algorithms.map((value) => ({ value, label: value })),
});

const secretAlgorithms = ["HS256", "HS384", "HS512"] as const;
const keyAlgorithms = [
  "RS256",
  "RS384",
  "RS512",
  "PS256",
  "PS384",
  "PS512",
  "ES256",
  "ES384",
  "EdDSA",
] as const;

const client = (id: string, label: string, clientAuth: "post" | "basic"): AuthMethodData => ({
  kind: "oauth2_client_credentials",
  id,
  label,
  description: "A program signs in as itself at the vendor's token endpoint.",
  fields: [
    { name: "clientId", label: "Client ID", input: "text" },
    { name: "clientSecret", label: "Client secret" },
  ],
  tokenUrl: "{tokenUrl}",
  clientAuth,
  tokenParams: { scope: "{scope}", audience: "{audience}" },
  sendScope: false,
});
const clientMethods = ["client-credentials", "client-credentials-basic"];

/** For a vendor the catalogue does not have: its address, and any of the ways to sign in that a form can hold. */
export const anyApi = {
  id: "any-api",
  name: "Any API",
  category: "custom",
  description:
    "An HTTP API the catalogue does not have: give its address and how it wants to be signed in to.",
  params: [
    {
      name: "baseUrl",
      label: "Base URL",
      help: "What every address of the API begins with.",
      example: "https://api.example.com/v1",
      pattern: urlPattern,
    },
    {
      name: "testPath",
      label: "Path to try",
      help: "A GET that changes nothing and that only who is signed in may do. A test of the connection sends it.",
      example: "/me",
      pattern: "^/[^\\s#]*$",
    },
    {
      name: "tokenUrl",
      label: "Token endpoint",
      example: "https://auth.example.com/oauth/token",
      pattern: urlPattern,
      methods: clientMethods,
    },
    {
      name: "scope",
      label: "Scopes",
      required: false,
      default: "",
      help: "As the vendor writes them, separated as it wants them.",
      methods: clientMethods,
    },
    {
      name: "audience",
      label: "Audience",
      required: false,
      default: "",
      methods: clientMethods,
    },
    {
      name: "region",
      label: "Region",
      example: "eu-central-1",
      pattern: "^[a-z0-9-]{1,40}$",
      methods: ["aws-sigv4"],
    },
    {
      name: "service",
      label: "Service",
      help: "As AWS names it in signatures.",
      example: "execute-api",
      pattern: "^[a-z0-9-]{1,60}$",
      methods: ["aws-sigv4"],
    },
  ],
  auth: [
    {
      kind: "api_key",
      id: "api-key",
      label: "API key in a header",
      fields: [
        { name: "apiKey", label: "API key" },
        {
          name: "headerName",
          label: "Header",
          input: "text",
          default: "X-API-Key",
          pattern: tokenPattern,
        },
      ],
      present: [{ in: "header", name: "{secret.headerName}", template: "{secret.apiKey}" }],
    },
    {
      kind: "api_key",
      id: "api-key-in-address",
      label: "API key in the address",
      description: "Addresses stand in logs: take the header where the vendor lets you choose.",
      fields: [
        { name: "apiKey", label: "API key" },
        {
          name: "paramName",
          label: "Query parameter",
          input: "text",
          default: "api_key",
          pattern: tokenPattern,
        },
      ],
      present: [{ in: "query", name: "{secret.paramName}", template: "{secret.apiKey}" }],
    },
    {
      kind: "bearer",
      id: "bearer",
      label: "Bearer token",
      fields: [{ name: "token", label: "Token", help: "Sent as Authorization: Bearer." }],
      present: bearerOf("token"),
    },
    {
      kind: "basic",
      id: "basic",
      label: "Name and password",
      fields: [
        { name: "username", label: "Name", input: "text" },
        {
          name: "password",
          label: "Password",
          required: false,
          default: "",
          help: "Some vendors take a key as the name and no password.",
        },
      ],
    },
    { kind: "headers", id: "headers", label: "Headers of your own" },
    client("client-credentials", "Client credentials", "post"),
    client("client-credentials-basic", "Client credentials, sent as Basic", "basic"),
    {
      kind: "signed_jwt",
      id: "jwt-secret",
      label: "JWT signed with a secret",
      description: "The hub signs a token for ten minutes, and a new one before it ends.",
      fields: [{ name: "secret", label: "Secret" }, algorithmField(secretAlgorithms), ...jwtFields],
      algorithms: [...secretAlgorithms],
      key: "{secret.secret}",
      header,
      claims,
      lifetimeSeconds: 600,
      sendScope: false,
    },
    {
      kind: "signed_jwt",
      id: "jwt-key",
      label: "JWT signed with a private key",
      description: "The hub signs a token for ten minutes, and a new one before it ends.",
      fields: [
        {
          name: "privateKey",
          label: "Private key",
          input: "multiline",
          help: "PEM or JWK: RSA, P-256, P-384 or Ed25519.",
        },
        {
          name: "passphrase",
          label: "Passphrase of the key",
          required: false,
          default: "",
        },
        algorithmField(keyAlgorithms, "Algorithm, as the vendor wants it"),
        ...jwtFields,
      ],
      algorithms: [...keyAlgorithms],
      key: "{secret.privateKey}",
      header,
      claims,
      lifetimeSeconds: 600,
      sendScope: false,
    },
    {
      kind: "aws_sigv4",
      id: "aws-sigv4",
      label: "AWS signature (SigV4)",
      description: "Each request is signed; the secret itself never leaves the hub.",
      fields: [
        { name: "accessKeyId", label: "Access key ID", input: "text" },
        { name: "secretAccessKey", label: "Secret access key" },
        { name: "sessionToken", label: "Session token", required: false, default: "" },
      ],
      region: "{region}",
      service: "{service}",
    },
    {
      kind: "client_certificate",
      id: "client-certificate",
      label: "Client certificate",
      description: "Shown by a bridge inside your network; the hub itself cannot.",
      fields: [
        { name: "certificate", label: "Certificate (PEM)", input: "multiline" },
        { name: "privateKey", label: "Private key (PEM)", input: "multiline" },
        { name: "passphrase", label: "Passphrase of the key", required: false, default: "" },
      ],
    },
    {
      kind: "ssh_key",
      id: "ssh-key",
      label: "SSH key",
      description: "Used by a bridge inside your network; the hub itself cannot.",
      fields: [
        { name: "user", label: "User", input: "text" },
        { name: "privateKey", label: "Private key (PEM)", input: "multiline" },
        { name: "passphrase", label: "Passphrase of the key", required: false, default: "" },
      ],
    },
    { kind: "none", id: "none", label: "No sign-in" },
  ],
  request: { base: "{baseUrl}" },
  test: { url: "{testPath}" },
} satisfies ManifestData;
